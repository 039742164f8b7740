"""A planned hour is called off by itself: it goes from every page, and no other hour moves."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.agenda.queries import next_hours
from portal.agenda.service import call_off, plan
from portal.audit.models import AuditEntry
from portal.care.service import come_apart
from portal.foundation.errors import NotAllowed, NotFound
from portal.vocabulary import Act, Role, Seat
from tests.homework.looking import Desk
from tests.support.sheets import second
from tests.support.world import CoupleHere, World

WITH = {"both": None, "one": Seat.A}


def planned(world: World, couple: CoupleHere, days: int, seat: Seat | None = None) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return plan(visit, couple.id, world.now + timedelta(days=days), 60, seat).id


def hours_of(world: World, couple: CoupleHere, person_id: UUID) -> set[UUID]:
    with world.as_(person_id, Role.PARTNER) as visit:
        return {hour.id for hour in next_hours(visit, couple.id)}


@pytest.mark.parametrize("who", WITH)
def test_it_goes_from_their_pages_and_the_others_stay(
    world: World, couple: CoupleHere, who: str
) -> None:
    gone, stays = planned(world, couple, 3, WITH[who]), planned(world, couple, 5, Seat.B)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        call_off(visit, couple.id, gone)
    assert hours_of(world, couple, couple.a) == set()
    assert hours_of(world, couple, second(couple)) == {stays}
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert [hour.id for hour in next_hours(visit, couple.id)] == [stays]
        acts = visit.db.scalars(sa.select(AuditEntry.act)).all()
    assert list(acts).count(Act.CALLED_OFF_SESSION) == 1


def test_twice_is_once_and_what_is_over_stays(world: World, couple: CoupleHere) -> None:
    hour = planned(world, couple, 1)
    for days in (0, 0, 2):
        world.now += timedelta(days=days)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            call_off(visit, couple.id, hour)
    over = planned(world, couple, 1)
    world.now += timedelta(days=2)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        call_off(visit, couple.id, over)
    with world.visit() as visit:
        acts = visit.db.scalars(sa.select(AuditEntry.act)).all()
    assert list(acts).count(Act.CALLED_OFF_SESSION) == 1


@pytest.mark.parametrize("whose", ["another couple's", "nobody's"])
def test_of_others_there_is_none(world: World, couple: CoupleHere, whose: str) -> None:
    other = world.a_couple(names=("Cleo Far", "Dan Far"))
    hour = planned(world, other, 3) if whose == "another couple's" else uuid4()
    for couple_id in (couple.id, other.id):
        with (
            world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
            pytest.raises((NotFound, NotAllowed)),
        ):
            call_off(visit, couple_id, hour)
    if whose == "another couple's":
        assert hours_of(world, other, other.a) == {hour}


SeatAtDesk = Callable[[UUID, Role], Desk]


def test_an_hour_with_both_that_is_still_planned_is_said_once_they_have_come_apart(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    planned(world, couple, 3)
    still = "An hour with both is still planned."
    assert still not in desk.open(f"/desk/couples/{couple.id}").said
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        come_apart(visit, couple.id, "As agreed.")
    assert still in desk.open(f"/desk/couples/{couple.id}").said
    desk.open(f"/agenda/{couple.id}/plan")
    page = desk.press("Call it off")
    assert "The session is called off" in page.said
    assert "Planned so far" not in page.said
    assert still not in desk.open(f"/desk/couples/{couple.id}").said
