"""What keeps a round closed, one reason at a time, and what stays closed in one that is open."""

from collections.abc import Callable

import pytest

from portal.vocabulary import Seat
from tests.promises.round_deeds import RealRound
from tests.support.world import CoupleHere, World

Deed = Callable[[RealRound], None]


@pytest.fixture
def real(world: World, couple: CoupleHere) -> RealRound:
    """A round that both have sent, with a yes each."""
    made = RealRound.given(world, couple)
    for seat in Seat:
        made.write(seat, f"words of {seat.value}")
        made.send(seat, says_yes=True)
    return made


def read_by(real: RealRound, reader: Seat, writer: Seat) -> str | None:
    _state, words = real.seen_by(reader).get(writer, (None, None))
    return words


KEPT_CLOSED: dict[str, Deed] = {
    "a yes was withdrawn": lambda real: real.change_mind(Seat.A, says_yes=False),
    "one took it back": lambda real: real.take_back(Seat.A),
    "one was returned": lambda real: real.give_back(Seat.A),
    "it is held": lambda real: real.hold(held=True),
    "everything is held": lambda real: real.hold_all(stands=True),
    "joint work stopped": lambda real: real.leave_clear(),
    "the homework was closed": lambda real: real.end(),
}


def test_with_nothing_against_it_both_read_both(real: RealRound) -> None:
    assert real.tried(real.open)
    for reader, writer in ((Seat.A, Seat.B), (Seat.B, Seat.A)):
        assert read_by(real, reader, writer) == f"words of {writer.value}"


@pytest.mark.parametrize("why", KEPT_CLOSED)
def test_it_stays_closed_where(real: RealRound, why: str) -> None:
    assert real.tried(lambda: KEPT_CLOSED[why](real))
    assert not real.tried(real.open)
    assert read_by(real, Seat.B, Seat.A) is None
    assert read_by(real, Seat.A, Seat.B) is None


def test_what_was_for_the_counsellor_alone_stays_theirs_in_an_open_round(
    world: World, couple: CoupleHere
) -> None:
    real = RealRound.given(world, couple)
    real.write(Seat.A, "for the counsellor alone", narrow=True)
    real.write(Seat.B, "for both")
    for seat in Seat:
        real.send(seat, says_yes=True)
    real.open()
    assert read_by(real, Seat.A, Seat.B) == "for both"
    assert read_by(real, Seat.B, Seat.A) is None
    assert real.seen_by(None)[Seat.A][1] == "for the counsellor alone"
