"""A programme of a couple: laid out, changed, and given step by step, by a person's press alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care.service import set_joint_work
from portal.exercises.queries import newest_edition
from portal.foundation.errors import NotFound, Refused, TooLate
from portal.homework.models import Assignment, Recipient
from portal.homework.programmes import queries, service
from portal.homework.programmes.models import ProgrammeStep
from portal.homework.programmes.service import RUNS_ALREADY, STANDS_STILL, Giving
from portal.homework.programmes.steps import service as steps
from portal.homework.programmes.steps.service import Placing
from portal.homework.queries import own_tasks
from portal.homework.service import Order
from portal.notices.models import Notice
from portal.people.queries import couple_card
from portal.people.service import Naming, change_member
from portal.policies.gates import NEEDS_CLEAR, PROGRAMME_CONTACT, PROGRAMME_FOR_TWO
from portal.reflections.sending.service import decline
from portal.vocabulary import (
    ContactLevel,
    JointWork,
    PartnerRole,
    ProgrammeState,
    Role,
    Seat,
    StepFor,
    StepHold,
    StepState,
)
from tests.support.moments import after
from tests.support.world import CoupleHere, World

FIRST = "first-four-weeks"


def begin(world: World, couple: CoupleHere, key: str = FIRST) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return service.start(visit, couple.id, key, world.now.date()).id


def steps_of(world: World, programme_id: UUID) -> dict[str, ProgrammeStep]:
    with world.visit() as visit:
        query = sa.select(ProgrammeStep).where(ProgrammeStep.programme_id == programme_id)
        return {row.exercise_key: row for row in visit.db.scalars(query)}


def given(world: World, couple: CoupleHere) -> Sequence[Assignment]:
    with world.visit() as visit:
        query = sa.select(Assignment).where(Assignment.couple_id == couple.id)
        return visit.db.scalars(query).all()


def give(world: World, couple: CoupleHere, programme_id: UUID, key: str, *ticked: str) -> None:
    step = steps_of(world, programme_id)[key]
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.give_step(visit, programme_id, step.id, Giving(ticked=ticked))


class TestBeginning:
    def test_the_weeks_are_laid_out_and_nothing_goes_out(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = queries.programme_card(visit, programme_id)
        assert [week.first_on for week in card.weeks] == [
            world.now.date() + timedelta(days=7 * n) for n in range(5)
        ]
        assert [step.edition.key for step in card.weeks[1].steps] == [
            "needs-and-values",
            "pause-plan",
        ]
        assert {step.state for step in card.steps} == {StepState.SCHEDULED}
        assert given(world, couple) == []
        with world.visit() as visit:
            assert visit.db.scalars(sa.select(Notice)).all() == []
        with world.as_(couple.a, Role.PARTNER) as visit:
            assert own_tasks(visit) == []
            with pytest.raises(NotFound):
                queries.programme_card(visit, programme_id)
            assert queries.programme_lines(visit, []) == []

    def test_for_whom_it_is_not(self, world: World) -> None:
        apart = world.a_couple(contact=ContactLevel.NO_CONTACT, status=JointWork.INDIVIDUAL_ONLY)
        alone = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        for couple, reason in ((apart, PROGRAMME_CONTACT), (alone, PROGRAMME_FOR_TWO)):
            with pytest.raises(Refused) as no:
                begin(world, couple)
            assert no.value.reasons == (reason,)
        begin(world, alone, "only-one-of-us")

    def test_the_same_one_runs_once(self, world: World) -> None:
        couple = world.a_couple()
        begin(world, couple)
        with pytest.raises(Refused) as no:
            begin(world, couple)
        assert no.value.reasons == (RUNS_ALREADY,)


class TestGiving:
    def test_each_gets_their_own_in_one_act(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        give(world, couple, programme_id, "starting-point")
        rows = given(world, couple)
        assert len(rows) == 2
        (act,) = {row.act_id for row in rows}
        assert steps_of(world, programme_id)["starting-point"].act_id == act
        with pytest.raises(TooLate):
            give(world, couple, programme_id, "starting-point")

    def test_a_step_held_for_clear_waits_for_it(self, world: World) -> None:
        couple = world.a_couple(status=JointWork.NOT_ASKED)
        programme_id = begin(world, couple)
        with pytest.raises(Refused) as no:
            give(world, couple, programme_id, "name-the-issues")
        assert NEEDS_CLEAR in no.value.reasons
        assert given(world, couple) == []
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.CLEAR, "Seen alone.")
        assert given(world, couple) == []  # becoming clear gives nothing by itself
        give(world, couple, programme_id, "name-the-issues")
        assert len(given(world, couple)) == 1

    def test_leaving_clear_leaves_what_is_only_prepared(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
        assert {s.state for s in steps_of(world, programme_id).values()} == {StepState.SCHEDULED}

    def test_a_step_held_for_statements_waits_for_each(self, world: World) -> None:
        couple = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        programme_id = begin(world, couple, "only-one-of-us")
        with pytest.raises(Refused) as no:
            give(world, couple, programme_id, "my-part")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = queries.programme_card(visit, programme_id)
            asked = next(s for s in card.steps if s.edition.key == "my-part").verdict.to_tick
        assert len(no.value.reasons) == len(asked) > 0
        give(world, couple, programme_id, "my-part", *asked)
        assert len(given(world, couple)) == 1

    def test_roles_are_looked_up_when_it_is_given(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple, "after-a-betrayal")
        with pytest.raises(Refused) as no:
            give(world, couple, programme_id, "amends-plan")
        assert no.value.reasons == (queries.NO_ROLE,)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            change_member(visit, couple.id, Seat.B, Naming("Ben", "Ben", role=PartnerRole.INVOLVED))
        give(world, couple, programme_id, "amends-plan")
        with world.visit() as visit:
            assert visit.db.scalars(sa.select(Recipient.person_id)).all() == [couple.b]

    def test_homework_given_beside_it_counts_as_its_step(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        for seat in (Seat.A, Seat.B):
            with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                edition = newest_edition(visit.db, "starting-point")
                service.give(visit, couple.id, Order(edition.id, (seat,)))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = queries.programme_card(visit, programme_id)
        step = next(s for s in card.steps if s.edition.key == "starting-point")
        assert step.state is StepState.GIVEN
        assert [each.seat for each in step.reached] == [Seat.A, Seat.B]


class TestChanging:
    def test_move_swap_trade_add_and_drop(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        were = steps_of(world, programme_id)
        pause, roadblocks = were["pause-plan"], were["roadblocks"]
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.place_step(
                visit, programme_id, pause.id, Placing("pause-plan", 4, StepFor.COUPLE)
            )
            steps.place_step(visit, programme_id, roadblocks.id, Placing("my-part", 3, StepFor.A))
            steps.trade_places(
                visit, programme_id, were["needs-and-values"].id, were["our-loop"].id
            )
            steps.add_step(visit, programme_id, Placing("self-care", 2, StepFor.B))
            steps.drop_step(visit, programme_id, were["three-thanks"].id)
        now = steps_of(world, programme_id)
        assert (now["pause-plan"].week, now["pause-plan"].hold) == (4, StepHold.CLEAR)
        assert (now["my-part"].for_whom, now["my-part"].hold) == (StepFor.A, StepHold.CONFIRM)
        assert now["my-part"].note == ""
        assert (now["needs-and-values"].week, now["our-loop"].week) == (3, 1)
        assert (now["self-care"].week, now["self-care"].hold) == (2, None)
        assert now["three-thanks"].state is StepState.DROPPED
        with pytest.raises(TooLate):
            give(world, couple, programme_id, "three-thanks")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.bring_back(visit, programme_id, now["three-thanks"].id)
        give(world, couple, programme_id, "three-thanks")

    def test_what_was_given_is_not_moved(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        give(world, couple, programme_id, "starting-point")
        step = steps_of(world, programme_id)["starting-point"]
        with (
            pytest.raises(TooLate),
            world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
        ):
            steps.drop_step(visit, programme_id, step.id)

    def test_a_step_of_another_programme_is_not_found(self, world: World) -> None:
        couple, other = world.a_couple(), world.a_couple()
        programme_id, foreign = begin(world, couple), begin(world, other)
        step = steps_of(world, foreign)["starting-point"]
        with pytest.raises(NotFound), world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.drop_step(visit, programme_id, step.id)


class TestStandingStill:
    @pytest.mark.parametrize(("days", "weeks"), [(0, 0), (3, 0), (4, 1), (10, 1), (21, 3)])
    def test_what_is_left_moves_on(self, world: World, days: int, weeks: int) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        give(world, couple, programme_id, "starting-point")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.pause(visit, programme_id)
        with pytest.raises(Refused) as no:
            give(world, couple, programme_id, "needs-and-values")
        assert no.value.reasons == (STANDS_STILL,)
        world.now = after(days=days)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            assert service.resume(visit, programme_id) == weeks
        steps = steps_of(world, programme_id)
        assert steps["starting-point"].week == 0
        assert steps["needs-and-values"].week == 1 + weeks

    def test_the_end(self, world: World) -> None:
        couple = world.a_couple()
        programme_id = begin(world, couple)
        give(world, couple, programme_id, "starting-point")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.end(visit, programme_id)
            (line,) = queries.programme_lines(visit, [couple_card(visit, couple.id)])
        assert line.state is ProgrammeState.ENDED
        assert all(row.ended_at is None for row in given(world, couple))
        with pytest.raises(TooLate):
            give(world, couple, programme_id, "needs-and-values")
        begin(world, couple)


def test_where_a_couple_stands(world: World) -> None:
    couple = world.a_couple()
    programme_id = begin(world, couple)
    give(world, couple, programme_id, "starting-point")
    world.now = after(days=9)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (line,) = queries.programme_lines(visit, [couple_card(visit, couple.id)])
    assert (line.week, line.last_week, line.given, line.of) == (1, 4, 1, 8)
    assert line.due == 3  # what was planned for the first two weeks and was not given
    assert line.started_on == date(2026, 3, 2)


def test_the_database_holds_a_step_to_its_state(world: World) -> None:
    programme_id = begin(world, world.a_couple())
    step = steps_of(world, programme_id)["starting-point"]
    with world.visit() as visit:
        change = sa.update(ProgrammeStep).where(ProgrammeStep.id == step.id)
        with pytest.raises(sa.exc.IntegrityError):
            visit.db.execute(change.values(state=StepState.GIVEN))
        visit.db.rollback()


def test_a_step_that_somebody_would_rather_not_do_says_so(world: World) -> None:
    couple = world.a_couple()
    programme_id = begin(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        edition = newest_edition(visit.db, "starting-point")
        service.give(visit, couple.id, Order(edition.id, (Seat.A,)))
    with world.as_(couple.a, Role.PARTNER) as visit:
        (task,) = own_tasks(visit)
        decline(visit, task.round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        card = queries.programme_card(visit, programme_id)
    step = next(s for s in card.steps if s.edition.key == "starting-point")
    assert [each.key for each in step.reached] == ["declined"]
