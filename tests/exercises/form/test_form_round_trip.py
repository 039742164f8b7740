"""What is typed, read, kept and drawn again is the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.exercises.form.answers import from_json, from_rows, rows_of, to_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.questions import Readers
from portal.exercises.form.reading import read_form
from portal.exercises.form.values import rows_in
from tests.exercises.form.material import ENDS, context_of, drawn, field_of, posted, standing
from tests.exercises.form.strategies import answer_of

OPTIONS = [
    {"value": "one", "label": "One"},
    {"value": "two", "label": "Two"},
    {"value": "none", "label": "3"},
]
COLUMNS: list[dict[str, Any]] = [
    {"type": "short_text"},
    {"type": "long_text"},
    {"type": "scale", "scale": ENDS},
    {"type": "number"},
    {"type": "single_choice", "options": OPTIONS},
    {"type": "multi_choice", "options": OPTIONS},
    {"type": "checkbox"},
    {"type": "date"},
    {"type": "money"},
    {"type": "person"},
]
ALL_COLUMNS = [
    {"key": f"c{number}", "label": f"Column {number}", "required": number % 2 == 0, **column}
    for number, column in enumerate(COLUMNS)
]
FIXED = [{"key": "first", "label": "First"}, {"key": "second", "label": "Second"}]
FIELDS: dict[str, Field] = {
    "short text": field_of(type="short_text"),
    "long text": field_of(type="long_text", max_words=5),
    "scale": field_of(type="scale", scale=ENDS),
    "required scale": field_of(type="scale", scale=ENDS, required=True),
    "number": field_of(type="number", unit="hours"),
    "single choice": field_of(type="single_choice", options=OPTIONS),
    "multi choice": field_of(type="multi_choice", options=OPTIONS, max_choices=2),
    "checklist": field_of(type="checklist", options=OPTIONS),
    "date": field_of(type="date"),
    "money": field_of(type="money"),
    "person": field_of(type="person", required=True),
    "named rows": field_of(type="table", columns=ALL_COLUMNS, rows={"fixed": FIXED}),
    "named and added rows": field_of(
        type="table",
        columns=ALL_COLUMNS,
        rows={"fixed": FIXED, "min": 0, "max": 3, "add_label": "+"},
    ),
    "added rows": field_of(
        type="table", columns=ALL_COLUMNS, rows={"min": 2, "max": 6, "add_label": "+"}
    ),
    "a diary": field_of(type="daily_entry", columns=ALL_COLUMNS, per_day="one"),
    "a diary of many": field_of(type="daily_entry", columns=ALL_COLUMNS, per_day="many"),
}
CALM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
HEAVY = settings(CALM, max_examples=10)
SMALL = {
    name: field
    for name, field in FIELDS.items()
    if not isinstance(field, TableField | DailyEntryField)
}
LARGE = {name: field for name, field in FIELDS.items() if name not in SMALL}


def goes_round(field: Field, value: Any) -> None:
    values = {field.key: value}
    page = drawn(
        [field], standing(values), readers=Readers("after_both", ("counsellor", "after_both"))
    )
    reading = read_form([field], posted(page), context_of())
    assert reading.values == values
    assert reading.present == {field.key}
    assert reading.audiences == {field.key: "after_both"}
    assert not reading.typed
    again = drawn([field], reading, readers=Readers("after_both", ("counsellor", "after_both")))
    assert posted(again) == posted(page)


@pytest.mark.parametrize("name", SMALL)
@given(data=st.data())
@CALM
def test_what_is_drawn_is_read_back(name: str, data: st.DataObject) -> None:
    goes_round(FIELDS[name], data.draw(answer_of(FIELDS[name])))


@pytest.mark.parametrize("name", LARGE)
@given(data=st.data())
@HEAVY
def test_the_rows_that_are_drawn_are_read_back(name: str, data: st.DataObject) -> None:
    goes_round(FIELDS[name], data.draw(answer_of(FIELDS[name])))


@pytest.mark.parametrize("name", FIELDS)
def test_an_empty_form_says_nothing(name: str) -> None:
    field = FIELDS[name]
    reading = read_form([field], posted(drawn([field], standing({}))), context_of())
    assert reading.values == {}
    assert reading.problems == ()
    assert reading.present == {field.key}


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
@CALM
def test_what_is_kept_comes_back_the_same(name: str, data: st.DataObject) -> None:
    field = FIELDS[name]
    value = data.draw(answer_of(field))
    text = to_json(field, value)
    assert from_json(field, text) == value
    assert to_json(field, from_json(field, text)) == text
    if isinstance(field, TableField | DailyEntryField):
        kept = rows_of(field, value)
        assert [row_id for row_id, _ in kept] == [row.row_id for row in rows_in(value)]
        assert from_rows(field, data.draw(st.permutations(kept))) == value
