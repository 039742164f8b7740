"""A yes to totals on paper for both is one to what was then: it ends where the two leave ‘clear’."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.care import service as care
from portal.measures import service
from portal.people.service import CoupleTerms
from portal.reports.service import preview
from portal.sessions.service import Hour, write_session
from portal.vocabulary import ContactLevel, JointWork, Role, Seat
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.world import REASON, CoupleHere, World

Leave = Callable[[World, CoupleHere], None]


def decided(world: World, couple: CoupleHere, *deeds: Callable[..., None]) -> None:
    for deed in deeds:
        world.now += timedelta(hours=1)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            deed(visit, couple.id)
    world.now += timedelta(hours=1)


def apart_and_together(world: World, couple: CoupleHere) -> None:
    decided(
        world,
        couple,
        lambda v, c: care.come_apart(v, c, "They live apart."),
        lambda v, c: care.come_together(v, c, "They try again."),
    )


def no_contact_and_back(world: World, couple: CoupleHere) -> None:
    decided(
        world,
        couple,
        lambda v, c: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
        lambda v, c: care.change_terms(v, c, CoupleTerms(ContactLevel.TOGETHER)),
    )


def paused_and_clear(world: World, couple: CoupleHere) -> None:
    decided(
        world,
        couple,
        lambda v, c: care.set_joint_work(v, c, JointWork.PAUSED, REASON),
        lambda v, c: care.set_joint_work(v, c, JointWork.CLEAR, REASON),
    )


WAYS: dict[str, Leave] = {
    "apart and together": apart_and_together,
    "no contact and back": no_contact_and_back,
    "paused and clear": paused_and_clear,
}


@pytest.fixture
def couple(world: World) -> CoupleHere:
    """Both sent a check-in."""
    found = world.a_couple()
    switch_on(world, found)
    for who in (found.a, found.b):
        assert who is not None
        a_check_in(world, who, typed(5))
    return found


def say(
    world: World, couple: CoupleHere, *, yes: bool, who: tuple[Seat, ...] = tuple(Seat)
) -> None:
    for seat in who:
        person_id = couple.a if seat is Seat.A else couple.b
        assert person_id is not None
        world.now += timedelta(minutes=1)
        with world.as_(person_id, Role.PARTNER) as visit:
            service.say(visit, yes=yes)


def on_paper(world: World, couple: CoupleHere) -> bool:
    """Whether totals would stand on the paper for both, of an hour that begins now."""
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(world.now, 60, (Seat.A, Seat.B))
        session = write_session(visit, couple.id, hour)
        visit.db.flush()
        found = bool(preview(visit, session.id, "couple").check_in)
        visit.db.rollback()
    return found


@pytest.mark.parametrize("way", list(WAYS))
def test_a_yes_from_before_counts_no_more(world: World, couple: CoupleHere, way: str) -> None:
    say(world, couple, yes=True)
    assert on_paper(world, couple)
    WAYS[way](world, couple)
    assert not on_paper(world, couple)
    say(world, couple, yes=True, who=(Seat.A,))
    assert not on_paper(world, couple), "one of the two was not asked again"
    say(world, couple, yes=True, who=(Seat.B,))
    assert on_paper(world, couple)


@pytest.mark.parametrize("way", list(WAYS))
def test_a_no_counts_whenever_it_was_said(world: World, couple: CoupleHere, way: str) -> None:
    say(world, couple, yes=True)
    say(world, couple, yes=False, who=(Seat.B,))
    WAYS[way](world, couple)
    say(world, couple, yes=True, who=(Seat.A,))
    assert not on_paper(world, couple)
