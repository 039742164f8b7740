"""What was shown of the other's own work stands on one's paper, and nothing of when or how often it was given."""

from datetime import timedelta

import pytest

from portal.reports import service
from portal.reports.paper import Piece, passages
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.promises.release_deeds import Letter
from tests.promises.round_deeds import RealRound
from tests.support.world import CoupleHere, World

WROTE = "What I can say to you."


def a_letter(world: World, couple: CoupleHere) -> Letter:
    """Work of the first alone, sent with a yes to showing one line of it."""
    letter = Letter.given(world, couple)
    assert isinstance(letter, Letter)
    letter.write(Seat.A, WROTE)
    letter.send(Seat.A, says_yes=True)
    return letter


def an_opened_round(world: World, couple: CoupleHere) -> None:
    """Work that both were given, sent and opened to each other."""
    real = RealRound.given(world, couple)
    for seat in Seat:
        real.write(seat, f"Of {seat.value}.")
        real.send(seat, says_yes=True)
        real.mark_read(seat)
    real.open()


def on_paper(world: World, couple: CoupleHere, key: str) -> tuple[Piece, ...]:
    """The pieces on the paper of an hour with both that has just been."""
    world.now += timedelta(hours=2)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(world.now - timedelta(hours=1), 60, (Seat.A, Seat.B))
        found = service.preview(visit, write_session(visit, couple.id, hour).id, key)
    assert WROTE in passages(found)
    return found.pieces


@pytest.mark.parametrize("edition", ["couple", "partner"])
def test_its_place_and_number_hang_on_its_release_alone(world: World, edition: str) -> None:
    seen = []
    for letter_first in (True, False):
        couple = world.a_couple()
        if letter_first:
            letter = a_letter(world, couple)
            world.now += timedelta(hours=1)
        an_opened_round(world, couple)
        if not letter_first:
            world.now += timedelta(hours=1)
            letter = a_letter(world, couple)
        letter.release()
        key = edition if edition == "couple" else str(couple.b)
        pieces = on_paper(world, couple, key)
        seen.append([(p.exercise_title, p.round_number, p.revision_number) for p in pieces])
    assert len(seen[0]) == 2
    assert seen[0] == seen[1]
    assert seen[0][1][1] == 0, "which round it was is between its writer and their counsellor"


def test_the_counsellor_finds_it_where_it_was_given(world: World) -> None:
    couple = world.a_couple()
    letter = a_letter(world, couple)
    world.now += timedelta(hours=1)
    an_opened_round(world, couple)
    letter.release()
    clinical = on_paper(world, couple, "clinical")
    assert [piece.round_number for piece in clinical] == [1, 1]
    assert WROTE in [voice.shown.text for q in clinical[0].questions for voice in q.voices]
