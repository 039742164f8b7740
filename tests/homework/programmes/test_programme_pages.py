"""A programme's pages: begun, looked at, changed and given at the desk; nothing of it for partners."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.care.service import set_joint_work
from portal.homework.models import Assignment
from portal.homework.programmes.models import ProgrammeStep
from portal.homework.programmes.steps import service as steps
from portal.homework.programmes.steps.service import Placing
from portal.people.models import Care
from portal.vocabulary import JointWork, Role, StepFor
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.support.browser import filled_in
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
SeatAtDesk = Callable[[UUID, Role], Desk]


def number_given(world: World) -> int:
    with world.visit() as visit:
        return visit.db.scalars(sa.select(sa.func.count()).select_from(Assignment)).one()


def test_from_beginning_to_end(world: World, desk: Desk, couple: CoupleHere) -> None:
    page = desk.open(f"/desk/couples/{couple.id}")
    page = desk.open(page.link("Begin a programme"))
    assert "This programme is for somebody who comes alone." in page.said
    page = desk.press("Begin it", {"programme": "first-four-weeks"})
    assert "Nothing is given until you give it." in page.said
    assert "Week 0, this week" in page.said
    assert number_given(world) == 0
    where = page.path

    desk.open(page.link("Give it : Where things stand"))
    page = desk.press("Give it", {"personal_line": "For you both."})
    assert page.path == where
    assert number_given(world) == 2
    assert "given, nothing has come yet" in page.said

    desk.open(page.link("Move or swap : Our pause plan"))
    page = desk.press("Change it", {"week": "4", "for_whom": "couple"})
    assert "Changed." in page.said
    desk.open(page.link("Move or swap : Our pause plan"))
    page = desk.press("Change places", {}, "/trade")
    assert "The two have changed places." in page.said

    desk.open(page.link("Add a step"))
    page = desk.press("Add it", {"exercise": "self-care", "week": "2", "for_whom": "a"})
    assert "Looking after me" in page.said
    page = desk.press("Leave it out", {}, "/drop")
    assert "Left out" in page.said
    page = desk.press("Bring it back", {}, "/bring-back")
    page = desk.press("Let it stand still")
    assert "Stands still" in page.said
    assert "Give it" not in page.said
    page = desk.press("Go on with it")
    desk.open(page.link("End it"))
    assert "Ended" in desk.press("End it").said
    overview = desk.open("/homework/programmes")
    assert "First four weeks Ended" in overview.said


def test_a_refusal_stands_there_with_its_reason(world: World, seat_at_desk: SeatAtDesk) -> None:
    unclear = world.a_couple(status=JointWork.NOT_ASKED)
    programme_id, _ = world.a_programme(unclear)
    desk = seat_at_desk(unclear.counsellor_id, Role.COUNSELLOR)
    page = desk.open(f"/homework/programmes/{programme_id}")
    assert "This needs the joint-work status ‘clear’" in page.said
    assert "Prepared: cannot be given now" in page.said


def test_statements_not_ticked_keep_what_was_typed(world: World, seat_at_desk: SeatAtDesk) -> None:
    alone = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
    programme_id, _ = world.a_programme(alone, "only-one-of-us")
    desk = seat_at_desk(alone.counsellor_id, Role.COUNSELLOR)
    page = desk.open(f"/homework/programmes/{programme_id}")
    page = desk.open(page.link("Give it : My part in it"))
    sentences = [str(box["value"]) for box in page.soup.select("input[name=tick]")]
    assert sentences
    page = desk.press("Give it", {"personal_line": "Slowly."})
    assert page.status == 422
    assert "Please confirm each statement first" in page.said
    assert "Slowly." in page.text
    desk.press("Give it", {"tick": tuple(sentences)})
    assert number_given(world) == 1


def test_weekly_work_shows_its_days_and_asks_for_none(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    """Its due day is the last of its last round, whatever day would be chosen."""
    programme_id, _ = world.a_programme(couple, "after-a-betrayal")
    page = desk.open(f"/homework/programmes/{programme_id}")
    page = desk.open(page.link("Give it : Small signs of trust"))
    assert page.soup.select("[name=due_on]") == []
    assert "It runs for 6 weeks from the day you give it. Each week is due on its last day." in (
        page.said
    )
    page = desk.press("Give it", {"personal_line": "From today."})
    assert page.status == 200
    with world.visit() as visit:
        (row,) = visit.db.scalars(sa.select(Assignment))
        assert row.due_on == row.assigned_on + timedelta(days=6 * 7 - 1)


def test_a_diary_says_to_which_day_it_runs_at_least(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    programme_id, _ = world.a_programme(couple, "warmth-and-time")
    page = desk.open(f"/homework/programmes/{programme_id}")
    page = desk.open(page.link("Give it : Three thanks before bed"))
    assert len(page.soup.select("[name=due_on]")) == 1
    assert "It runs for 7 days, and is due on the last of them at the earliest." in page.said


class TestAPageLeftOpen:
    """What was typed for one of them, above one exercise, never goes out above another or to the other."""

    LINE = "Ann, only because of what you told me."

    @pytest.fixture
    def step(self, world: World, couple: CoupleHere) -> tuple[UUID, UUID]:
        programme_id, _ = world.a_programme(couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            made = steps.add_step(visit, programme_id, Placing("self-care", 0, StepFor.A))
            visit.db.flush()
            return programme_id, made.id

    def change(
        self, world: World, couple: CoupleHere, step: tuple[UUID, UUID], placing: Placing
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.place_step(visit, *step, placing)

    @pytest.mark.parametrize(
        ("exercise", "whom", "names"),
        [
            ("starting-point", StepFor.B, "For Ben."),
            ("self-care", StepFor.B, "For Ben."),
            ("starting-point", StepFor.A, "For Ann."),
        ],
    )
    def test_gives_no_other_exercise_and_nothing_to_the_other(
        self,
        world: World,
        desk: Desk,
        couple: CoupleHere,
        step: tuple[UUID, UUID],
        exercise: str,
        whom: StepFor,
        names: str,
    ) -> None:
        where = "/homework/programmes/{}/steps/{}/give".format(*step)
        assert "For Ann." in desk.open(where).said
        self.change(world, couple, step, Placing(exercise, 0, whom))
        page = desk.press("Give it", {"personal_line": self.LINE})
        assert page.status == 422
        assert "This step was changed in another place meanwhile" in page.said
        assert names in page.said
        assert self.LINE in page.text
        assert number_given(world) == 0
        assert desk.press("Give it", {"personal_line": "As it is now."}).status == 200
        assert number_given(world) == 1

    def test_gives_the_line_back_where_the_step_cannot_be_given_any_more(
        self, world: World, desk: Desk, step: tuple[UUID, UUID], couple: CoupleHere
    ) -> None:
        desk.open("/homework/programmes/{}/steps/{}/give".format(*step))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
        self.change(world, couple, step, Placing("pause-plan", 0, StepFor.COUPLE))
        page = desk.press("Give it", {"personal_line": self.LINE})
        assert page.status == 422
        assert "This needs the joint-work status ‘clear’" in page.said
        assert self.LINE in page.text
        assert number_given(world) == 0

    def test_without_its_mark_has_seen_nothing(
        self, world: World, desk: Desk, step: tuple[UUID, UUID]
    ) -> None:
        page = desk.open("/homework/programmes/{}/steps/{}/give".format(*step))
        sent = {**filled_in(page.form(), {}), "seen": []}
        assert desk.client.post(page.path, data=sent).status_code == 422
        assert number_given(world) == 0

    def test_moved_to_another_week_it_stays_for_whom_it_is_by_now(
        self, world: World, desk: Desk, step: tuple[UUID, UUID], couple: CoupleHere
    ) -> None:
        desk.open("/homework/programmes/{}/steps/{}".format(*step))
        self.change(world, couple, step, Placing("starting-point", 0, StepFor.B))
        assert desk.press("Change it", {"week": "2"}).status == 200
        with world.visit() as visit:
            row = visit.db.get_one(ProgrammeStep, step[1])
            assert (row.exercise_key, row.for_whom, row.week) == ("starting-point", StepFor.B, 2)

    def test_what_was_changed_in_both_places_is_said(
        self, world: World, desk: Desk, step: tuple[UUID, UUID], couple: CoupleHere
    ) -> None:
        desk.open("/homework/programmes/{}/steps/{}".format(*step))
        self.change(world, couple, step, Placing("self-care", 0, StepFor.B))
        page = desk.press("Change it", {"for_whom": "each"})
        assert page.status == 422
        assert "This was changed in another place meanwhile, to: Ben." in page.said
        assert desk.press("Change it").status == 200
        with world.visit() as visit:
            assert visit.db.get_one(ProgrammeStep, step[1]).for_whom is StepFor.EACH


def test_a_hidden_title_lies_on_no_table(world: World, desk: Desk, couple: CoupleHere) -> None:
    """Weeks may be shown to the two, so a page that is named nowhere is not named there either."""
    programme_id, _ = world.a_programme(couple)
    where = f"/homework/programmes/{programme_id}"
    desk.open(f"{where}/add")
    page = desk.press("Add it", {"exercise": "deciding-to-raise-it", "week": "2", "for_whom": "a"})
    assert "Should I raise it?" not in page.said
    assert "A private page" in page.said
    panel = desk.open(f"/desk/couples/{couple.id}").soup.select_one("[aria-labelledby=pr-h]")
    assert panel is not None
    assert "Should I raise it?" not in panel.get_text()


def test_partners_find_nothing(world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk) -> None:
    programme_id, step_id = world.a_programme(couple)
    partner = seat_at_desk(couple.a, Role.PARTNER)
    for path in ("", f"/steps/{step_id}", f"/steps/{step_id}/give", "/add", "/end"):
        assert partner.client.get(f"/homework/programmes/{programme_id}{path}").status_code == 404
    assert partner.client.get("/homework/programmes").status_code == 404
    week = partner.open("/desk/week").said
    for words in ("First four weeks", "programme", "Where things stand"):
        assert words not in week


def test_a_supervisor_looks_and_changes_nothing(
    world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk
) -> None:
    programme_id, _ = world.a_programme(couple)
    sue = world.a_person(couple.practice_id, "Sue Example", Role.SUPERVISOR)
    with world.visit() as visit:
        care = Care(couple_id=couple.id, person_id=sue, role=Role.SUPERVISOR, since_at=world.now)
        visit.db.add(care)
    page = seat_at_desk(sue, Role.SUPERVISOR).open(f"/homework/programmes/{programme_id}")
    assert "First four weeks" in page.said
    assert page.soup.select("main form") == []
    assert "Give it" not in page.said


def test_the_same_few_look_ups_however_much(
    world: World, app: Flask, desk: Desk, couple: CoupleHere
) -> None:
    short, _ = world.a_programme(couple)
    desk.open(f"/homework/programmes/{short}")
    with counted(app) as before:
        desk.open(f"/homework/programmes/{short}")
        desk.open(f"/desk/couples/{couple.id}")
        desk.open("/homework/programmes")
    long, _ = world.a_programme(couple, "warmth-and-time")
    page = desk.open(f"/homework/programmes/{long}")
    for words in ("Give it : Three thanks before bed", "Give it : The idea jar"):
        desk.open(page.link(words))
        desk.press("Give it")
    with counted(app) as after:
        desk.open(f"/homework/programmes/{long}")
        desk.open(f"/desk/couples/{couple.id}")
        desk.open("/homework/programmes")
    assert len(after) == len(before)
