"""Check-ins and figures on each paper: whole on the counsellor's, totals and own words on one's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest

from portal.exercises.form.values import Row, Value
from portal.measures import service as measures
from portal.reflections.drafts.queries import draft
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.paper import Summary, passages
from portal.reports.printer import Printer
from portal.reports.reading_back import EditionRefused, check_edition
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.reflections.weekly import small_steps
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.filled import Filler
from tests.support.world import CoupleHere, World

SAFETY = "Safety"


@dataclass
class Weeks:
    """Two weeks of check-ins with a comment and a private word of each, and one figure."""

    couple: CoupleHere
    session_id: UUID
    comments: dict[str, str]
    private: tuple[str, ...]


@pytest.fixture
def weeks(world: World) -> Weeks:
    couple = world.a_couple()
    assert couple.b is not None
    switch_on(world, couple)
    (round_id,) = world.an_assignment(couple)
    comments = {seat: f"what {seat} added to the week {world.marker()}" for seat in "ab"}
    private = tuple(f"for the counsellor alone {world.marker()}" for _ in "ab")
    world.a_reflection(
        couple.a,
        round_id,
        {
            "areas": (Row("talking", None, {"hard": 6, "since": "years", "work_on": True}),),
            "start_with": "talking in the evening",
            "underneath": "being heard",
        },
    )
    for value in (6, 8):
        for person, seat, kept in ((couple.a, "a", private[0]), (couple.b, "b", private[1])):
            said = {"comment": comments[seat], "private_note": kept} if value == 8 else {}
            a_check_in(world, person, typed(value, wellbeing="3", safety="1", **said))
        world.now += timedelta(days=7)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=60, attended=(Seat.A, Seat.B))
        session_id = write_session(visit, couple.id, hour).id
    world.now += timedelta(hours=2)
    return Weeks(couple, session_id, comments, private)


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


def summary_for(world: World, weeks: Weeks, key: str) -> Summary:
    with world.as_(weeks.couple.counsellor_id, Role.COUNSELLOR) as visit:
        return service.preview(visit, weeks.session_id, key)


def test_the_counsellors_paper_holds_check_ins_whole_and_reads_back(
    world: World, weeks: Weeks, printer: Printer
) -> None:
    with world.as_(weeks.couple.counsellor_id, Role.COUNSELLOR) as visit:
        document_id = service.order(visit, weeks.session_id, "clinical").id
    with world.as_(weeks.couple.counsellor_id, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, document_id)
        paper = service.press(ready, draw, printer.print)
    summary = ready.summary
    assert [[row.cells for row in one.rows] for one in summary.check_in_whole] == [
        [("60",) * 5, ("80",) * 5]
    ] * 2
    assert {cell for one in summary.check_in_whole for r in one.wellbeing for cell in r.cells} == {
        "30"
    }
    said = {note.text for one in summary.check_in_whole for note in one.comments}
    assert said == set(weeks.comments.values())
    assert set(weeks.private) <= set(ready.protected)
    assert summary.figures
    assert all(row.cells for one in summary.figures for row in one.rows)
    allowed = {*passages(summary)}
    assert said | {one.label for one in summary.figures} <= allowed
    assert not any(word in passage for passage in allowed for word in weeks.private)
    assert SAFETY not in draw(summary)
    with pytest.raises(EditionRefused):
        check_edition(paper.content, (), [weeks.comments["a"]])


@pytest.mark.parametrize("reader", ["a", "b", "couple"])
def test_the_other_papers_hold_totals_and_nobody_elses_comments(
    world: World, weeks: Weeks, reader: str
) -> None:
    assert weeks.couple.b is not None
    people = {"a": weeks.couple.a, "b": weeks.couple.b}
    key = str(people.get(reader, reader))
    with world.as_(weeks.couple.counsellor_id, Role.COUNSELLOR) as visit:
        document_id = service.order(visit, weeks.session_id, key).id
    with world.as_(weeks.couple.counsellor_id, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, document_id)
    held = ready.summary
    whole = held.check_in_whole
    assert {note.text for one in whole for note in one.comments} == (
        set() if reader == "couple" else {weeks.comments[reader]}
    )
    assert all((one.wellbeing, one.lines) == ((), ()) for one in whole)
    assert [[row.cells for row in one.rows] for one in whole] == (
        [] if reader == "couple" else [[("60",) * 5, ("80",) * 5]]
    )
    assert held.figures == ()
    assert [row.cells for row in held.check_in] == (
        [] if reader == "couple" else [("60",), ("80",)]
    )
    page = draw(held)
    assert not any(word in page for word in weeks.private)
    for seat, comment in weeks.comments.items():
        assert (comment in page) is (seat == reader)
        assert (comment in ready.protected) is (seat != reader)


def test_with_both_their_yes_the_paper_for_both_holds_totals_and_their_parts_and_nothing_more(
    world: World, weeks: Weeks
) -> None:
    assert weeks.couple.b is not None
    world.now -= timedelta(hours=3)
    for person in (weeks.couple.a, weeks.couple.b):
        with world.as_(person, Role.PARTNER) as visit:
            measures.say(visit, yes=True)
    world.now += timedelta(hours=3)
    summary = summary_for(world, weeks, "couple")
    assert [row.cells for row in summary.check_in] == [("60", "60"), ("80", "80")]
    assert [one.name for one in summary.check_in_whole] == ["Ann", "Ben"]
    for one in summary.check_in_whole:
        assert [row.cells for row in one.rows] == [("60",) * 5, ("80",) * 5]
        assert (one.wellbeing, one.comments, one.lines) == ((), (), ())
    assert summary.figures == ()


def test_the_counsellors_paper_shows_what_led_up_to_the_new_numbers_as_earlier(
    world: World, weeks: Weeks
) -> None:
    couple = weeks.couple
    world.now += timedelta(days=1)
    nothing_new = _hour(world, couple)
    assert summary_for(world, replace(weeks, session_id=nothing_new), "clinical").check_in == ()
    world.now += timedelta(days=6)
    a_check_in(world, couple.a, typed(7, wellbeing="3", safety="1"))
    (round_id,) = world.an_assignment(couple)
    row = Row("talking", None, {"hard": 4, "since": "years", "work_on": True})
    said: dict[str, Value] = {"areas": (row,), "start_with": "evenings", "underneath": "being seen"}
    world.a_reflection(couple.a, round_id, said)
    later = replace(weeks, session_id=_hour(world, couple))
    whole = summary_for(world, later, "clinical")
    assert [(row.cells, row.is_earlier) for row in whole.check_in] == [
        (("60", "60"), True),
        (("80", "80"), True),
        (("", ""), True),
        (("70", ""), False),
    ]
    assert len(whole.figures) == 2
    for figure in whole.figures:
        assert [row.is_earlier for row in figure.rows] == [True, False]
        assert figure.chart
        assert list(figure.chart.days) == [row.label for row in figure.rows]
    assert draw(whole).count(", earlier</th>") == 5
    own = summary_for(world, later, str(couple.a))
    assert [(row.cells, row.is_earlier) for row in own.check_in] == [(("70",), False)]


def test_a_week_that_was_skipped_is_a_gap_that_the_table_names(world: World) -> None:
    couple = world.a_couple()
    switch_on(world, couple)
    a_check_in(world, couple.a, typed(6))
    _hour(world, couple)
    small_steps(world, couple, [5, None, 7])
    a_check_in(world, couple.a, typed(8))
    world.now += timedelta(days=14)
    a_check_in(world, couple.a, typed(7))
    hour = _hour(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        held = service.preview(visit, hour, "clinical")
    (steps,) = [one for one in held.figures if one.chart and "progress" in one.label.lower()]
    assert steps.chart is not None
    assert steps.chart.series[0].values == (5, None, 7)
    assert [(row.cells, row.is_earlier) for row in steps.rows] == [
        (("5",), False),
        (("",), False),
        (("7",), False),
    ]
    assert held.chart is not None
    assert held.chart.series[0].values == (60, None, None, 80, None, 70)
    assert [(row.cells[0], row.is_earlier) for row in held.check_in] == [
        ("60", True),
        ("", True),
        ("", True),
        ("80", False),
        ("", False),
        ("70", False),
    ]
    assert draw(held).count("<td>no answer</td>") >= 4


def test_what_led_up_to_the_new_numbers_has_its_gaps_as_earlier(world: World) -> None:
    couple = world.a_couple()
    rounds = small_steps(world, couple, [5, None, 6])
    assert len(rounds) == 4
    _hour(world, couple)
    with world.as_(couple.a, Role.PARTNER) as visit:
        fields = draft(visit, rounds[3]).fields
    filled = Filler(world.now.date()).least(fields)
    world.a_reflection(couple.a, rounds[3], {**filled, "progress": 8})
    hour = _hour(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        held = service.preview(visit, hour, "clinical")
    (steps,) = [one for one in held.figures if "progress" in one.label.lower()]
    assert [(row.cells, row.is_earlier) for row in steps.rows] == [
        (("5",), True),
        (("",), True),
        (("6",), True),
        (("8",), False),
    ]


def _hour(world: World, couple: CoupleHere) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=60, attended=(Seat.A, Seat.B))
        session_id = write_session(visit, couple.id, hour).id
    world.now += timedelta(hours=2)
    return session_id


def test_what_each_was_given_singly_for_one_day_is_one_row_and_earlier_only_where_both_are(
    world: World,
) -> None:
    couple = world.a_couple()
    sessions = []
    for leaning in (8, 4):
        for seat, person in ((Seat.A, couple.a), (Seat.B, couple.b)):
            assert person is not None
            (round_id,) = world.an_assignment(couple, "starting-point", to=(seat,))
            hopes = (Row("one", None, {"hope": "we laugh again"}),)
            said: dict[str, Value] = {"living": "together", "story": "It wore thin."}
            world.a_reflection(person, round_id, {**said, "leaning": leaning, "hopes": hopes})
        world.now += timedelta(days=7)
        sessions.append(_hour(world, couple))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (figure,) = service.preview(visit, sessions[-1], "clinical").figures
    assert [(row.cells, row.is_earlier) for row in figure.rows] == [
        (("8", "8"), True),
        (("4", "4"), False),
    ]
