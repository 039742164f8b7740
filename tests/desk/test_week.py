"""A partner's week: what there is to write, and nothing of the other's."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.agenda.queries import next_appointments, next_hours
from portal.agenda.service import plan
from portal.homework.models import Assignment
from portal.homework.service import withdraw
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import Pocket, Role, Seat
from tests.reflections.material import issues
from tests.support.browser import Browser, an_account
from tests.support.moments import StandingClock
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
MANY = ("self-care", "support-map", "spending-diary", "small-steps") * 3


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


class TestHome:
    def test_strangers_come_to_the_door(self, app: Flask, clock: StandingClock) -> None:
        assert Browser(app, clock).open("/").path == "/accounts/sign-in"

    def test_a_partner_comes_to_their_week(self, couple: CoupleHere, sit_down: SitDown) -> None:
        assert sit_down(couple.a).open("/").path == "/desk/week"

    @pytest.mark.parametrize(
        ("role", "home"),
        [
            (Role.COUNSELLOR, "today.desk"),
            (Role.OWNER, "practice.settings"),
            (Role.SUPERVISOR, "people.couples"),
        ],
    )
    def test_staff_come_to_theirs(
        self, world: World, app: Flask, clock: StandingClock, role: Role, home: str
    ) -> None:
        person = world.a_person(world.a_practice(), "Nadia Example", role)
        browser = Browser(app, clock)
        login = an_account(world, app, person, role)
        browser.client.get("/accounts/sign-in")
        browser.open("/accounts/sign-in")
        answer = browser.send_and_stay({"login": login, "password": "copper lantern orbit violet"})
        assert answer.status_code == 303
        answer = browser.client.get("/")
        with app.test_request_context():
            assert answer.location == app.url_for(home)


class TestTheWeek:
    def test_an_empty_week_expects_nothing(self, couple: CoupleHere, sit_down: SitDown) -> None:
        page = sit_down(couple.a).open("/desk/week")
        assert page.title == "This week - Weft"
        assert "Nothing to write this week" in page.said
        assert "Not planned yet" in page.said

    def test_the_session_is_tied_into_the_strip(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        world.an_assignment(couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, world.now + timedelta(days=3, hours=9))
        page = sit_down(couple.a).open("/desk/week")
        (knot,) = page.soup.select(".weekstrip .is-session")
        assert "You meet at 18:00" in knot.get_text()
        assert "One piece before you meet on Thursday 5 March." in page.said
        assert "Thursday 5 March, 18:00" in page.said

    def test_an_hour_with_one_alone_is_none_of_the_others(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b
        ann, ben = sit_down(couple.a), sit_down(couple.b)
        before = ben.open("/desk/week").said
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, world.now + timedelta(days=3, hours=9), with_seat=Seat.A)
            visit.db.flush()
            assert next_appointments(visit, [couple.id]) == {}, "nothing for both hangs on it"
            (hour,) = next_hours(visit, couple.id)
            assert hour.with_seat is Seat.A
        assert ben.open("/desk/week").said == before
        assert "Thursday 5 March, 18:00" in ann.open("/desk/week").said
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, world.now + timedelta(days=5, hours=9))
        assert "Saturday 7 March, 18:00" in ben.open("/desk/week").said
        assert "Thursday 5 March, 18:00" in ann.open("/desk/week").said

    def test_a_draft_is_what_one_goes_on_with(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple)
        world.an_assignment(couple, "self-care", to=(Seat.A,))
        world.a_draft(couple.a, round_id, {"start_with": "Talking"})
        ann = sit_down(couple.a)
        page = ann.open("/desk/week")
        assert "You stopped at question 3 of 8. About 22 minutes left." in page.said
        assert "Two pieces" in page.said
        assert ann.open(page.link("Continue writing")).path.endswith("/write/3")

    def test_what_was_sent_is_marked_so(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues("mine"))
        page = sit_down(couple.a).open("/desk/week")
        (row,) = page.soup.select(".task")
        assert "Sent" in row.get_text()

    def test_nothing_of_the_other_changes_it(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        (round_id,) = world.an_assignment(couple)
        ann = sit_down(couple.a)
        before = ann.open("/desk/week").said
        world.a_draft(couple.b, round_id, issues("theirs"))
        assert ann.open("/desk/week").said == before
        world.a_reflection(couple.b, round_id, issues("theirs"))
        assert ann.open("/desk/week").said == before
        world.an_assignment(couple, "self-care", to=(Seat.B,))
        assert ann.open("/desk/week").said == before

    def test_what_opened_and_what_was_written_back_stands_here(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues("mine"))
        world.a_reflection(couple.b, round_id, issues("theirs"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in reading(visit, round_id).parts:
                mark_read(visit, part.id)
            visit.db.flush()
            open_round(visit, round_id)
            to_ann = write_feedback(visit, round_id, Pocket.A, "Thank you, Ann.")
            to_ben = write_feedback(visit, round_id, Pocket.B, "Thank you, Ben.")
            write_feedback(visit, round_id, Pocket.A, "Not yet said.")
            visit.db.flush()
            release_feedback(visit, to_ann.id)
            release_feedback(visit, to_ben.id)
        page = sit_down(couple.a).open("/desk/week")
        assert "Open to read" in page.said
        assert "Thank you, Ann." in page.said
        for hidden in ("Thank you, Ben.", "Not yet said."):
            assert hidden not in page.said

    def test_a_changed_plan_is_mentioned_for_a_fortnight(
        self, world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
    ) -> None:
        world.an_assignment(couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            withdraw(visit, visit.db.scalars(sa.select(Assignment.id)).one())
        ann = sit_down(couple.a)
        assert "Your counsellor has changed the plan for now." in ann.open("/desk/week").said
        clock.move(days=14)
        again = sit_down(couple.b) if couple.b else ann
        assert "changed the plan" not in again.open("/desk/week").said

    def test_a_partner_alone_reads_nothing_of_two(self, world: World, sit_down: SitDown) -> None:
        alone = world.a_couple(names=("Ann Example",), takes_part=(True,))
        world.an_assignment(alone, "one-person-change", to=(Seat.A,))
        page = sit_down(alone.a).open("/desk/week")
        assert "both of you" not in page.said
        assert "Not open yet" not in page.said


class TestTheCost:
    def test_the_week_asks_the_same_few_questions_however_much_there_is(
        self, world: World, couple: CoupleHere, app: Flask, sit_down: SitDown
    ) -> None:
        world.an_assignment(couple)
        for exercise in MANY[:2]:
            world.an_assignment(couple, exercise, to=(Seat.A,))
        ann = sit_down(couple.a)
        few = self.statements(app, ann)
        for exercise in MANY[2:]:
            world.an_assignment(couple, exercise, to=(Seat.A,))
        many = self.statements(app, ann)
        assert len(ann.open("/desk/week").soup.select(".task")) >= 12
        assert many == few

    def test_my_writing_does_too(
        self, world: World, couple: CoupleHere, app: Flask, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        counts = []
        for exercises in (MANY[:2], MANY[2:]):
            for exercise in exercises:
                (round_id,) = world.an_assignment(couple, exercise, to=(Seat.A,))
                world.a_draft(couple.a, round_id, {"how_it_felt": 4})
            counts.append(self.statements(app, ann, "/reflections/mine"))
        assert counts[0] == counts[1]

    def statements(self, app: Flask, browser: Browser, path: str = "/desk/week") -> int:
        browser.open(path)  # editions are read once for each process
        with counted(app) as statements:
            browser.open(path)
        return len(statements)
