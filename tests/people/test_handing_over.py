"""Handing a colleague's couples over: an owner sees none of them, and whoever had them is told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.foundation.errors import NotAllowed
from portal.people.models import StaffRole
from portal.people.staff.cards import CareNews
from portal.people.staff.queries import care_news
from portal.people.staff.service import change_roles, hand_over_all
from portal.vocabulary import Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import Visitor, an_account
from tests.support.meeting import meet
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]
NEVER_TO_YOU = "They never go to you"


def test_an_owner_hands_everything_over_unseen(world: World, couple: CoupleHere) -> None:
    owner = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    with world.as_(owner, Role.OWNER) as visit:
        assert hand_over_all(visit, couple.counsellor_id, omar) == 1
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert not visit.viewer.couples
    with world.as_(omar, Role.COUNSELLOR) as visit:
        assert visit.viewer.couples.keys() == {couple.id}


def test_an_owner_hands_nothing_over_to_themself(world: World, couple: CoupleHere) -> None:
    olu = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER, Role.COUNSELLOR)
    with world.as_(olu, Role.OWNER) as visit, pytest.raises(NotAllowed):
        hand_over_all(visit, couple.counsellor_id, olu)
    with world.as_(olu, Role.COUNSELLOR) as visit:
        assert not visit.viewer.couples


def test_whose_couples_were_handed_over_finds_it_on_the_desk_without_a_name(
    desk: Visitor, world: World, couple: CoupleHere, clock: StandingClock
) -> None:
    left = "one couple left your care"
    assert left not in desk.get("/desk/today").said
    owner = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    world.now += timedelta(minutes=2)
    clock.move(minutes=3)
    with world.as_(owner, Role.OWNER) as visit:
        hand_over_all(visit, couple.counsellor_id, omar)
    seen = desk.get("/desk/today").said
    assert left in seen
    assert "Sasha" not in seen
    with world.as_(omar, Role.COUNSELLOR) as visit:
        assert care_news(visit, visit.now - timedelta(days=7)) == CareNews(came=1)
        assert care_news(visit, visit.now + timedelta(days=7)) == CareNews()


def test_a_counsellor_hands_nobody_elses_over(world: World, couple: CoupleHere) -> None:
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    with world.as_(omar, Role.COUNSELLOR) as visit, pytest.raises(NotAllowed):
        hand_over_all(visit, couple.counsellor_id, omar)


def test_the_page_offers_an_owner_everybody_but_themself(
    arrive: Arrive, world: World, couple: CoupleHere
) -> None:
    olu = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER, Role.COUNSELLOR)
    an_account(world, olu, "olu", TERMS)
    owner = arrive()
    owner.sign_in("olu")
    owner.send("/desk/today", "/accounts/role", role="owner")
    path = f"/people/staff/{couple.counsellor_id}"
    page = owner.get(path)
    assert NEVER_TO_YOU in page.said
    assert "There is no other counsellor yet." in page.said
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    page = owner.get(path)
    offered = [str(option["value"]) for option in page.form(f"{path}/hand-over").select("option")]
    assert offered == [str(omar)]
    assert owner.send(path, f"{path}/hand-over", person=str(omar)).status == 303
    assert NEVER_TO_YOU not in owner.get(f"/people/staff/{olu}").said


def test_two_owners_who_take_the_role_from_each_other_in_one_instant_leave_one(
    world: World, couple: CoupleHere
) -> None:
    ann, bea = (
        world.a_person(couple.practice_id, name, Role.OWNER) for name in ("Ann Own", "Bea Own")
    )

    def takes(owner: UUID, other: UUID) -> Callable[[World], None]:
        def deed(own: World) -> None:
            # Whoever comes second may find that they own nothing any more, and then nothing is done.
            with suppress(AssertionError), own.as_(owner, Role.OWNER) as visit:
                change_roles(visit, other, [Role.COUNSELLOR])

        return deed

    for _time in range(5):
        ends = meet(world, takes(ann, bea), takes(bea, ann))
        with world.visit() as visit:
            held = sa.select(StaffRole).where(StaffRole.role == Role.OWNER)
            rows = list(visit.db.scalars(held))
            assert sum(row.until_at is None for row in rows) == 1, ends
            for row in rows:
                row.until_at = None
