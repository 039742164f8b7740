"""Deciding about joint work, and what that closes."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.care.forms import NEEDS
from portal.homework.models import Assignment
from portal.people.queries import couple_card
from portal.vocabulary import AssignmentState, JointWork, Role
from tests.homework.looking import Desk, unmarked
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]
BUTTON = "Keep this decision"


def status_of(world: World, couple: CoupleHere) -> tuple[JointWork, str]:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        card = couple_card(visit, couple.id)
        return card.joint_work, card.joint_work_reason


class TestClear:
    @pytest.fixture
    def fresh(self, world: World) -> CoupleHere:
        return world.a_couple(status=JointWork.NOT_ASKED)

    def test_needs_all_three_and_a_reason(
        self, world: World, fresh: CoupleHere, seat_at_desk: SeatAtDesk
    ) -> None:
        desk = seat_at_desk(fresh.counsellor_id, Role.COUNSELLOR)
        page = desk.open(f"/care/{fresh.id}/joint-work")
        assert "lapses after 90 days" in page.said
        assert "Are you ever afraid of your partner" in page.said
        page = desk.press(BUTTON, {"status": "clear", "needs": NEEDS[:2], "reason": "My reason."})
        assert page.status == 422
        assert "‘Clear’ needs all three of these first." in page.said
        assert "My reason." in page.text
        assert len(page.soup.select("[name=needs][checked]")) == 2
        page = desk.press(BUTTON, {"status": "clear", "needs": NEEDS, "reason": " "})
        assert "Write down the reason for your decision." in page.said
        assert status_of(world, fresh)[0] is JointWork.NOT_ASKED
        page = desk.press(BUTTON, {"status": "clear", "needs": NEEDS, "reason": "Both at ease."})
        assert page.path == f"/desk/couples/{fresh.id}"
        assert status_of(world, fresh) == (JointWork.CLEAR, "Both at ease.")


def test_leaving_clear_says_what_it_takes_back_before_it_does(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    world.an_assignment(couple)
    world.an_assignment(couple, "starting-point")
    page = desk.open(f"/care/{couple.id}/joint-work")
    notice = page.soup.select_one(".notice--stop")
    assert notice is not None
    assert "Naming what gets in the way" in notice.get_text()
    assert "Where things stand" not in notice.get_text()
    desk.press(BUTTON, {"status": "paused"})
    with world.visit() as visit:
        rows = visit.db.scalars(sa.select(Assignment)).all()
    assert sorted(row.state.value for row in rows) == ["open", "open", "withdrawn"]
    assert AssignmentState.WITHDRAWN in {row.state for row in rows}


def test_foreign_is_like_missing(world: World, desk: Desk) -> None:
    other = world.a_couple()
    foreign, missing = (desk.client.get(f"/care/{i}/joint-work") for i in (other.id, uuid4()))
    assert unmarked(foreign) == unmarked(missing)
    assert foreign.status_code == 404


def test_an_owner_sees_none(world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk) -> None:
    owner = world.a_person(couple.practice_id, "Olive Owner", Role.OWNER)
    desk = seat_at_desk(owner, Role.OWNER)
    assert desk.client.get(f"/care/{couple.id}/joint-work").status_code == 404
