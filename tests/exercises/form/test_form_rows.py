"""Rows of tables and lists: starters, added rows, and rows left empty."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading, read_form
from portal.exercises.form.values import Row, rows_in
from tests.exercises.form.material import (
    context_of,
    counting,
    drawn,
    field_of,
    posted,
    setting_of,
    standing,
)

COLUMNS = [{"key": "what", "label": "What", "type": "short_text", "required": True}]
FIXED = [{"key": "meals", "label": "Meals"}, {"key": "pets", "label": "Pets"}]
OPEN = field_of(type="table", columns=COLUMNS, rows={"min": 1, "max": 4, "add_label": "Add"})
NAMED = field_of(
    type="table", columns=COLUMNS, rows={"fixed": FIXED, "min": 0, "max": 2, "add_label": "Add"}
)
DIARY = field_of(type="daily_entry", columns=COLUMNS, per_day="one")
PURSE = field_of(type="daily_entry", columns=COLUMNS, per_day="many")


def rows(reading: Reading) -> list[tuple[str, Any]]:
    return [(row.row_id, row.cells.get("what")) for row in rows_in(reading.values.get("it"))]


def press(field: Field, reading: Reading, button: str, **written: str) -> Reading:
    raw = posted(drawn([field], reading), button)
    for name, text in written.items():
        raw[f"f.it.{name.replace('__', '.').replace('_', '-')}"] = [text]
    return read_form([field], raw, context_of())


def test_a_row_is_added_where_the_form_ends_and_gets_an_id_of_its_own() -> None:
    reading = press(OPEN, standing({}), "add.it", start_1__what="first")
    assert rows(reading) == [("start-1", "first"), ("new1", None)]
    assert (reading.pressed, reading.focus) == ("add", "f-it-new1-what")
    page = drawn([OPEN], reading)
    assert page.select_one(f"#{reading.focus}") is not None
    assert len(page.select(".rowgroup")) == 2


def test_a_form_of_empty_rows_grows_when_it_is_asked_to() -> None:
    reading = press(OPEN, standing({}), "add.it")
    assert len(drawn([OPEN], reading).select(".rowgroup")) == 2


def test_there_is_no_button_where_there_is_no_room() -> None:
    full = standing({"it": tuple(Row(row_id) for row_id in ("x1", "x2", "x3"))})
    assert drawn([OPEN], full).select("[name='add.it']") == []
    raw = {**posted(drawn([OPEN], full)), "add.it": ["1"]}
    reading = read_form([OPEN], raw, context_of())
    assert [problem.message_id for problem in reading.problems] == ["rows_full"]
    assert len(rows(reading)) == 3


def test_one_row_is_removed_and_no_other() -> None:
    there = standing({"it": tuple(Row(f"x{n}", None, {"what": str(n)}) for n in (1, 2, 3))})
    reading = press(OPEN, there, "remove.it.x2")
    assert rows(reading) == [("x1", "1"), ("x3", "3")]
    assert reading.pressed == "remove"


def test_a_named_row_cannot_be_removed() -> None:
    there = standing({"it": (Row("meals", None, {"what": "me"}),)})
    assert drawn([NAMED], there).select("[name^='remove.']") == []
    raw = {**posted(drawn([NAMED], there)), "remove.it.meals": ["1"]}
    assert rows(read_form([NAMED], raw, context_of())) == [("meals", "me")]


def test_named_rows_stand_first_and_in_their_order_and_go_when_empty() -> None:
    raw = {
        "f.it.rows": ["x1", "pets", "meals"],
        "f.it.x1.label": ["Bees"],
        "f.it.x1.what": ["you"],
        "f.it.pets.what": ["both"],
        "f.it.meals.what": [""],
    }
    reading = read_form([NAMED], raw, context_of())
    assert rows_in(reading.values["it"]) == (
        Row("pets", None, {"what": "both"}),
        Row("x1", "Bees", {"what": "you"}),
    )


def test_no_row_is_lost_or_doubled_by_an_odd_form() -> None:
    raw = {
        "f.it.rows": ["x1", "x1", "x2"],
        "f.it.x1.what": ["one"],
        "f.it.x3.what": ["a row that the list forgot"],
        "f.it.<b>.what": ["a name that we never drew"],
        "f.it.x2.what.more": ["and another"],
    }
    reading = read_form([OPEN], raw, context_of())
    assert rows(reading) == [("x1", "one"), ("x2", None), ("x3", "a row that the list forgot")]


def test_a_diary_has_one_entry_for_each_day_so_far() -> None:
    page = drawn([DIARY], standing({}))
    assert len(page.select(".rowgroup")) == 12
    assert "Monday 2 March" in page.get_text()
    assert len(page.select("details .rowgroup")) == 11
    reading = press(DIARY, standing({}), "save", day_3__what="late, but here")
    assert rows_in(reading.values["it"]) == (Row("day-3", None, {"what": "late, but here"}, 3),)
    assert page.select("[name='add.it']") == []


def test_a_diary_takes_no_day_outside_its_run() -> None:
    raw = {"f.it.rows": ["day-15", "day-0", "day-x"], "f.it.day-15.what": ["never"]}
    assert read_form([DIARY], raw, context_of()).values == {}


def test_an_entry_among_many_says_its_day() -> None:
    reading = press(PURSE, standing({}), "add.it")
    assert rows_in(reading.values["it"]) == (Row("new1", None, {}, 12),)
    assert reading.focus == "f-it-new1-day"
    moved = press(PURSE, reading, "save", new1__day="4", new1__what="bread")
    assert rows_in(moved.values["it"]) == (Row("new1", None, {"what": "bread"}, 4),)
    for day, message in (("13", "day_to_come"), ("15", "day_unknown"), ("", "day_unknown")):
        odd = press(PURSE, reading, "save", new1__day=day, new1__what="bread")
        assert [problem.message_id for problem in odd.problems] == [message]
        assert rows(odd) == [("new1", "bread")]


def days_of(reading: Reading) -> list[int | None]:
    return [row.day for row in rows_in(reading.values["it"])]


def test_an_entry_keeps_its_day_where_its_writer_moves_west() -> None:
    kept = standing({"it": (Row("x1", None, {"what": "bread"}, 12),)})
    for drawn_on in (12, 11, 10):
        raw = posted(drawn([PURSE], kept, setting_of(today=drawn_on)))
        for read_on in (10, 11, 12):
            reading = read_form([PURSE], raw, context_of(today=read_on))
            assert reading.values == kept.values
            assert reading.problems == ()
            assert not reading.typed


def test_a_day_that_cannot_be_chosen_leaves_the_entry_on_the_one_it_had() -> None:
    kept = standing({"it": (Row("x1", None, {"what": "bread"}, 4),)})
    for day, message in (("13", "day_to_come"), ("15", "day_unknown"), ("", "day_unknown")):
        odd = press(PURSE, kept, "save", x1__day=day)
        assert [problem.message_id for problem in odd.problems] == [message]
        assert odd.typed == {"f.it.x1.day": (day,)}
        assert days_of(odd) == [4]
        page = drawn([PURSE], odd)
        assert posted(page)["f.it.x1.day"] == ["4"]


def test_no_day_outside_the_run_is_taken_for_one_that_stood() -> None:
    for day in ("0", "15", "-1", "12.0", "x", ""):
        raw = {"f.it.x1.what": ["bread"], "f.it.x1.day": [day], "stood.it.x1": [day]}
        reading = read_form([PURSE], raw, context_of())
        assert days_of(reading) == [None]
        assert [problem.message_id for problem in reading.problems] == ["day_unknown"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    presses=st.lists(
        st.tuples(
            st.sampled_from(["add", "remove", "save"]), st.integers(0, 9), st.text("ab", max_size=3)
        ),
        max_size=7,
    )
)
def test_whatever_is_pressed_the_other_rows_stay_as_they_are(
    presses: list[tuple[str, int, str]],
) -> None:
    table = field_of(type="table", columns=COLUMNS, rows={"min": 1, "max": 9, "add_label": "Add"})
    expected: list[tuple[str, Any]] = []
    reading, new_id, ids = standing({}), counting(), counting()
    for act, place, text in presses:
        page = drawn([table], reading)
        raw = posted(page)
        if expected and text:
            row_id = expected[place % len(expected)][0]
            raw[f"f.it.{row_id}.what"] = [text]
            expected = [(known, text if known == row_id else was) for known, was in expected]
        if act == "add" and page.select("[name='add.it']"):
            raw["add.it"] = ["1"]
            expected.append((ids(), None))
        if act == "remove" and expected:
            gone = expected.pop(place % len(expected))[0]
            raw[f"remove.it.{gone}"] = ["1"]
        reading = read_form([table], raw, context_of(new_id=new_id))
        assert rows(reading) == expected


def test_a_day_in_which_only_something_odd_stands_is_drawn_where_it_is_still_to_come() -> None:
    hours = {"key": "hours", "label": "Hours", "required": False, "type": "number"}
    diary = field_of(type="daily_entry", per_day="one", columns=[hours])
    raw = {"f.it.rows": ["day-11", "day-12"], "f.it.day-12.hours": ["about seven"]}
    odd = read_form([diary], raw, context_of(today=12))
    page = drawn([diary], odd, setting_of(today=11))
    assert posted(page)["f.it.day-12.hours"] == ["about seven"]
    again = read_form([diary], posted(page), context_of(today=11))
    assert again.typed == odd.typed
