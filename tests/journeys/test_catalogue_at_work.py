"""Every exercise filled in as far as it goes and as little as it needs, sent, and read, the same to the letter."""

import pytest

from portal.exercises.queries import newest_editions
from portal.vocabulary import Mode
from tests.journeys.walking import walk
from tests.support.filled import Filler
from tests.support.moments import START
from tests.support.suited import SuitedCouples
from tests.support.world import World

pytestmark = pytest.mark.heavy
EXERCISES = 45


@pytest.fixture(params=["sqlite"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """How an answer is kept on either database is asked elsewhere; here all 45 are walked."""
    return str(request.param)


@pytest.mark.parametrize("how", ["full", "least"])
def test_every_exercise_is_answered_read_and_the_same(world: World, how: str) -> None:
    couples = SuitedCouples(world)
    with world.visit() as visit:
        editions = newest_editions(visit.db)
    walked = 0
    for edition in editions:
        exercise = edition.content.exercise
        if edition.mode is Mode.JOINT:
            suited = couples.for_one(exercise)  # the sheet for two is walked on its way to paper
            if suited is None:
                continue
        else:
            suited = couples.for_two(exercise)
        filler = Filler(START.date(), tuple(exercise.safety.rules))
        for row in couples.assign(suited, edition.key):
            walk(world, suited, row.id, filler, how)
        walked += 1
    assert walked >= EXERCISES - 1
