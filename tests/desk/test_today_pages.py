"""The counsellor's day, and one couple's page."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.agenda.service import plan
from portal.desk.today.cards import RoundFacts, person_label, round_label
from portal.homework.queries import tasks_of
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import decline, mark_read
from portal.review.queries import reading
from portal.sessions.service import Hour, write_session
from portal.vocabulary import JointWork, ReflectionState, Role, Seat
from tests.homework.looking import Desk, a_desk, issues
from tests.support.moments import START, StandingClock
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

MANY = 4


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


@pytest.fixture
def desk(world: World, app: Flask, clock: StandingClock, couple: CoupleHere) -> Desk:
    return a_desk(world, app, clock, couple.counsellor_id)


class TestToday:
    def test_somebody_new_is_told_how_to_begin(
        self, world: World, app: Flask, clock: StandingClock
    ) -> None:
        new = world.a_counsellor(world.a_practice())
        page = a_desk(world, app, clock, new).open("/desk/today")
        assert "No couples yet" in page.said

    def test_a_quiet_day(self, desk: Desk) -> None:
        page = desk.open("/desk/today")
        assert "No session is planned for today." in page.said
        assert "You are all caught up." in page.said
        assert "No session is planned and no homework is running." in page.said

    def test_a_session_with_its_readiness(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues(""))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, START + timedelta(hours=5))
        page = desk.open("/desk/today")
        assert "14:00" in page.said
        assert "One piece to read." in page.said
        assert "Naming what gets in the way: nothing yet from Ben." in page.said
        assert "Ann sent it" in page.said
        # An hour that has begun stays on the page until the day is over.
        desk.come_back(hours=6)
        assert "14:00" in desk.open("/desk/today").said
        desk.come_back(hours=12)
        assert "14:00" not in desk.open("/desk/today").said

    def test_declining_is_told_to_the_counsellor(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        (round_id,) = world.an_assignment(couple)
        with world.as_(couple.a, Role.PARTNER) as visit:
            decline(visit, round_id)
        assert "Ann would rather not do this one" in desk.open("/desk/today").said

    def test_where_nothing_moves(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        world.an_assignment(couple)
        desk.come_back(days=14)
        page = desk.open("/desk/today")
        assert "nothing has come from Ann and Ben" in page.said

    def test_a_lapse_is_announced(self, desk: Desk) -> None:
        desk.come_back(days=80)
        assert "‘Clear for joint work’ lapses on" in desk.open("/desk/today").said

    def test_the_same_look_ups_however_many_couples(
        self, world: World, app: Flask, desk: Desk, couple: CoupleHere
    ) -> None:
        def fill(pair: CoupleHere) -> None:
            (round_id,) = world.an_assignment(pair)
            world.a_reflection(pair.a, round_id, issues("words"))
            with world.as_(pair.counsellor_id, Role.COUNSELLOR) as visit:
                plan(visit, pair.id, START + timedelta(hours=5))

        fill(couple)
        paths = ("/desk/today", f"/desk/couples/{couple.id}", "/review")
        for path in paths:
            desk.open(path)
        before = [_cost(app, desk, path) for path in paths]
        for number in range(MANY):
            fill(world.a_couple(couple.counsellor_id, names=(f"Eve{number} A", f"Kai{number} B")))
        for _more in range(MANY):
            fill(couple)
        assert [_cost(app, desk, path) for path in paths] == before


def _cost(app: Flask, desk: Desk, path: str) -> int:
    with counted(app) as statements:
        desk.open(path)
    return len(statements)


class TestOneCouple:
    def test_states_are_worked_out_for_each(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        (round_id,) = world.an_assignment(couple)
        page = desk.open(f"/desk/couples/{couple.id}")
        assert page.said.count("Not started") == 2
        world.a_reflection(couple.a, round_id, issues(""))
        page = desk.open(f"/desk/couples/{couple.id}")
        assert "One side in" in page.said
        assert "Ann Example & Ben Sample" in page.said
        assert "Clear for joint work lapses in 90 days" in page.said
        assert "Both seen alone, nothing of concern." in page.said

    def test_sessions_stand_there_with_ways_on(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hour = Hour(START - timedelta(days=7), 60, (Seat.A,), "A first talk.", agreed=("Walk",))
            session_id = write_session(visit, couple.id, hour).id
        page = desk.open(f"/desk/couples/{couple.id}")
        assert "A first talk." in page.said
        assert page.link("Session summary") == f"/reports/{session_id}/compose"
        assert page.link("Write session") == f"/sessions/{couple.id}/new"
        assert page.link("Edit this file") == f"/people/couples/{couple.id}/edit"

    def test_one_who_does_not_take_part_has_nothing(
        self, world: World, app: Flask, clock: StandingClock
    ) -> None:
        solo = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        desk = a_desk(world, app, clock, solo.counsellor_id)
        page = desk.open(f"/desk/couples/{solo.id}")
        assert "Ben does not take part." in page.said
        assert "Assign an exercise" in page.said


class TestLabels:
    def test_a_round_from_beginning_to_end(self, world: World, couple: CoupleHere) -> None:
        (round_id,) = world.an_assignment(couple)
        assert couple.b is not None
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            (task,) = tasks_of(visit, [couple.id])
        today = task.due_on
        assert person_label(task, None, today) == "not_started"
        assert person_label(task, None, today + timedelta(days=1)) == "overdue"
        assert person_label(task, ReflectionState.DRAFT, today) == "started"
        assert person_label(task, ReflectionState.DECLINED, today) == "declined"

        def facts(*states: ReflectionState | None, yes: bool = True) -> RoundFacts:
            return RoundFacts(states, yes, is_open=False, is_clear=True)

        sent, read = ReflectionState.SUBMITTED, ReflectionState.REVIEWED
        assert round_label(task, facts(None, None)) == ""
        assert round_label(task, facts(sent, None)) == "one_side_in"
        assert round_label(task, facts(sent, sent)) == "held"
        assert round_label(task, facts(read, read)) == "ready_to_open"
        assert round_label(task, facts(read, read, yes=False)) == "both_in"

    def test_open(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        (round_id,) = world.an_assignment(couple)
        assert couple.b is not None
        world.a_reflection(couple.a, round_id, issues(""))
        world.a_reflection(couple.b, round_id, issues(""))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in reading(visit, round_id).parts:
                mark_read(visit, part.id)
        assert "Ready to open" in desk.open(f"/desk/couples/{couple.id}").said
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            open_round(visit, round_id)
        assert "Open to both" in desk.open(f"/desk/couples/{couple.id}").said
