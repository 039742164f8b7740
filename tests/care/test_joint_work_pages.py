"""Deciding about joint work, and what that closes."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.care.forms import NEEDS
from portal.foundation.errors import Stale
from portal.homework.models import Assignment
from portal.people.queries import couple_card
from portal.vocabulary import AssignmentState, JointWork, Role
from tests.homework.looking import Desk, unmarked
from tests.support.browser import Sent, filled_in
from tests.support.meeting import Deed, meet
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]
BUTTON = "Keep this decision"
MEANWHILE = "This was decided in another place meanwhile"


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


class TestAPageLeftOpen:
    """What a colleague has stopped since is not made ‘clear’ again by who never saw that it was."""

    def elsewhere(self, world: World, couple: CoupleHere, status: JointWork, reason: str) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            care.set_joint_work(visit, couple.id, status, reason)

    def test_makes_nothing_clear_again_and_says_what_stands_now(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        desk.open(f"/care/{couple.id}/joint-work")
        self.elsewhere(world, couple, JointWork.INDIVIDUAL_ONLY, "She is afraid of him.")
        page = desk.press(BUTTON, {"needs": NEEDS, "reason": "Three good months."})
        assert page.status == 422
        assert MEANWHILE in page.said
        assert "She is afraid of him." in page.said
        assert page.soup.select_one('[name=status][value="individual_only"][checked]')
        assert "Three good months." in page.text
        stands = (JointWork.INDIVIDUAL_ONLY, "She is afraid of him.")
        assert status_of(world, couple) == stands
        again: Sent = {"status": "clear", "needs": NEEDS, "reason": "Seen once more."}
        assert desk.press(BUTTON, again).status == 200
        assert status_of(world, couple) == (JointWork.CLEAR, "Seen once more.")

    @pytest.mark.parametrize(
        ("now", "old"),
        [("paused", "individual_only"), ("paused", "not_asked"), ("clear", "clear")],
    )
    def test_neither_widens_nor_puts_its_reason_over_another(
        self, world: World, desk: Desk, couple: CoupleHere, now: str, old: str
    ) -> None:
        desk.open(f"/care/{couple.id}/joint-work")
        self.elsewhere(world, couple, JointWork(now), "As of today.")
        page = desk.press(BUTTON, {"status": old, "needs": NEEDS, "reason": "As of before."})
        assert page.status == 422
        assert status_of(world, couple) == (JointWork(now), "As of today.")

    def test_stops_whatever_was_decided_since(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        desk.open(f"/care/{couple.id}/joint-work")
        self.elsewhere(world, couple, JointWork.INDIVIDUAL_ONLY, "For now.")
        page = desk.press(BUTTON, {"status": "paused", "reason": "He rang me."})
        assert page.path == f"/desk/couples/{couple.id}"
        assert status_of(world, couple) == (JointWork.PAUSED, "He rang me.")

    def test_of_two_in_one_instant_the_one_that_stops_stands(
        self, world: World, couple: CoupleHere
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            seen = couple_card(visit, couple.id).joint_work_mark

        def decide(status: JointWork) -> Deed:
            def deed(own: World) -> None:
                with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                    care.set_joint_work(visit, couple.id, status, "As I saw it.", seen=seen)

            return deed

        ends = meet(world, decide(JointWork.CLEAR), decide(JointWork.PAUSED))
        assert ends[0] in (None, Stale)
        assert ends[1] is None
        assert status_of(world, couple)[0] is JointWork.PAUSED

    def test_without_its_mark_has_seen_nothing(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        page = desk.open(f"/care/{couple.id}/joint-work")
        sent = {**filled_in(page.form(), {"needs": NEEDS, "reason": "Again."}), "seen": []}
        assert desk.client.post(page.path, data=sent).status_code == 422
        assert status_of(world, couple)[1] != "Again."


def test_foreign_is_like_missing(world: World, desk: Desk) -> None:
    other = world.a_couple()
    foreign, missing = (desk.client.get(f"/care/{i}/joint-work") for i in (other.id, uuid4()))
    assert unmarked(foreign) == unmarked(missing)
    assert foreign.status_code == 404


def test_an_owner_sees_none(world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk) -> None:
    owner = world.a_person(couple.practice_id, "Olive Owner", Role.OWNER)
    desk = seat_at_desk(owner, Role.OWNER)
    assert desk.client.get(f"/care/{couple.id}/joint-work").status_code == 404
