"""What an opening still waits for says nothing of an answer that its writer has not sent, or has back again."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import decline, send, take_back
from portal.review.queries import reading
from portal.vocabulary import Role
from tests.support.filled import Filler
from tests.support.world import CoupleHere, World

KEY = "free_to_say_no"
NOT_FREE, FREE = 2, 9


def put(world: World, person_id: UUID, round_id: UUID, number: int, *, whole: bool = False) -> None:
    """Their answer to the question that can keep a round closed; and to every other one, where it is whole."""
    with world.as_(person_id, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        rules = card.task.edition.content.exercise.safety.rules
        rest = Filler(world.now.date(), rules).least(card.fields) if whole else {}
        values = {**rest, KEY: number}
        save(
            visit,
            round_id,
            Reading(values=values, present=frozenset(values), counters=card.counters),
        )
    world.now += timedelta(minutes=1)


def told(world: World, couple: CoupleHere, round_id: UUID) -> tuple[object, ...]:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        card = reading(visit, round_id)
    return card.waits_for, card.asks


def only_begun(world: World, couple: CoupleHere, round_id: UUID, number: int) -> None:
    put(world, couple.a, round_id, number)


def taken_back(world: World, couple: CoupleHere, round_id: UUID, number: int) -> None:
    put(world, couple.a, round_id, FREE, whole=True)
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    world.now += timedelta(minutes=1)
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)
    world.now += timedelta(minutes=1)
    put(world, couple.a, round_id, number)


def left_out(world: World, couple: CoupleHere, round_id: UUID, number: int) -> None:
    put(world, couple.a, round_id, number)
    with world.as_(couple.a, Role.PARTNER) as visit:
        decline(visit, round_id)


@pytest.mark.parametrize("how", [only_begun, taken_back, left_out])
def test_whatever_stands_there_it_waits_for_the_same(
    world: World, couple: CoupleHere, how: Callable[[World, CoupleHere, UUID, int], None]
) -> None:
    said = []
    for number in (FREE, NOT_FREE):
        (round_id,) = world.an_assignment(couple, "affection-ladder")
        how(world, couple, round_id, number)
        said.append(told(world, couple, round_id))
    assert said[0] == said[1]


def test_once_it_is_sent_it_is_told(world: World, couple: CoupleHere) -> None:
    said = []
    for number in (FREE, NOT_FREE):
        (round_id,) = world.an_assignment(couple, "affection-ladder")
        put(world, couple.a, round_id, number, whole=True)
        with world.as_(couple.a, Role.PARTNER) as visit:
            send(visit, round_id, Said(True, {}))
        said.append(told(world, couple, round_id))
    assert said[0] != said[1]
