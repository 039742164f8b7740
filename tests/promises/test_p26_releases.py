"""P26: nothing is released against anybody's no, also where both come in the same instant."""

from datetime import timedelta

import pytest

from portal.foundation.errors import Refused, TooLate
from portal.homework.queries import task
from portal.reflections.queries import reflections_on
from portal.vocabulary import Seat
from tests.promises.racing import run
from tests.promises.racing_deeds import make_ready
from tests.promises.release_deeds import EACH_ONCE, RELEASES, Jar, Letter, Released
from tests.support.promises import keep
from tests.support.world import World

LONG = 540


def shown_to_the_other(real: Released) -> bool:
    """Whether anything of this answer stands on the other's own pages."""
    with real.by(Seat.B) as visit:
        if isinstance(real, Jar):
            cards = reflections_on(visit, [task(visit, real.round_id)])[real.round_id]
            return any(card.seat is Seat.A and card.answer(real.field) for card in cards)
    with real.counsels() as visit:
        cards = reflections_on(visit, [task(visit, real.round_id)])[real.round_id]
        return any(real.field in card.released for card in cards)


def test_racing_releases_end_as_one_after_the_other(world: World, engine_name: str) -> None:
    count, astray, _seen = run(world, len(EACH_ONCE), EACH_ONCE)
    assert not astray, "\n".join(astray)
    keep("P26", f"releases-{engine_name}", f"{count} races on {engine_name}, 0 astray")


@pytest.mark.long
def test_releases_raced_for_long(world: World, engine_name: str) -> None:
    count, astray, seen = run(world, LONG, RELEASES)
    assert not astray, "\n".join(astray[:20])
    # Where both orders can happen, both did: otherwise nothing raced.
    assert sum(len(endings) > 1 for endings in seen.values()) >= 5
    keep("P26", f"releases-long-{engine_name}", f"{count} races on {engine_name}, 0 astray")


@pytest.mark.long
@pytest.mark.parametrize("of", [Letter, Jar])
def test_each_no_stops_a_release(world: World, of: type[Released]) -> None:
    """What the races rely on: with everybody's yes it is given, and after any one no it is not."""
    for race in RELEASES[of is Jar :: 2]:
        couple = world.a_couple()
        real = of.given(world, couple)
        make_ready(real, "both sent")
        assert not shown_to_the_other(real)
        race.two(real)
        if race.two is race.one:
            assert shown_to_the_other(real)
        with pytest.raises((Refused, TooLate)):
            real.release()
        assert shown_to_the_other(real) is (race.two is race.one)


def test_what_matches_waits_for_both(world: World) -> None:
    real = Jar.given(world, world.a_couple())
    real.write(Seat.A, "")
    real.send(Seat.A, says_yes=True)
    with pytest.raises(Refused):
        real.release()
    real.write(Seat.B, "")
    with pytest.raises(Refused):
        real.release()
    real.send(Seat.B, says_yes=False)
    with pytest.raises(Refused):
        real.release()
    world.now += timedelta(minutes=1)  # of a yes and a no in one moment the no counts
    real.says(Seat.B, says_yes=True)
    real.release()
    assert shown_to_the_other(real)


def test_what_was_released_is_neither_taken_back_nor_said_no_to(world: World) -> None:
    """Taken back and sent again it would be other words under a release that was for these."""
    real = Letter.given(world, world.a_couple())
    real.write(Seat.A, "we never said")
    real.send(Seat.A, says_yes=True)
    real.release()
    with pytest.raises(TooLate):
        real.take_back(Seat.A)
    with pytest.raises(TooLate):
        real.says(Seat.A, says_yes=False)
    with pytest.raises(TooLate):
        real.give_back(Seat.A)
    assert shown_to_the_other(real)
