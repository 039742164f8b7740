"""Homework that is given in the instant in which the two leave ‘clear’ does not outlive it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.exercises.queries import newest_edition
from portal.foundation.errors import Refused
from portal.homework import service as homework
from portal.homework.models import Assignment
from portal.homework.programmes import service as programmes
from portal.homework.programmes.service import Giving
from portal.people.service import CoupleTerms
from portal.policies.viewer import SYSTEM
from portal.visit import Visit
from portal.vocabulary import AssignmentState, ContactLevel, JointWork, Mode, Role, Seat
from tests.care.deeds import PAIRED
from tests.support.meeting import Deed, Meanwhile, meet
from tests.support.world import REASON, CoupleHere, World

# SQLite knows one writer at a time, so that there is no such moment.
pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)

Leave = Callable[[Visit, CoupleHere], None]
Give = Callable[[Visit, CoupleHere], object]
RUNNING = (AssignmentState.OPEN, AssignmentState.SCHEDULED)

LEAVES: dict[str, Leave] = {
    "paused": lambda v, c: care.set_joint_work(v, c.id, JointWork.PAUSED, REASON),
    "alone": lambda v, c: care.set_joint_work(v, c.id, JointWork.INDIVIDUAL_ONLY, REASON),
    "no contact": lambda v, c: care.change_terms(v, c.id, CoupleTerms(ContactLevel.NO_CONTACT)),
    "apart": lambda v, c: care.come_apart(v, c.id, "They live apart."),
}


def the_order(visit: Visit) -> homework.Order:
    edition = newest_edition(visit.db, PAIRED)
    ticked = tuple(edition.content.exercise.safety.confirm)
    return homework.Order(edition.id, (Seat.A, Seat.B), ticked=ticked)


def by_hand(visit: Visit, couple: CoupleHere) -> object:
    return homework.assign(visit, couple.id, the_order(visit))


def from_the_page(visit: Visit, couple: CoupleHere) -> object:
    return programmes.give(visit, couple.id, the_order(visit))


GIVES: dict[str, Give] = {"by hand": by_hand, "from the page": from_the_page}


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


def running(world: World) -> list[tuple[Mode, bool]]:
    with world.visit() as visit:
        query = sa.select(Assignment.mode, Assignment.solo)
        found = visit.db.execute(query.where(Assignment.state.in_(RUNNING)))
        return [(row[0], row[1]) for row in found]


def giving(couple: CoupleHere, give: Give) -> Deed:
    def deed(own: World) -> None:
        with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            give(visit, couple)

    return deed


@pytest.mark.parametrize("give", list(GIVES))
@pytest.mark.parametrize("leave", list(LEAVES))
def test_what_comes_second_is_refused(
    world: World, couple: CoupleHere, leave: str, give: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        LEAVES[leave](visit, couple)
        given = Meanwhile(world, giving(couple, GIVES[give]))
    assert isinstance(given.end(), Refused)
    assert running(world) == []


def test_a_step_of_a_programme_is_refused_as_well(world: World, couple: CoupleHere) -> None:
    programme_id, step_id = world.a_programme(couple)

    def give(visit: Visit, _couple: CoupleHere) -> object:
        return programmes.give_step(visit, programme_id, step_id, Giving())

    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        LEAVES["paused"](visit, couple)
        given = Meanwhile(world, giving(couple, give))
    assert isinstance(given.end(), Refused)
    assert running(world) == []


@pytest.mark.parametrize("leave", list(LEAVES))
def test_in_one_instant_nothing_shared_is_left(
    world: World, couple: CoupleHere, leave: str
) -> None:
    def leaves(own: World) -> None:
        with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            LEAVES[leave](visit, couple)

    ends = meet(world, giving(couple, by_hand), leaves)
    assert ends[1] is None
    assert running(world) == []


def test_the_clock_waits_for_what_is_being_given(world: World, couple: CoupleHere) -> None:
    """It was given a moment before ‘clear’ ran out, and is kept only after the clock looked."""

    def sweep(own: World) -> None:
        own.now += timedelta(days=365)
        with own.visit(SYSTEM) as visit:
            care.lapse(visit)

    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        by_hand(visit, couple)
        visit.db.flush()
        swept = Meanwhile(world, sweep)
    assert swept.end() is None
    assert running(world) == []
