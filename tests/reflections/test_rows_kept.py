"""Rows are never lost, doubled or moved, whatever is added, removed, changed or hidden."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.exercises.form.answers import from_rows, rows_of
from portal.exercises.form.cards import BoxCard
from portal.exercises.form.checking import check_for_sending, for_sending
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import DailyEntryField
from portal.exercises.form.naming import add_button, remove_button
from portal.exercises.form.questions import question_card
from portal.exercises.form.reading import Reading, read_form
from portal.exercises.form.values import (
    Row,
    Value,
    in_order,
    is_permanent,
    most_added,
    rows_in,
)
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import give_back, send
from portal.vocabulary import Role, Seat
from tests.exercises.form.material import ENDS, context_of, field_of, setting_of
from tests.exercises.form.strategies import answer_of, own_ids, row_of
from tests.reflections.printed_rows import laid_out, wanted
from tests.support.world import CoupleHere, World

OPTIONS = [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}]
COLUMNS = [
    {"key": "words", "label": "Words", "required": False, "type": "long_text"},
    {"key": "line", "label": "Line", "required": True, "type": "short_text"},
    {"key": "much", "label": "Much", "required": False, "type": "scale", "scale": ENDS},
    {
        "key": "which",
        "label": "Which",
        "required": False,
        "type": "single_choice",
        "options": OPTIONS,
    },
    {"key": "some", "label": "Some", "required": False, "type": "multi_choice", "options": OPTIONS},
    {"key": "done", "label": "Done", "required": False, "type": "checkbox"},
    {"key": "cost", "label": "Cost", "required": False, "type": "money"},
]
FIXED = [{"key": "first", "label": "First"}, {"key": "second", "label": "Second"}]
ROWS = {"min": 0, "max": 9, "add_label": "+"}
SHOWN = {"show_if": {"field": "asks", "op": "eq", "value": "one"}}
TABLES: Mapping[str, Field] = {
    "added": field_of(type="table", columns=COLUMNS, rows={**ROWS, "min": 1}, **SHOWN),
    "named": field_of(type="table", columns=COLUMNS, rows={"fixed": FIXED}, **SHOWN),
    "both": field_of(type="table", columns=COLUMNS, rows={**ROWS, "fixed": FIXED}, **SHOWN),
    "diary": field_of(type="daily_entry", columns=COLUMNS, per_day="one", **SHOWN),
    "many a day": field_of(type="daily_entry", columns=COLUMNS, per_day="many", **SHOWN),
}
ASKS = field_of(key="asks", type="single_choice", options=OPTIONS)
CALM = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
LONG = settings(CALM, max_examples=2000)


def as_sent(field: Field, rows: Sequence[Row], press: str = "") -> dict[str, list[str]]:
    """What a browser sends of the drawn rows, box by box, and the button that was pressed."""
    card = question_card(field, Reading(values={field.key: tuple(rows)}), setting_of())
    raw: dict[str, list[str]] = {"counter.it": ["0"], card.rows_name: [r.row_id for r in card.rows]}
    for row in card.rows:
        for box in (*row.own, *row.cells):
            raw[box.name] = _sent_by(box)
    return {**raw, press: ["1"]} if press else raw


def _sent_by(box: BoxCard) -> list[str]:
    if box.choices:
        return [choice.value for choice in box.choices if choice.chosen]
    return [box.text.replace("\n", "\r\n")] if box.text else [""]


def acted(data: st.DataObject, field: Field, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """One thing that a person does to the rows, done through a form; what should stand there then."""
    deed = data.draw(st.sampled_from(["add", "remove", "change", "save"]))
    added = [row for row in rows if not is_permanent(field, row.row_id)]  # type: ignore[arg-type]
    if deed == "add" and most_added(field) > len(added):  # type: ignore[arg-type]
        found = read_form([field], as_sent(field, rows, add_button("it")), CONTEXT)
        now = rows_in(found.values.get("it"))
        (new,) = [row for row in now if row.row_id not in {r.row_id for r in rows}]
        assert new.is_empty
        assert now == (*rows, new)  # a new row stands last, whatever its id
        return now
    if deed == "remove" and added:
        gone = data.draw(st.sampled_from(added))
        found = read_form([field], as_sent(field, rows, remove_button("it", gone.row_id)), CONTEXT)
        assert rows_in(found.values.get("it")) == tuple(row for row in rows if row is not gone)
    elif deed == "change" and rows:
        old = data.draw(st.sampled_from(rows))
        new = data.draw(row_of(field, old.row_id, full=True))  # type: ignore[arg-type]
        changed = tuple(new if row is old else row for row in rows)
        found = read_form([field], as_sent(field, changed), CONTEXT)
        assert rows_in(found.values.get("it")) == changed
    else:
        found = read_form([field], as_sent(field, rows), CONTEXT)
        assert rows_in(found.values.get("it")) == rows
    assert found.present == {"it"}
    return rows_in(found.values.get("it"))


CONTEXT = context_of()


def lives_on(data: st.DataObject, field: Field) -> None:
    """Some deeds one after the other, kept row by row in any order, hidden and shown, sent and printed."""
    start = rows_in(data.draw(answer_of(field)))
    rows = rows_in(read_form([field], as_sent(field, start), CONTEXT).values.get("it"))
    assert rows == start
    for _deed in range(data.draw(st.integers(1, 3))):
        rows = acted(data, field, rows)
        kept = data.draw(st.permutations(rows_of(field, rows)))  # type: ignore[arg-type]
        assert from_rows(field, kept) == rows  # type: ignore[arg-type]
    values: dict[str, Value] = {"it": rows, "asks": "one"} if rows else {"asks": "one"}
    written = tuple(row for row in rows if not row.is_empty)
    sent = rows_in(for_sending([ASKS, field], values, {}).get("it"))
    assert sent == written
    assert laid_out(field, sent) == wanted(field, written)
    assert "it" not in for_sending([ASKS, field], {**values, "asks": "two"}, {})


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
@CALM
def test_rows_are_neither_lost_nor_doubled_nor_moved(name: str, data: st.DataObject) -> None:
    lives_on(data, TABLES[name])


@pytest.mark.long
@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
@LONG
def test_nor_in_ten_thousand_lives(name: str, data: st.DataObject) -> None:
    lives_on(data, TABLES[name])


@st.composite
def whole_rows(draw: st.DrawFn, field: Field) -> tuple[Row, ...]:
    """Rows with something in every box, so that the work can be sent."""
    days = own_ids(field)[:7]  # type: ignore[arg-type]
    ids = (
        days
        if isinstance(field, DailyEntryField) and field.per_day == "one"
        else ["z1", "z2", "z3"]
    )
    chosen = draw(st.lists(st.sampled_from(ids or ["z1"]), min_size=1, unique=True))
    made = tuple(draw(row_of(field, row_id, full=True)) for row_id in chosen)  # type: ignore[arg-type]
    return in_order(field, made)  # type: ignore[arg-type]


@pytest.mark.parametrize("exercise", ["gratitude-journal", "spending-diary", "small-steps"])
def test_through_the_portal_and_back(world: World, couple: CoupleHere, exercise: str) -> None:
    """Written, saved, read again, sent, returned, read again: identical; some dozens of times."""

    @given(data=st.data())
    @settings(CALM, max_examples=8)
    def lives(data: st.DataObject) -> None:
        (round_id,) = world.an_assignment(couple, exercise, to=(Seat.A,))
        world.now, before = world.now.replace(day=14), world.now
        _written_and_returned(world, couple, round_id, data)
        world.now = before

    lives()


def _written_and_returned(
    world: World, couple: CoupleHere, round_id: UUID, data: st.DataObject
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        asked = [f for f in card.fields if f.type != "info" and not getattr(f, "write_once", False)]
        values = {
            f.key: data.draw(whole_rows(f) if f.type in ("table", "daily_entry") else answer_of(f))
            for f in asked
        }
        save(visit, round_id, Reading(values, present=frozenset(values), counters=card.counters))
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        assert card.reading.values == values
        rules = card.task.edition.content.exercise.safety.rules
        if check_for_sending(card.fields, values, card.context, rules, visit.now.date()):
            return
        sent = for_sending(card.fields, values, card.context)
        reflection_id = send(visit, round_id, Said()).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, reflection_id, "Please look once more.")
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert draft(visit, round_id).reading.values == sent
