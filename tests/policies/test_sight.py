"""The table of sight: who sees how much of an answer and of a pocket, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from portal.policies.sight import (
    is_before,
    is_before_joining,
    may_enter,
    may_take_along,
    sees_check_in_marks,
    sees_hour,
    sees_private,
    sight_of,
    sight_of_check_in,
    sight_of_pocket,
)
from portal.policies.viewer import NOBODY, SYSTEM, Standing, Viewer
from portal.vocabulary import Audience, Pocket, ReflectionState, Role, Seat, Sight
from tests.support.moments import START, after
from tests.support.promises import keep
from tests.support.tables import cases

HERE, ELSEWHERE = uuid4(), uuid4()
WRITER, OTHER, STRANGER = uuid4(), uuid4(), uuid4()

ANSWERS = """
viewer           | draft     | counsellor | after_both, closed | after_both, open | on_release, kept | on_release, given | at_once, sheet | at_once, one writer | private, unsent | private, sent | unknown  | returned | declined
author           | words     | words      | words              | words            | words            | words             | words          | words               | words           | existence     | words    | words    | words
partner          | nothing   | nothing    | nothing            | words            | nothing          | words             | words          | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
later partner    | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
counsellor       | existence | words      | words              | words            | words            | words             | words          | words               | existence       | words         | words    | words    | existence
supervisor       | existence | words      | words              | words            | words            | words             | words          | words               | existence       | words         | words    | words    | existence
other counsellor | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
other partner    | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
owner            | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
nobody           | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
system           | nothing   | nothing    | nothing            | nothing          | nothing          | nothing           | nothing        | nothing             | nothing         | nothing       | nothing  | nothing  | nothing
"""

SHEETS = """
viewer           | shared, written | shared, sent | shared, shut | own, written | own, sent and closed | own, open | own, open but narrow | own box, sent
author           | words           | words        | nothing      | words        | words                | words     | words               | existence
partner          | words           | words        | nothing      | nothing      | nothing              | words     | nothing             | nothing
later partner    | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
counsellor       | existence       | words        | existence    | existence    | words                | words     | words               | words
supervisor       | existence       | words        | existence    | existence    | words                | words     | words               | words
other counsellor | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
other partner    | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
owner            | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
nobody           | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
system           | nothing         | nothing      | nothing      | nothing      | nothing              | nothing   | nothing             | nothing
"""

POCKETS = """
viewer           | a, drafted | a, given | b, given | joint, drafted | joint, given
author           | nothing    | words    | nothing  | nothing        | words
partner          | nothing    | nothing  | words    | nothing        | words
later partner    | nothing    | nothing  | nothing  | nothing        | nothing
counsellor       | words      | words    | words    | words          | words
supervisor       | words      | words    | words    | words          | words
other counsellor | nothing    | nothing  | nothing  | nothing        | nothing
other partner    | nothing    | nothing  | nothing  | nothing        | nothing
owner            | nothing    | nothing  | nothing  | nothing        | nothing
nobody           | nothing    | nothing  | nothing  | nothing        | nothing
system           | nothing    | nothing  | nothing  | nothing        | nothing
"""

CHECK_INS = """
viewer           | own, begun | own, sent | other's, begun | other's, sent
author           | words      | words     | nothing        | nothing
partner          | words      | words     | nothing        | nothing
later partner    | words      | words     | nothing        | nothing
counsellor       | nothing    | words     | nothing        | words
supervisor       | nothing    | words     | nothing        | words
other counsellor | nothing    | nothing   | nothing        | nothing
other partner    | nothing    | nothing   | nothing        | nothing
owner            | nothing    | nothing   | nothing        | nothing
nobody           | nothing    | nothing   | nothing        | nothing
system           | nothing    | nothing   | nothing        | nothing
"""

MARKS = """
viewer           | that a check-in waits, or was seen
author           | nothing
partner          | nothing
later partner    | nothing
counsellor       | existence
supervisor       | existence
other counsellor | nothing
other partner    | nothing
owner            | nothing
nobody           | nothing
system           | nothing
"""

BEFORE = """
whoever             | what was given on that day
has not joined      | not there
joined later        | not there
joined that instant | there
had joined          | there
"""

HOURS = """
viewer           | with both | with a alone | with b alone
author           | existence | existence    | nothing
partner          | existence | nothing      | existence
later partner    | nothing   | nothing      | nothing
counsellor       | existence | existence    | existence
supervisor       | existence | existence    | existence
other counsellor | nothing   | nothing      | nothing
other partner    | nothing   | nothing      | nothing
owner            | nothing   | nothing      | nothing
nobody           | nothing   | nothing      | nothing
system           | nothing   | nothing      | nothing
"""
WITH = {"with both": None, "with a alone": Seat.A, "with b alone": Seat.B}

TABLES = (ANSWERS, SHEETS, POCKETS, CHECK_INS, MARKS, HOURS)

EARLY, LATE = Standing(Seat.A, START), Standing(Seat.B, after(days=30))
VIEWERS = {
    "author": Viewer(Role.PARTNER, WRITER, couples={HERE: EARLY}),
    "partner": Viewer(Role.PARTNER, OTHER, couples={HERE: Standing(Seat.B, START)}),
    "later partner": Viewer(Role.PARTNER, OTHER, couples={HERE: LATE}),
    "counsellor": Viewer(Role.COUNSELLOR, STRANGER, couples={HERE: Standing()}),
    "supervisor": Viewer(Role.SUPERVISOR, STRANGER, couples={HERE: Standing()}),
    "other counsellor": Viewer(Role.COUNSELLOR, STRANGER, couples={ELSEWHERE: Standing()}),
    "other partner": Viewer(Role.PARTNER, STRANGER, couples={ELSEWHERE: EARLY}),
    "owner": Viewer(Role.OWNER, STRANGER),
    "nobody": NOBODY,
    "system": SYSTEM,
}


@dataclass(frozen=True)
class Facts:
    """An answer that was given after the couple began and before anybody joined late."""

    audience: Audience = Audience.COUNSELLOR
    state: ReflectionState = ReflectionState.SUBMITTED
    is_open: bool = False
    write_once: bool = False
    sent: bool = True
    author_id: UUID | None = WRITER
    couple_id: UUID = HERE
    dated_at: datetime = after(days=1)


@dataclass(frozen=True)
class Piece:
    """Something in a pocket."""

    pocket: Pocket
    released: bool
    couple_id: UUID = HERE
    dated_at: datetime = after(days=1)


DRAFT = ReflectionState.DRAFT
COLUMNS = {
    "draft": Facts(Audience.AFTER_BOTH, DRAFT, sent=False),
    "counsellor": Facts(is_open=True),
    "after_both, closed": Facts(Audience.AFTER_BOTH),
    "after_both, open": Facts(Audience.AFTER_BOTH, is_open=True),
    "on_release, kept": Facts(Audience.ON_RELEASE),
    "on_release, given": Facts(Audience.ON_RELEASE, is_open=True),
    "at_once, sheet": Facts(Audience.AT_ONCE, author_id=None),
    "at_once, one writer": Facts(Audience.AT_ONCE),
    "private, unsent": Facts(state=DRAFT, write_once=True, sent=False, is_open=True),
    "private, sent": Facts(write_once=True, is_open=True),
    "unknown": Facts(Audience.of("everybody"), is_open=True),
    "returned": Facts(Audience.AFTER_BOTH, ReflectionState.RETURNED),
    "declined": Facts(state=ReflectionState.DECLINED, sent=False),
}
# A sheet for two: what both write has no author, what each writes alone has one.
ON_A_SHEET = {
    "shared, written": Facts(Audience.AT_ONCE, DRAFT, sent=False, author_id=None),
    "shared, sent": Facts(Audience.AT_ONCE, author_id=None),
    "shared, shut": Facts(Audience.COUNSELLOR, DRAFT, sent=False, author_id=None),
    "own, written": Facts(Audience.AFTER_BOTH, DRAFT, sent=False),
    "own, sent and closed": Facts(Audience.AFTER_BOTH),
    "own, open": Facts(Audience.AFTER_BOTH, is_open=True),
    "own, open but narrow": Facts(Audience.COUNSELLOR, is_open=True),
    "own box, sent": Facts(write_once=True, is_open=True),
}
HELD = {
    "a, drafted": Piece(Pocket.A, released=False),
    "a, given": Piece(Pocket.A, released=True),
    "b, given": Piece(Pocket.B, released=True),
    "joint, drafted": Piece(Pocket.JOINT, released=False),
    "joint, given": Piece(Pocket.JOINT, released=True),
}


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(ANSWERS)))
def test_answers(viewer: str, column: str, cell: str) -> None:
    if viewer == "author" and column == "at_once, sheet":
        cell = "words"
    assert sight_of(VIEWERS[viewer], COLUMNS[column]) is Sight[cell.upper()]


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(SHEETS)))
def test_sheets(viewer: str, column: str, cell: str) -> None:
    assert sight_of(VIEWERS[viewer], ON_A_SHEET[column]) is Sight[cell.upper()]


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(POCKETS)))
def test_pockets(viewer: str, column: str, cell: str) -> None:
    assert sight_of_pocket(VIEWERS[viewer], HELD[column]) is Sight[cell.upper()]


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(CHECK_INS)))
def test_check_ins(viewer: str, column: str, cell: str) -> None:
    me = VIEWERS[viewer].person_id or WRITER
    other = OTHER if me == WRITER else WRITER
    whose, stage = column.split(", ")
    person, sent_at = me if whose == "own" else other, after(days=40) if stage == "sent" else None
    assert sight_of_check_in(VIEWERS[viewer], HERE, person, sent_at) is Sight[cell.upper()]


@pytest.mark.parametrize(("viewer", "_column", "cell"), list(cases(MARKS)))
def test_that_a_check_in_was_seen_exists_for_staff_alone(
    viewer: str, _column: str, cell: str
) -> None:
    assert sees_check_in_marks(VIEWERS[viewer], HERE) is (cell == "existence")


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(HOURS)))
def test_hours_that_are_planned(viewer: str, column: str, cell: str) -> None:
    assert sees_hour(VIEWERS[viewer], HERE, WITH[column], after(days=1)) is (cell == "existence")


@pytest.mark.parametrize("with_seat", [None, *Seat])
def test_what_the_clock_does_for_a_couple_needs_none_of_its_hours(with_seat: Seat | None) -> None:
    clock = Viewer(Role.SYSTEM, couples={HERE: Standing()})
    assert not sees_hour(clock, HERE, with_seat, after(days=1))


def test_who_joined_later_sees_the_hours_after_that() -> None:
    later = VIEWERS["later partner"]
    assert sees_hour(later, HERE, None, after(days=31))
    assert sees_hour(later, HERE, Seat.B, after(days=31))
    assert not sees_hour(later, HERE, Seat.A, after(days=31))


@pytest.mark.parametrize("viewer", list(VIEWERS))
def test_what_is_for_the_counsellor_alone_is_for_staff_with_the_couple(viewer: str) -> None:
    assert sees_private(VIEWERS[viewer], HERE) is (viewer in ("counsellor", "supervisor"))


@pytest.mark.parametrize(("viewer", "column", "cell"), list(cases(ANSWERS)))
def test_only_their_own_words_are_taken_along_and_no_private_box(
    viewer: str, column: str, cell: str
) -> None:
    kept_back = column.startswith("private") or column == "at_once, sheet"
    wanted = viewer == "author" and cell == "words" and not kept_back
    assert may_take_along(VIEWERS[viewer], COLUMNS[column]) is wanted


@pytest.mark.parametrize("viewer", list(VIEWERS))
def test_the_fence(viewer: str) -> None:
    inside = {"author", "partner", "later partner", "counsellor", "supervisor"}
    assert may_enter(VIEWERS[viewer], HERE) is (viewer in inside)


def test_before_joining_nothing_exists_for_a_partner_alone() -> None:
    assert is_before_joining(VIEWERS["later partner"], HERE, after(days=29))
    assert not is_before_joining(VIEWERS["later partner"], HERE, after(days=30))
    assert not is_before_joining(VIEWERS["counsellor"], HERE, after(days=-300))
    unjoined = Viewer(Role.PARTNER, OTHER, couples={HERE: Standing(Seat.B, None)})
    assert is_before_joining(unjoined, HERE, after(days=300))


@pytest.mark.parametrize(("joined", "_column", "cell"), list(cases(BEFORE)))
def test_what_is_there_for_somebody(joined: str, _column: str, cell: str) -> None:
    days = {"has not joined": None, "joined later": 2, "joined that instant": 1, "had joined": 0}
    at = days[joined]
    joined_at = None if at is None else after(days=at)
    assert is_before(joined_at, after(days=1)) is (cell == "not there")


def test_no_viewer_and_no_audience_is_missing_from_the_tables() -> None:
    for table in TABLES:
        assert {row for row, _, _ in cases(table)} == set(VIEWERS)
    assert {viewer.role for viewer in VIEWERS.values()} == set(Role)
    assert {facts.audience for facts in COLUMNS.values()} == set(Audience)
    cells = sum(len([*cases(table)]) for table in TABLES)
    keep("P1", "table", f"{cells} cells of the table of sight")
