"""What stands in the way of sending, and never in the way of keeping."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.exercises.form.checking import check_for_sending, for_sending
from portal.exercises.form.definition import Field
from portal.exercises.form.messages import MESSAGES
from portal.exercises.form.questions import problem_lines, question_cards
from portal.exercises.form.reading import Reading, read_form
from portal.exercises.form.rules import Rule
from portal.exercises.form.values import Row, Value
from portal.exercises.form.wording import asked
from tests.exercises.form.material import (
    ENDS,
    EXERCISES,
    context_of,
    drawn,
    edition,
    field_of,
    posted,
    setting_of,
    standing,
)

TODAY = date(2026, 3, 13)
OPTIONS = [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}]
COLUMNS = [
    {"key": "what", "label": "What", "type": "short_text", "required": True},
    {"key": "note", "label": "Note", "type": "short_text", "required": False},
]
FIXED = [{"key": "meals", "label": "Meals"}, {"key": "pets", "label": "Pets"}]
FREE = [{**COLUMNS[0], "required": False}, COLUMNS[1]]


def found(
    fields: list[Field], values: dict[str, Value], rules: tuple[Rule, ...] = ()
) -> list[tuple[str | None, ...]]:
    problems = check_for_sending(fields, values, {}, rules, TODAY)
    return [(each.field_key, each.row_id, each.column, each.message_id) for each in problems]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"type": "short_text"}, "required"),
        ({"type": "long_text"}, "required"),
        ({"type": "money"}, "required"),
        ({"type": "date"}, "required"),
        ({"type": "number"}, "required"),
        ({"type": "scale", "scale": ENDS}, "choose"),
        ({"type": "single_choice", "options": OPTIONS}, "choose"),
        ({"type": "person"}, "choose"),
        ({"type": "multi_choice", "options": OPTIONS}, "tick"),
        ({"type": "checklist", "options": OPTIONS}, "tick"),
        ({"type": "table", "columns": COLUMNS, "rows": {"min": 1, "max": 2}}, "rows_required"),
        ({"type": "daily_entry", "columns": COLUMNS, "per_day": "one"}, "rows_required"),
    ],
)
def test_a_required_answer_is_asked_for(keys: dict[str, Any], message: str) -> None:
    assert found([field_of(**keys, required=True)], {}) == [("it", None, None, message)]
    assert found([field_of(**keys)], {}) == []


def test_a_scale_of_nought_is_an_answer() -> None:
    assert found([field_of(type="scale", scale=ENDS, required=True)], {"it": 0}) == []


def test_a_hidden_question_is_neither_asked_for_nor_sent() -> None:
    how = field_of(key="how", type="single_choice", options=OPTIONS)
    why = field_of(
        key="why",
        type="long_text",
        required=True,
        show_if={"field": "how", "op": "eq", "value": "two"},
    )
    assert found([how, why], {"how": "one"}) == []
    assert found([how, why], {"how": "two"}) == [("why", None, None, "required")]
    both: dict[str, Value] = {"how": "one", "why": "written before"}
    assert for_sending([how, why], both, {}) == {"how": "one"}
    assert for_sending([how, why], {**both, "how": "two"}, {}) == {
        "how": "two",
        "why": "written before",
    }


def test_there_may_be_too_many_ticks_and_too_much_text() -> None:
    some = field_of(type="multi_choice", options=OPTIONS, max_choices=1)
    assert found([some], {"it": ("one", "two")}) == [("it", None, None, "too_many_chosen")]
    assert found([field_of(type="short_text")], {"it": "a" * 201})[0][3] == "line_too_long"
    assert found([field_of(type="long_text")], {"it": "a" * 20_001})[0][3] == "text_too_long"
    assert found([field_of(type="number", min=0)], {"it": Decimal(-1)})[0][3] == "number_too_low"


def test_many_words_are_never_a_reason_to_refuse() -> None:
    letter = field_of(type="long_text", max_words=3)
    assert found([letter], {"it": "one two three four five"}) == []
    page = drawn([letter], standing({"it": "one two three four five"}))
    assert "This has 5 words. About 3 are enough" in page.get_text()


def test_rows_that_were_begun_are_finished_and_empty_ones_passed_over() -> None:
    table = field_of(type="table", columns=COLUMNS, rows={"min": 2, "max": 3}, required=True)
    rows = (Row("start-1", None, {"note": "x"}), Row("x1"), Row("x2", None, {"what": "y"}))
    assert found([table], {"it": rows}) == [("it", "start-1", "what", "cell_required")]
    assert found([table], {"it": rows[2:]}) == [("it", None, None, "rows_too_few")]
    many = tuple(Row(f"x{n}", None, {"what": "y"}) for n in range(4))
    assert found([table], {"it": many}) == [("it", None, None, "rows_too_many")]
    assert for_sending([table], {"it": rows}, {}) == {"it": (rows[0], rows[2])}
    assert for_sending([table], {"it": rows[1:2]}, {}) == {}


def test_a_named_row_may_stay_empty_unless_a_column_asks() -> None:
    free = field_of(type="table", columns=FREE, rows={"fixed": FIXED, "max": 1}, required=True)
    assert found([free], {"it": (Row("meals", None, {"note": "x"}),)}) == []
    strict = field_of(type="table", columns=COLUMNS, rows={"fixed": FIXED, "max": 1}, required=True)
    assert found([strict], {"it": (Row("meals", None, {"what": "x"}),)}) == [
        ("it", "pets", "what", "fixed_cell_required")
    ]


def test_a_row_of_ones_own_has_a_name() -> None:
    free = field_of(type="table", columns=FREE, rows={"fixed": FIXED, "max": 1}, required=True)
    assert found([free], {"it": (Row("x1", None, {"what": "x"}),)}) == [
        ("it", "x1", "label", "row_needs_name")
    ]
    assert found([free], {"it": (Row("x1", "Bees", {}),)}) == []
    assert found([free], {"it": (Row("x1", "b" * 201, {}),)})[0][3] == "line_too_long"


def test_an_entry_has_a_day_and_a_day_one_entry() -> None:
    purse = field_of(type="daily_entry", columns=COLUMNS, per_day="many")
    rows = (Row("x1", None, {"what": "x"}, None), Row("x2", None, {"what": "x"}, 2))
    assert found([purse], {"it": rows}) == [("it", "x1", "day", "day_unknown")]
    assert found([purse], {"it": (rows[1], Row("x3", None, {"what": "y"}, 2))}) == []
    diary = field_of(type="daily_entry", columns=COLUMNS, per_day="one")
    twice = (rows[1], Row("x3", None, {"what": "y"}, 2))
    assert {each[3] for each in found([diary], {"it": twice})} == {"day_taken"}


def agreement(**changes: Value | None) -> list[tuple[str | None, ...]]:
    content = edition("openness-agreement")
    rules = content.exercise.safety.rules
    fields = [
        field
        for field in content.exercise.fields
        if field.key in ("areas", "private", "fair_play", "if_broken", "ends_on")
    ]
    written: dict[str, Value | None] = {
        "areas": (Row("phone", None, {"agreed": "We say who rang"}),),
        "private": "A diary",
        "fair_play": ("no_tracking", "no_demands"),
        "if_broken": "We tell each other",
        "ends_on": TODAY + timedelta(days=60),
        **changes,
    }
    return found(fields, {key: value for key, value in written.items() if value is not None}, rules)


def test_an_agreement_ends_on_a_day_to_come() -> None:
    assert agreement() == []
    assert agreement(ends_on=TODAY + timedelta(days=1)) == []
    assert agreement(ends_on=TODAY + timedelta(days=92)) == []
    for days in (-1, 0, 93, 400):
        late = agreement(ends_on=TODAY + timedelta(days=days))
        assert late == [("ends_on", None, None, "end_date")]
    assert ("ends_on", None, None, "required") in agreement(ends_on=None)


def test_an_agreement_has_its_promises() -> None:
    assert agreement(fair_play=("no_tracking", "no_traps")) == [
        ("fair_play", None, None, "must_tick")
    ]


@pytest.mark.parametrize(
    "word", ["my PASSWORDS", "the pass\u00adcode", "a pin  code", "Live-location", "spyware!"]
)
def test_an_agreement_has_no_such_words(word: str) -> None:
    refused = agreement(private=f"We give {word} to each other")
    expected = (
        []
        if word in ("the pass\u00adcode", "Live-location")
        else [("private", None, None, "refused_word")]
    )
    assert refused == expected


def test_refused_words_are_found_in_rows_and_in_their_names() -> None:
    rows = (Row("phone", None, {"agreed": "a tracker"}), Row("x1", "Passwords", {"agreed": "x"}))
    assert agreement(areas=rows) == [
        ("areas", "phone", "agreed", "refused_word"),
        ("areas", "x1", "label", "refused_word"),
    ]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_empty_exercise_is_told_what_is_missing_with_a_way_to_each(name: str) -> None:
    content = edition(name)
    fields = asked(content, solo=False, promise="")
    problems = check_for_sending(fields, {}, {}, content.exercise.safety.rules, TODAY)
    required = {
        field.key for field in fields if getattr(field, "required", False) and not field.show_if
    }
    assert {each.field_key for each in problems} == required
    reading = Reading().with_problems(problems)
    page = drawn(fields, reading)
    cards = question_cards(fields, reading, setting_of(), {}, {})
    lines = problem_lines(cards)
    assert len(lines) == len(problems)
    for line in lines:
        assert page.select_one(line.href) is not None


@pytest.mark.parametrize("name", EXERCISES)
def test_nothing_that_was_typed_is_lost_when_something_is_missing(name: str) -> None:
    content = edition(name)
    fields = asked(content, solo=False, promise="")
    page = drawn(fields, standing({}))
    raw = posted(page)
    for box in list(raw):
        if box.startswith("f.") and not box.endswith((".rows", ".day")):
            raw[box] = ["neither a day nor a number"]
    reading = read_form(fields, raw, context_of())
    problems = check_for_sending(fields, reading.values, {}, content.exercise.safety.rules, TODAY)
    again = posted(drawn(fields, reading.with_problems(problems)))
    lists = {str(box["name"]) for box in page.select("select")}
    written = {box for box, typed in raw.items() if typed == ["neither a day nor a number"]}
    assert {box for box in written if again.get(box) != raw[box]} <= lists
    assert written - lists


def test_every_message_can_be_said() -> None:
    class Anything(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "x"

    for message in MESSAGES.values():
        assert "%(" not in message % Anything()
        assert "!" not in message
