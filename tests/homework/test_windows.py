"""Which day a round takes work on: the truth table, and ten changes of the clock in five zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.exercises.queries import newest_edition
from portal.homework.cards import TaskCard
from portal.homework.queries import task
from portal.homework.windows import Phase, Window, day_in, day_number, windows_of
from portal.people.models import Person
from portal.reflections.pieces.queries import own_pieces
from portal.vocabulary import AssignmentState, Cadence, Mode, Role
from tests.homework.seasons import ZONES, Rule
from tests.support.moments import START
from tests.support.tables import cases
from tests.support.world import World

GIVEN = date(2026, 3, 2)
# What can be done with the second of three weeks, and with a piece without weeks, on each day.
DAYS = """
window, on       | open    | scheduled | closed  | withdrawn
week, day before | nothing | nothing   | nothing | nothing
week, first day  | write   | nothing   | nothing | nothing
week, last day   | write   | nothing   | nothing | nothing
week, day after  | write   | nothing   | nothing | nothing
week, last late  | write   | nothing   | nothing | nothing
week, too late   | nothing | nothing   | nothing | nothing
once, day before | write   | nothing   | nothing | nothing
once, first day  | write   | nothing   | nothing | nothing
once, last day   | write   | nothing   | nothing | nothing
once, day after  | write   | nothing   | nothing | nothing
once, a year on  | write   | nothing   | nothing | nothing
diary, first day | write   | nothing   | nothing | nothing
diary, last day  | write   | nothing   | nothing | nothing
diary, a year on | write   | nothing   | nothing | nothing
"""
WEEK_DAYS = {
    "day before": 6,
    "first day": 7,
    "last day": 13,
    "day after": 14,
    "last late": 20,
    "too late": 21,
}
OTHER_DAYS = {"day before": -1, "first day": 0, "last day": 7, "day after": 8, "a year on": 365}
PHASES = """
day    | phase
day 1 | to_come
day 7 | to_come
day 8 | now
day 14 | now
day 15 | late
day 21 | late
day 22 | over
"""


def window_named(name: str) -> Window:
    found = {
        "week": windows_of(Cadence.WEEKLY, 3, GIVEN, None)[1],
        "once": windows_of(Cadence.ONCE, 1, GIVEN, GIVEN + timedelta(days=7))[0],
        "diary": windows_of(Cadence.DAILY, 8, GIVEN, None)[0],
    }
    return found[name]


@pytest.fixture(scope="module")
def plain_task() -> TaskCard:
    window = window_named("once")
    return TaskCard(
        round_id=uuid4(),
        assignment_id=uuid4(),
        couple_id=uuid4(),
        edition=None,  # type: ignore[arg-type]  # days alone decide here
        mode=Mode.INDIVIDUAL,
        cadence=Cadence.ONCE,
        solo=False,
        hold_mark="",
        number=1,
        of=1,
        first_on=window.first_on,
        due_on=window.due_on,
        last_on=None,
        assigned_at=START,
        state=AssignmentState.OPEN,
        ended_at=None,
        personal_line="",
        recipients=(),
    )


@pytest.mark.parametrize(("row", "state", "cell"), list(cases(DAYS)))
def test_what_can_be_done_on_each_day(
    plain_task: TaskCard, row: str, state: str, cell: str
) -> None:
    name, on = (part.strip() for part in row.split(","))
    window = window_named(name)
    today = GIVEN + timedelta(days=(WEEK_DAYS if name == "week" else OTHER_DAYS)[on])
    task = replace(
        plain_task,
        number=window.number,
        first_on=window.first_on,
        due_on=window.due_on,
        last_on=window.last_on,
        state=AssignmentState(state),
    )
    assert task.takes_work(today) is (cell == "write")


def test_the_table_names_every_state() -> None:
    assert {state for _, state, _ in cases(DAYS)} == {each.value for each in AssignmentState}


@pytest.mark.parametrize(("row", "_", "cell"), list(cases(PHASES)))
def test_where_a_day_lies_in_the_second_week(row: str, _: str, cell: str) -> None:
    today = GIVEN + timedelta(days=int(row.removeprefix("day ")) - 1)
    assert window_named("week").phase(today) is Phase(cell)


class TestRounds:
    def test_weeks_count_from_the_assigned_day_and_overlap_by_one(self) -> None:
        first, second, third = windows_of(Cadence.WEEKLY, 3, GIVEN, date(2027, 1, 1))
        assert (first.first_on, first.due_on, first.last_on) == (
            GIVEN,
            date(2026, 3, 8),
            date(2026, 3, 15),
        )
        assert second.first_on == date(2026, 3, 9)
        assert third.due_on == GIVEN + timedelta(days=20)

    @pytest.mark.parametrize(
        ("asked", "due"),
        [
            (None, date(2026, 3, 15)),
            (date(2026, 3, 9), date(2026, 3, 15)),
            (date(2026, 3, 20), date(2026, 3, 20)),
        ],
    )
    def test_a_diary_is_due_on_its_last_day_at_the_earliest(
        self, asked: date | None, due: date
    ) -> None:
        (only,) = windows_of(Cadence.DAILY, 14, GIVEN, asked)
        assert (only.due_on, only.last_on) == (due, None)

    @given(weeks=st.integers(1, 60), day=st.integers(-30, 500))
    @settings(max_examples=200, deadline=None, derandomize=True)
    def test_every_day_until_the_end_of_the_run_has_one_week_that_is_now(
        self, weeks: int, day: int
    ) -> None:
        today = GIVEN + timedelta(days=day)
        rounds = windows_of(Cadence.WEEKLY, weeks, GIVEN, None)
        phases = [each.phase(today) for each in rounds]
        assert phases.count(Phase.NOW) == (day < 7 * weeks)
        assert phases.count(Phase.LATE) == (7 <= day < 7 * weeks + 7)


def wrong_windows(zone: str, rule: Rule, *, step: int) -> list[str]:
    """Every hour of the weeks round ten changes of the clock, held against what was written by hand."""
    wrong = []
    for change in rule.changes():
        given_at = change - timedelta(days=9, hours=3)
        first = rule.day(given_at)
        weekly = windows_of(Cadence.WEEKLY, 2, day_in(given_at, zone), None)
        diary = windows_of(Cadence.DAILY, 14, day_in(given_at, zone), None)[0]
        for hour in range(0, 24 * 32, step):
            at = given_at + timedelta(hours=hour)
            here, gone = day_in(at, zone), (rule.day(at) - first).days
            expected = [
                _phase(gone, 0, 6, 13),
                _phase(gone, 7, 13, 20),
                _phase(gone, 0, 13, None),
                str(gone + 1),
            ]
            found = [each.phase(here).value for each in (*weekly, diary)]
            found.append(str(day_number(diary.first_on, here)))
            if found != expected:
                wrong.append(f"{zone} {at}: {found} and not {expected}")
    return wrong


def _phase(gone: int, first: int, due: int, last: int | None) -> str:
    if gone < first:
        return "to_come"
    if gone <= due:
        return "now"
    return "late" if last is None or gone <= last else "over"


@pytest.mark.parametrize("zone", ZONES)
def test_no_change_of_the_clock_moves_a_window(zone: str) -> None:
    assert wrong_windows(zone, ZONES[zone], step=1) == []


def test_a_wrong_zone_would_be_noticed() -> None:
    assert wrong_windows("Europe/Dublin", ZONES["Europe/Warsaw"], step=7)


def test_the_hand_written_changes_are_ten_for_each_zone() -> None:
    assert {len(set(rule.changes())) for rule in ZONES.values()} == {10}


def test_the_catalogues_cadences_are_all_known(world: World) -> None:
    with world.visit() as visit:
        keys = ("name-the-issues", "self-care", "small-steps")
        found = [newest_edition(visit.db, key).cadence for key in keys]
    assert found == [Cadence.ONCE, Cadence.DAILY, Cadence.WEEKLY]


def test_the_days_of_paired_work_do_not_tell_where_either_is(world: World) -> None:
    found = set()
    for a_is, b_is in (("", ""), ("America/Los_Angeles", ""), ("", "Pacific/Auckland")):
        world.now = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
        couple = world.a_couple()
        assert couple.b
        with world.visit() as visit:
            visit.db.get_one(Person, couple.a).time_zone = a_is
            visit.db.get_one(Person, couple.b).time_zone = b_is
        for exercise in ("two-histories", "trust-log"):
            round_id = world.an_assignment(couple, exercise)[0]
            for who in (couple.a, couple.b):
                with world.as_(who, Role.PARTNER) as visit:
                    card = task(visit, round_id)
                    found.add((exercise, card.first_on, card.due_on))
                    # Whoever lives a day behind writes at once all the same.
                    (mine,) = [p for p in own_pieces(visit) if p.round_id == round_id]
                    assert mine.is_to_do
    assert len(found) == 2
