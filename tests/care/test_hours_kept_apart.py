"""An hour that was planned while one came alone stays with them alone, also once the other takes part."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.agenda.models import Appointment
from portal.agenda.queries import next_appointments, next_hours
from portal.agenda.service import plan
from portal.care.service import add_second, change_terms, come_apart, hold, take_part
from portal.foundation.errors import NotFound
from portal.people import service as people
from portal.people.queries import couple_card
from portal.people.service import CoupleTerms, Naming
from portal.vocabulary import ContactLevel, JointWork, Role, Seat
from tests.homework.looking import Desk
from tests.support.browser import Browser
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
ROADS = ("named", "added")


@pytest.fixture(params=ROADS)
def alone(request: pytest.FixtureRequest, world: World, couple: CoupleHere) -> CoupleHere:
    """Somebody who comes alone; the other is named already, or will be added."""
    named = request.param == "named"
    return world.a_couple(
        couple.counsellor_id,
        names=("Ann Example", "Ben Sample") if named else ("Ann Example",),
        takes_part=(True, False) if named else (True,),
        status=JointWork.NOT_ASKED,
    )


def joins(world: World, alone: CoupleHere) -> UUID:
    """The other takes part, by the road that is left, and has joined."""
    world.now += timedelta(hours=1)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        if alone.b:
            take_part(visit, alone.id, Seat.B)
        else:
            add_second(visit, alone.id, Naming("Ben Sample", "Ben"))
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        second = couple_card(visit, alone.id).member(Seat.B)
        assert second is not None
    with world.visit() as visit:
        people.join(visit, second.person.id)
    return second.person.id


def planned_for(world: World, person_id: UUID, couple_id: UUID) -> bool:
    with world.as_(person_id, Role.PARTNER) as visit:
        return bool(next_appointments(visit, [couple_id]))


def plan_in_days(world: World, couple: CoupleHere, days: int) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        plan(visit, couple.id, world.now + timedelta(days=days))


def test_who_joins_is_not_told_of_an_hour_that_was_planned_with_the_other(
    world: World, desk: Desk, alone: CoupleHere, sit_down: SitDown
) -> None:
    desk.open(f"/desk/couples/{alone.id}")
    desk.press("Plan this session", {"day": "2026-03-05", "clock": "18:30"})
    ben = joins(world, alone)
    with world.as_(ben, Role.PARTNER) as visit:
        assert next_hours(visit, alone.id) == []
    assert "You meet" not in sit_down(ben).open("/desk/week").said
    assert "Thursday 5 March, 18:30" in sit_down(alone.a).open("/desk/week").said
    page = desk.open(f"/desk/couples/{alone.id}")
    assert "next Thursday 5 March, 18:30 (Ann alone)" in page.said


def test_an_hour_from_before_that_names_nobody_is_kept_from_who_joins(
    world: World, alone: CoupleHere
) -> None:
    plan_in_days(world, alone, 3)
    with world.visit() as visit:
        visit.db.execute(sa.update(Appointment).values(with_seat=None))
    ben = joins(world, alone)
    assert not planned_for(world, ben, alone.id)
    assert planned_for(world, alone.a, alone.id)
    plan_in_days(world, alone, 5)
    assert planned_for(world, ben, alone.id)


def test_a_page_from_before_they_joined_plans_no_hour_with_both(
    world: World, desk: Desk, alone: CoupleHere
) -> None:
    desk.open(f"/desk/couples/{alone.id}")
    before = desk.page
    ben = joins(world, alone)
    desk.page = before
    desk.press("Plan this session", {"day": "2026-03-05", "clock": "18:30"})
    assert not planned_for(world, ben, alone.id)
    assert planned_for(world, alone.a, alone.id)


def test_where_it_is_not_said_with_whom_it_is_asked(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    page = desk.open(f"/agenda/{couple.id}/plan")
    for box in page.soup.select('[name="with_whom"]'):
        box.decompose()
    page = desk.press("Plan this session", {"day": "2026-03-05", "clock": "18:30"})
    assert page.status == 422
    assert "Choose with whom." in page.said
    assert not planned_for(world, couple.a, couple.id)


@pytest.mark.parametrize("against", ["no contact", "a hold", "parted", "nothing"])
def test_an_hour_with_both_is_chosen_where_something_speaks_against_it(
    world: World, desk: Desk, couple: CoupleHere, against: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        if against == "no contact":
            change_terms(visit, couple.id, CoupleTerms(ContactLevel.NO_CONTACT))
        elif against == "a hold":
            hold(visit, couple.id, True, "She rang me.")
        elif against == "parted":
            come_apart(visit, couple.id, "Each goes on alone.")
    desk.open(f"/desk/couples/{couple.id}")
    page = desk.press("Plan this session", {"day": "2026-03-05", "clock": "18:30"})
    assert ("Choose with whom." in page.said) == (against != "nothing")
    assert planned_for(world, couple.a, couple.id) == (against == "nothing")
    if against != "nothing":
        chosen = {"day": "2026-03-05", "clock": "18:30", "with_whom": "both"}
        desk.press("Plan this session", chosen)
        assert planned_for(world, couple.a, couple.id)


def test_of_one_who_comes_alone_no_page_says_that_it_is_alone(
    world: World, desk: Desk, alone: CoupleHere
) -> None:
    plan_in_days(world, alone, 1)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        (hour,) = next_hours(visit, alone.id)
        assert hour.with_seat is Seat.A
        assert hour.is_with_all
        assert next_appointments(visit, [alone.id]), "homework is due by it, and papers name it"
    for path in (f"/desk/couples/{alone.id}", f"/agenda/{alone.id}/plan", "/desk/today"):
        page = desk.open(path)
        assert "Ann alone" not in page.said
        assert "09:00" in page.said


def test_a_new_plan_takes_the_place_of_every_older_one(world: World, alone: CoupleHere) -> None:
    plan_in_days(world, alone, 3)
    with world.visit() as visit:
        visit.db.execute(sa.update(Appointment).values(with_seat=None))
    plan_in_days(world, alone, 5)
    plan_in_days(world, alone, 7)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        (hour,) = next_hours(visit, alone.id)
    assert hour.starts_at == world.now + timedelta(days=7)


def test_hours_with_both_stay_with_both(world: World, couple: CoupleHere) -> None:
    plan_in_days(world, couple, 3)
    assert couple.b
    assert planned_for(world, couple.a, couple.id)
    assert planned_for(world, couple.b, couple.id)


def test_a_stranger_changes_no_hour(world: World, alone: CoupleHere) -> None:
    stranger = world.a_couple()
    with world.as_(stranger.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
        take_part(visit, alone.id, Seat.B)
