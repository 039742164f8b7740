"""Week by week: what is open now, whose day it is, and one sending for each round."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.exercises.form.values import Row
from portal.foundation.errors import TooLate
from portal.homework.models import Round
from portal.homework.queries import assignment_rounds
from portal.homework.service import close
from portal.homework.windows import Phase
from portal.people.models import Person
from portal.policies.viewer import SYSTEM
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.pieces.queries import own_pieces, unsent_rounds
from portal.reflections.queries import reflections_on
from portal.vocabulary import ReflectionState, Role, Seat
from tests.homework.test_windows import GIVEN
from tests.reflections.material import SitDown
from tests.reflections.weekly import KEPT, STEP, is_refused, rounds_of, values_now
from tests.support.moments import START, StandingClock
from tests.support.world import CoupleHere, World


class TestNow:
    def stages(self, world: World, person_id: UUID) -> list[tuple[int, str]]:
        with world.as_(person_id, Role.PARTNER) as visit:
            return [(piece.task.number, piece.stage.value) for piece in own_pieces(visit)]

    def test_the_week_shows_the_round_of_now_and_the_last_one_for_a_week(
        self, world: World, couple: CoupleHere
    ) -> None:
        world.an_assignment(couple, "small-steps", to=(Seat.A,))
        assert self.stages(world, couple.a) == [(1, "not_started")]
        world.now = START + timedelta(days=7)
        assert self.stages(world, couple.a) == [(1, "not_started"), (2, "not_started")]
        world.now = START + timedelta(days=14)
        assert self.stages(world, couple.a)[:2] == [(1, "ended"), (2, "not_started")]

    def test_a_past_week_takes_no_words_and_says_so(self, world: World, couple: CoupleHere) -> None:
        first, second, *_ = rounds_of(
            world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
        )
        with pytest.raises(TooLate):
            world.a_draft(couple.a, second, STEP)
        world.now = START + timedelta(days=13)
        world.a_draft(couple.a, first, STEP)
        world.now = START + timedelta(days=14)
        with pytest.raises(TooLate):
            world.a_draft(couple.a, first, {"goal": "Too late"})
        assert values_now(world, couple.a, first) == STEP

    def test_days_are_the_writers(self, world: World, couple: CoupleHere) -> None:
        with world.visit() as visit:
            visit.db.get_one(Person, couple.a).time_zone = "Pacific/Auckland"
        world.now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # the third in Auckland
        (mine,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        both = world.an_assignment(couple, "three-thanks")[0]
        with world.visit() as visit:
            assert visit.db.get_one(Round, mine).first_on == GIVEN + timedelta(days=1)
            assert visit.db.get_one(Round, both).first_on == GIVEN

    def test_the_pages_say_which_week_it_is(
        self, world: World, couple: CoupleHere, clock: StandingClock, sit_down: SitDown
    ) -> None:
        first, second, *_ = rounds_of(
            world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
        )
        world.a_draft(couple.a, first, STEP)
        clock.move(days=8)
        page = sit_down(couple.a).open("/desk/week")
        assert "Week 2 of 4" in page.said
        assert "week 3" not in page.said.casefold()
        assert page.link("Continue writing").startswith(f"/reflections/{first}/write/")
        third = rounds_of(world, first)[2]
        assert sit_down(couple.a).open(f"/reflections/{third}").status == 404
        page = sit_down(couple.a).open(f"/reflections/{second}/write/1")
        assert "Filled in from the week before" in page.said
        assert "Call my sister" in page.text


class TestDiary:
    def test_days_to_come_are_not_there_and_late_ones_go_to_their_day(
        self, world: World, couple: CoupleHere, clock: StandingClock, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "gratitude-journal", to=(Seat.A,))
        clock.move(days=3)
        ann = sit_down(couple.a)
        page = ann.open(f"/reflections/{round_id}/write/1")
        assert page.title.startswith("Day 4 of 14")
        assert len(page.soup.select("details.days__fold")) == 3
        assert not page.soup.select("[id^=f-days-day-5]")
        page = ann.send(
            {"f.days.day-2.good": "Late but true"}, "save_and_continue", f"{round_id}/write/1"
        )
        rows = values_now(world, couple.a, round_id)["days"]
        assert rows == (Row("day-2", None, {"good": "Late but true"}, 2),)

    def test_the_last_questions_wait_and_can_be_answered_early(
        self, world: World, couple: CoupleHere, clock: StandingClock, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "gratitude-journal", to=(Seat.A,))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/write/1")
        page = ann.send({"f.days.day-1.good": "Rain"}, "save_and_continue", "/write/1")
        assert page.path == f"/reflections/{round_id}"
        assert "Today is written down" in page.said
        assert page.link("Answer the last questions now").endswith("/write/2")
        assert "Open the diary" in ann.open("/desk/week").said
        clock.move(days=13)
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/write/1")
        page = ann.send({"f.days.day-14.good": "Sun"}, "save_and_continue", "/write/1")
        assert page.path == f"/reflections/{round_id}/write/2"


class TestRoundByRound:
    def test_opening_one_opens_no_other(self, world: World, couple: CoupleHere) -> None:
        assert couple.b is not None
        first, second, *_ = rounds_of(world, world.an_assignment(couple, "trust-log")[0])
        for number, round_id in enumerate((first, second)):
            world.now = START + timedelta(days=7 * number)
            for person in (couple.a, couple.b):
                world.a_reflection(person, round_id, {**KEPT, "next_promise": "None"})
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for card in reflections_on(
                visit, assignment_rounds(visit, visit.db.get_one(Round, first).assignment_id)
            ).values():
                for part in card:
                    if part.state is ReflectionState.SUBMITTED:
                        row = visit.db.get_one(Reflection, part.id)
                        row.mark_read(visit.now)
            visit.db.flush()
            open_round(visit, second)
        with world.as_(couple.a, Role.PARTNER) as visit:
            tasks = assignment_rounds(visit, visit.db.get_one(Round, first).assignment_id)
            seen = reflections_on(visit, tasks)
            assert len(seen[first]) == 1
            assert len(seen[second]) == 2

    def test_the_database_refuses_a_second_reflection_of_a_round(
        self, world: World, couple: CoupleHere
    ) -> None:
        (round_id,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
        world.a_draft(couple.a, round_id, STEP)
        again = Reflection(
            round_id=round_id,
            couple_id=couple.id,
            respondent_id=couple.a,
            state=ReflectionState.SUBMITTED,
            revision=1,
            started_at=START,
            saved_at=START,
        )
        assert is_refused(world, again)

    def test_and_a_second_round_of_the_same_number(self, world: World, couple: CoupleHere) -> None:
        (round_id,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
        with world.visit() as visit:
            row = visit.db.get_one(Round, round_id)
        again = Round(
            assignment_id=row.assignment_id,
            number=row.number,
            first_on=row.first_on,
            due_on=row.due_on,
        )
        assert is_refused(world, again)


class TestUnsent:
    def found(self, world: World) -> set[tuple[UUID, UUID, bool, Phase]]:
        with world.visit(SYSTEM) as visit:
            return {
                (each.round_id, each.person_id, each.has_draft, each.phase)
                for each in unsent_rounds(visit)
            }

    def test_not_opened_and_half_done_work_and_nothing_else(
        self, world: World, couple: CoupleHere
    ) -> None:
        assert couple.b is not None
        first, second, *_ = rounds_of(
            world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
        )
        paired = world.an_assignment(couple, "three-thanks")[0]
        world.a_draft(couple.a, first, STEP)
        assert self.found(world) == {
            (first, couple.a, True, Phase.NOW),
            (paired, couple.a, False, Phase.NOW),
            (paired, couple.b, False, Phase.NOW),
        }
        world.now += timedelta(days=7)
        assert (first, couple.a, True, Phase.LATE) in self.found(world)
        assert (second, couple.a, False, Phase.NOW) in self.found(world)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            close(visit, visit.db.get_one(Round, first).assignment_id)
        assert {each[0] for each in self.found(world)} == {paired}

    def test_it_answers_jobs_alone(self, world: World, couple: CoupleHere) -> None:
        world.an_assignment(couple, "small-steps", to=(Seat.A,))
        for person, role in ((couple.a, Role.PARTNER), (couple.counsellor_id, Role.COUNSELLOR)):
            with world.as_(person, role) as visit:
                assert unsent_rounds(visit) == []
