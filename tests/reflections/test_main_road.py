"""The main road through the services: assign, write, send, read, open."""

import pytest

from portal.exercises.form.values import Row, Value
from portal.foundation.errors import NotAllowed, NotFound, Refused
from portal.homework.queries import own_tasks, task
from portal.reflections.openings.service import open_round
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.review.waiting import queue
from portal.vocabulary import Role, Seat
from tests.support.world import CoupleHere, World


def issues(words: str) -> dict[str, Value]:
    row = Row("talking", None, {"hard": 6, "since": "years", "work_on": True})
    return {
        "areas": (row,),
        "start_with": f"talk {words}",
        "underneath": f"lonely {words}",
        "unfinished": f"quiet {words}",
        "private_note": f"secret {words}",
    }


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


def test_a_paired_round_opens_to_both_in_one_moment(world: World, couple: CoupleHere) -> None:
    (round_id,) = world.an_assignment(couple)
    ann, ben = couple.a, couple.b
    assert ben is not None
    word_a, word_b = world.marker(), world.marker()
    world.a_reflection(ann, round_id, issues(word_a))
    world.a_reflection(ben, round_id, issues(word_b))

    with world.as_(ann, Role.PARTNER) as visit:
        assert [t.round_id for t in own_tasks(visit)] == [round_id]
        cards = reflections_on(visit, [task(visit, round_id)])[round_id]
        assert word_b not in repr(cards)

    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert len(queue(visit)) == 1
        card = reading(visit, round_id)
        assert word_a in repr(card.lines)
        assert word_b in repr(card.lines)
        with pytest.raises(Refused):
            open_round(visit, round_id)
        for part in card.parts:
            mark_read(visit, part.id)
        open_round(visit, round_id)

    with world.as_(ann, Role.PARTNER) as visit:
        cards = reflections_on(visit, [task(visit, round_id)])[round_id]
        theirs = next(card for card in cards if card.seat is Seat.B)
        shown = repr(theirs)
        assert f"lonely {word_b}" in shown
        assert f"quiet {word_b}" not in shown
        assert f"secret {word_b}" not in shown
        assert f"secret {word_a}" not in repr(cards)


def test_another_counsellor_finds_nothing(world: World, couple: CoupleHere) -> None:
    (round_id,) = world.an_assignment(couple)
    other = world.a_counsellor(couple.practice_id, "Other Person")
    with world.as_(other, Role.COUNSELLOR) as visit, pytest.raises((NotFound, NotAllowed)):
        reading(visit, round_id)
