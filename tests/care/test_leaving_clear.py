"""Leaving ‘clear’: shared work is taken back, and a yes from before opens nothing afterwards."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.exercises.form.values import Value
from portal.foundation.errors import Refused
from portal.homework.queries import task
from portal.people.queries import couple_card
from portal.people.service import CoupleTerms
from portal.policies.openings import NO_YES
from portal.policies.viewer import SYSTEM
from portal.reflections.models import Reflection
from portal.reflections.openings.service import release
from portal.vocabulary import ContactLevel, JointWork, Role, Seat
from tests.care.deeds import PAIRED, both_send
from tests.support.world import REASON, CoupleHere, World

Leave = Callable[[World, CoupleHere], None]
LETTING_GO: Mapping[str, Value] = {
    **dict.fromkeys(("hurt", "does_for_me", "costs_me", "first", "when_it_returns"), "words"),
    "where": "wondering",
    "resentment": 5,
    "keep_line": "A line.",
    "for_now": "For now.",
}


def set_status(world: World, couple: CoupleHere, status: JointWork) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.set_joint_work(visit, couple.id, status, REASON)
    world.now += timedelta(minutes=1)


def by_status(world: World, couple: CoupleHere) -> None:
    set_status(world, couple, JointWork.PAUSED)


def by_the_clock(world: World, couple: CoupleHere) -> None:
    world.now += timedelta(days=90)
    with world.visit(SYSTEM) as visit:
        assert care.lapse(visit) == 1
    with world.visit(SYSTEM) as visit:
        assert care.lapse(visit) == 0
    world.now += timedelta(minutes=1)


def by_contact(world: World, couple: CoupleHere) -> None:
    for contact in (ContactLevel.NO_CONTACT, ContactLevel.TOGETHER):
        world.now += timedelta(minutes=1)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            care.change_terms(visit, couple.id, CoupleTerms(contact=contact))


WAYS = pytest.mark.parametrize("leave", [by_status, by_the_clock, by_contact])


@WAYS
def test_shared_work_is_taken_back_and_work_of_one_goes_on(world: World, leave: Leave) -> None:
    couple = world.a_couple()
    (shared,) = world.an_assignment(couple, PAIRED)
    (own,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    both_send(world, couple, shared)
    leave(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert not task(visit, shared).is_running
        assert task(visit, own).is_running


@WAYS
def test_a_yes_from_before_releases_nothing_afterwards(world: World, leave: Leave) -> None:
    couple = world.a_couple()
    (own,) = world.an_assignment(couple, "letting-go", to=(Seat.A,))
    releases = {"for_now": True}
    world.a_reflection(couple.a, own, LETTING_GO, releases=releases)
    leave(world, couple)
    set_status(world, couple, JointWork.CLEAR)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        part = visit.db.scalars(sa.select(Reflection).where(Reflection.round_id == own)).one()
        with pytest.raises(Refused) as no:
            release(visit, part.id, "for_now")
    assert NO_YES in no.value.reasons


@pytest.mark.parametrize("last", [JointWork.CLEAR, JointWork.PAUSED, JointWork.INDIVIDUAL_ONLY])
def test_of_two_decisions_in_one_instant_the_later_counts(world: World, last: JointWork) -> None:
    couple = world.a_couple()
    for status in (JointWork.PAUSED, JointWork.CLEAR, JointWork.NOT_ASKED, last):
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            care.set_joint_work(visit, couple.id, status, REASON)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).joint_work is last


def test_a_renewed_clear_is_not_left(world: World) -> None:
    couple = world.a_couple()
    (shared,) = world.an_assignment(couple, PAIRED)
    world.now += timedelta(days=80)
    set_status(world, couple, JointWork.CLEAR)
    world.now += timedelta(days=20)
    with world.visit(SYSTEM) as visit:
        assert care.lapse(visit) == 0
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert task(visit, shared).is_running
