"""A step whose work was taken back is given again, and one that only one of them has goes to the other."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.care.service import set_joint_work
from portal.exercises.queries import newest_edition
from portal.foundation.errors import Refused, TooLate
from portal.homework.models import Assignment
from portal.homework.programmes import queries, service
from portal.homework.programmes.cards import StepCard
from portal.homework.programmes.service import Giving
from portal.homework.service import Order, note_reached, withdraw
from portal.people.queries import couple_card
from portal.people.service import Naming, change_member
from portal.policies.gates import NEEDS_CLEAR
from portal.vocabulary import JointWork, PartnerRole, ReflectionState, Role, Seat, StepState
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.support.meeting import meet
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
TALKING = "talking-and-listening"
BOTH = (Seat.A, Seat.B)


class Programme:
    """A programme of one couple, as its counsellor has it."""

    def __init__(self, world: World, couple: CoupleHere, key: str = "first-four-weeks") -> None:
        self.world, self.couple = world, couple
        self.id, _ = world.a_programme(couple, key)
        self.path = f"/homework/programmes/{self.id}"

    def step(self, key: str) -> StepCard:
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = queries.programme_card(visit, self.id)
        return next(step for step in card.steps if step.edition.key == key)

    def give(self, key: str) -> None:
        self.world.now += timedelta(minutes=1)
        step = self.step(key)
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.give_step(visit, self.id, step.id, Giving(ticked=step.verdict.to_tick))

    def give_beside(self, key: str, *to: Seat) -> None:
        """Given from the couple's page, as any homework."""
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            edition = newest_edition(visit.db, key)
            order = Order(edition.id, to, ticked=edition.facts.confirm)
            service.give(visit, self.couple.id, order)

    def take_back(self, *seats: Seat, key: str) -> None:
        for each in self.step(key).reached:
            if each.seat in seats and not each.is_taken_back:
                with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
                    withdraw(visit, each.assignment_id)

    def leave_clear_and_come_back(self) -> None:
        for status in (JointWork.INDIVIDUAL_ONLY, JointWork.CLEAR):
            with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
                set_joint_work(visit, self.couple.id, status, "As things are now.")

    def stands(self, key: str) -> list[tuple[Seat, str]]:
        return [(each.seat, each.key) for each in self.step(key).reached]

    def rows(self) -> list[Assignment]:
        with self.world.visit() as visit:
            query = sa.select(Assignment).where(Assignment.couple_id == self.couple.id)
            return list(visit.db.scalars(query.order_by(Assignment.assigned_at)))

    def said_of(self, desk: Desk, title: str) -> str:
        """What the programme's page says beside one step."""
        page = desk.open(self.path)
        (found,) = [
            item.get_text(" ", strip=True)
            for item in page.soup.select("main li")
            if item.h3 and item.h3.get_text(strip=True).startswith(title)
        ]
        return " ".join(found.split())


class TestTakenBack:
    def test_the_page_offers_to_give_it_again(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give("pause-plan")
        programme.leave_clear_and_come_back()
        said = programme.said_of(desk, "Our pause plan")
        assert "Given" not in said
        assert "Taken back" in said
        desk.open(desk.open(programme.path).link("Give it again : Our pause plan"))
        page = desk.press("Give it again", {"personal_line": "Once more."})
        assert page.path == programme.path
        assert "taken back" not in programme.said_of(desk, "Our pause plan")
        assert programme.stands("pause-plan") == [(Seat.A, "given"), (Seat.B, "given")]

    def test_what_was_taken_back_stays_as_it_was(self, world: World, couple: CoupleHere) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give("pause-plan")
        programme.leave_clear_and_come_back()
        (before,) = programme.rows()
        programme.give("pause-plan")
        (after,) = [row for row in programme.rows() if row.id == before.id]
        assert (after.state, after.ended_at) == (before.state, before.ended_at)
        assert after.act_id == before.act_id
        (again,) = [row for row in programme.rows() if row.id != before.id]
        assert again.act_id != before.act_id

    def test_given_again_beside_it_counts_as_its_step(
        self, world: World, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give_beside("pause-plan", *BOTH)
        programme.leave_clear_and_come_back()
        assert programme.stands("pause-plan") == [(Seat.A, "withdrawn"), (Seat.B, "withdrawn")]
        programme.give_beside("pause-plan", *BOTH)
        assert programme.stands("pause-plan") == [(Seat.A, "given"), (Seat.B, "given")]
        assert programme.step("pause-plan").state is StepState.GIVEN

    def test_two_presses_in_one_instant_give_it_once(
        self, world: World, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give("pause-plan")
        programme.leave_clear_and_come_back()
        step_id = programme.step("pause-plan").id

        def press(here: World) -> bool:
            with here.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                service.give_step(visit, programme.id, step_id, Giving())
            return True

        assert set(meet(world, press, press)) == {True, TooLate}
        assert len(programme.rows()) == 2

    def test_while_the_status_is_not_clear_its_reason_stands_there(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give("pause-plan")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
        said = programme.said_of(desk, "Our pause plan")
        assert NEEDS_CLEAR in said
        assert "Give it" not in said
        with pytest.raises(Refused):
            programme.give("pause-plan")

    def test_what_stands_is_not_given_again(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple, TALKING)
        programme.give("pause-plan")
        assert "Give it" not in programme.said_of(desk, "Our pause plan")
        with pytest.raises(TooLate):
            programme.give("pause-plan")
        where = f"{programme.path}/steps/{programme.step('pause-plan').id}/give"
        assert "It was given already." in desk.open(where).said
        programme.give_beside("pause-plan", *BOTH)
        assert len({row.act_id for row in programme.rows()}) == 2
        (first,) = {each.assignment_id for each in programme.step("pause-plan").reached}
        assert first == programme.rows()[0].id

    @pytest.mark.parametrize(("key", "is_done"), [("pause-plan", True), ("weekly-meeting", False)])
    def test_what_was_done_before_it_was_taken_back_stays_done(
        self, world: World, desk: Desk, couple: CoupleHere, key: str, *, is_done: bool
    ) -> None:
        """One week of several is not the whole of it."""
        programme = Programme(world, couple, TALKING)
        programme.give(key)
        (row,) = programme.rows()
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for member in couple_card(visit, couple.id).members:
                note_reached(visit, row.id, member.person.id, ReflectionState.REVIEWED)
        programme.leave_clear_and_come_back()
        step = programme.step(key)
        assert (step.is_taken_back, step.waits) == (not is_done, not is_done)
        said = programme.said_of(desk, step.title)
        assert (": read" in said, "Give it again" in said) == (is_done, not is_done)

    def test_who_would_rather_not_is_not_asked_again(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple)
        programme.give("name-the-issues")
        (row,) = programme.rows()
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            note_reached(visit, row.id, couple.a, ReflectionState.DECLINED)
        programme.leave_clear_and_come_back()
        step = programme.step("name-the-issues")
        assert [member.seat for member in step.left] == [Seat.B]
        assert "would rather not do this one" in programme.said_of(desk, step.title)


class TestOnlyOneHasIt:
    def test_the_page_offers_it_to_the_other(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme = Programme(world, couple)
        programme.give_beside("starting-point", Seat.A)
        assert "Not everybody has it" in programme.said_of(desk, "Where things stand")
        page = desk.open(programme.path)
        page = desk.open(page.link("Give it to Ben : Where things stand"))
        assert "For Ben." in page.said
        assert "For Ann" not in page.said
        desk.press("Give it to Ben")
        assert programme.stands("starting-point") == [(Seat.A, "given"), (Seat.B, "given")]
        said = programme.said_of(desk, "Where things stand")
        assert "Not everybody" not in said
        assert "Give it" not in said
        assert len(programme.rows()) == 2

    def test_one_copy_was_taken_back(self, world: World, couple: CoupleHere) -> None:
        programme = Programme(world, couple)
        programme.give("starting-point")
        programme.take_back(Seat.B, key="starting-point")
        assert [m.seat for m in programme.step("starting-point").left] == [Seat.B]
        programme.give("starting-point")
        assert programme.stands("starting-point") == [
            (Seat.A, "given"),
            (Seat.B, "withdrawn"),
            (Seat.B, "given"),
        ]

    def test_given_to_both_beside_it(self, world: World, couple: CoupleHere) -> None:
        programme = Programme(world, couple)
        programme.give_beside("starting-point", Seat.A)
        programme.give_beside("starting-point", *BOTH)
        assert programme.step("starting-point").left == ()
        assert len({row.act_id for row in programme.rows()}) == 2

    def test_the_role_moved_to_the_other(self, world: World, couple: CoupleHere) -> None:
        programme = Programme(world, couple, "after-a-betrayal")
        names = {Seat.A: "Ann", Seat.B: "Ben"}
        for seat, other in ((Seat.A, Seat.B), (Seat.B, Seat.A)):
            with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                for each, role in ((seat, PartnerRole.INVOLVED), (other, PartnerRole.HURT)):
                    change_member(visit, couple.id, each, Naming(names[each], role=role))
            programme.give("amends-plan")
        assert programme.stands("amends-plan") == [(Seat.A, "given"), (Seat.B, "given")]


def test_the_same_few_look_ups_however_much_was_taken_back(
    world: World, app: Flask, desk: Desk, couple: CoupleHere
) -> None:
    programme = Programme(world, couple)
    programme.give("starting-point")
    desk.open(programme.path)
    with counted(app) as before:
        desk.open(programme.path)
    for key in ("support-map", "needs-and-values", "pause-plan", "roadblocks"):
        programme.give(key)
    programme.leave_clear_and_come_back()
    for key in ("support-map", "pause-plan"):
        programme.take_back(Seat.A, key=key)
        programme.give(key)
    with counted(app) as after:
        desk.open(programme.path)
    assert len(after) == len(before)
