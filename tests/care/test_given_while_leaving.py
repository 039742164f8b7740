"""Homework that is given in the instant in which the two leave ‘clear’ does not outlive it."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.exercises.queries import newest_edition
from portal.foundation.errors import DomainError
from portal.homework import service as homework
from portal.homework.models import Assignment
from portal.homework.programmes import service as programmes
from portal.homework.programmes.service import Giving
from portal.people.service import CoupleTerms
from portal.policies.viewer import SYSTEM
from portal.visit import Visit
from portal.vocabulary import AssignmentState, ContactLevel, JointWork, Mode, Role, Seat
from tests.care.deeds import PAIRED
from tests.support.meeting import meet
from tests.support.world import REASON, CoupleHere, World

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
    if world.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time")
    return world.a_couple()


def running(world: World) -> list[tuple[Mode, bool]]:
    with world.visit() as visit:
        query = sa.select(Assignment.mode, Assignment.solo)
        found = visit.db.execute(query.where(Assignment.state.in_(RUNNING)))
        return [(row[0], row[1]) for row in found]


def while_another_decides(world: World, couple: CoupleHere, give: Give) -> threading.Thread:
    """Give it at a desk of its own; gives the hand that does so, which may have to wait."""

    def work() -> None:
        own = World(world.engine, world.keyring, world.chest)
        own.now = world.now
        try:
            with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                give(visit, couple)
        except DomainError:
            return

    hand = threading.Thread(target=work)
    hand.start()
    hand.join(timeout=1)
    return hand


@pytest.mark.parametrize("give", list(GIVES))
@pytest.mark.parametrize("leave", list(LEAVES))
def test_what_comes_second_is_refused(
    world: World, couple: CoupleHere, leave: str, give: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        LEAVES[leave](visit, couple)
        hand = while_another_decides(world, couple, GIVES[give])
    hand.join(timeout=30)
    assert not hand.is_alive()
    assert running(world) == []


def test_a_step_of_a_programme_is_refused_as_well(world: World, couple: CoupleHere) -> None:
    programme_id, step_id = world.a_programme(couple)

    def give(visit: Visit, _couple: CoupleHere) -> object:
        return programmes.give_step(visit, programme_id, step_id, Giving())

    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        LEAVES["paused"](visit, couple)
        hand = while_another_decides(world, couple, give)
    hand.join(timeout=30)
    assert not hand.is_alive()
    assert running(world) == []


@pytest.mark.parametrize("leave", list(LEAVES))
def test_in_one_instant_nothing_shared_is_left(
    world: World, couple: CoupleHere, leave: str
) -> None:
    def gives(own: World) -> None:
        with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            by_hand(visit, couple)

    def leaves(own: World) -> None:
        with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            LEAVES[leave](visit, couple)

    ends = meet(world, gives, leaves)
    assert ends[1] is None
    assert running(world) == []


def test_the_clock_waits_for_what_is_being_given(world: World, couple: CoupleHere) -> None:
    """It was given a moment before ‘clear’ ran out, and is kept only after the clock looked."""
    begun = world.now

    def sweep() -> None:
        own = World(world.engine, world.keyring, world.chest)
        own.now = begun.replace(year=begun.year + 1)
        with own.visit(SYSTEM) as visit:
            care.lapse(visit)

    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        by_hand(visit, couple)
        visit.db.flush()
        hand = threading.Thread(target=sweep)
        hand.start()
        hand.join(timeout=1)
    hand.join(timeout=30)
    assert not hand.is_alive()
    assert running(world) == []
