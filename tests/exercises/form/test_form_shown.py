"""Answers written out for reading, on a page and on paper."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.exercises.form.definition import Field
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import Money, People, Row, Value
from tests.exercises.form.material import ENDS, environment, field_of

PEOPLE = People("Aoife", "Gosia")
OPTIONS = [{"value": "one", "label": "The first"}, {"value": "two", "label": "The second"}]
COLUMNS: list[dict[str, Any]] = [
    {"key": "what", "label": "What", "type": "short_text", "required": False},
    {"key": "who", "label": "Who", "type": "person", "required": False},
    {"key": "cost", "label": "Cost", "type": "money", "required": False},
    {"key": "ways", "label": "Ways", "type": "multi_choice", "required": False, "options": OPTIONS},
    {"key": "done", "label": "Done", "type": "checkbox", "required": False},
]
FIXED = [{"key": "meals", "label": "Meals"}, {"key": "pets", "label": "Pets"}]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (field_of(type="long_text"), "one\ntwo", Shown("text", text="one\ntwo")),
        (field_of(type="short_text"), "one", Shown("line", text="one")),
        (field_of(type="scale", scale=ENDS), 0, Shown("scale", text="0", low="Low", high="High")),
        (field_of(type="number", unit="hours"), Decimal("1.50"), Shown("line", text="1.5 hours")),
        (field_of(type="money"), Money(123450, "GBP"), Shown("line", text="£1,234.50")),
        (field_of(type="date"), date(2026, 5, 1), Shown("line", text="1 May 2026")),
        (field_of(type="person"), "b", Shown("line", text="Gosia")),
        (field_of(type="person"), "both", Shown("line", text="Both of us")),
        (field_of(type="single_choice", options=OPTIONS), "two", Shown("line", text="The second")),
        (
            field_of(type="checklist", options=OPTIONS),
            ("one", "two"),
            Shown("lines", lines=("The first", "The second")),
        ),
        (field_of(type="long_text"), None, Shown("nothing")),
        (field_of(type="info"), None, Shown("nothing")),
    ],
)
def test_an_answer_is_shown_in_words(field: Field, value: Value | None, expected: Shown) -> None:
    assert shown(field, value, PEOPLE, "en_GB") == expected


def test_numbers_and_days_follow_the_language() -> None:
    assert shown(field_of(type="money"), Money(1250, "EUR"), PEOPLE, "de_DE").text == "12,50\xa0€"
    assert shown(field_of(type="date"), date(2026, 5, 1), PEOPLE, "pl_PL").text == "1 maja 2026"


def test_a_table_shows_the_rows_that_were_written() -> None:
    table = field_of(type="table", columns=COLUMNS, rows={"fixed": FIXED, "min": 0, "max": 2})
    rows = (
        Row("x1", "Bees", {"who": "a", "ways": ("one", "two")}),
        Row("pets", None, {"what": "feed", "cost": Money(100, "GBP"), "done": True}),
        Row("x2"),
    )
    assert shown(table, rows, PEOPLE, "en_GB") == Shown(
        "grid",
        columns=("What", "Who", "Cost", "Ways", "Done"),
        rows=(
            ("Pets", ("feed", "", "£1.00", "", "Yes")),
            ("Bees", ("", "Aoife", "", "The first, The second", "")),
        ),
    )
    assert shown(table, (Row("x2"),), PEOPLE, "en_GB") == Shown("nothing")


def test_a_diary_shows_its_days_in_order() -> None:
    purse = field_of(type="daily_entry", columns=COLUMNS[:1], per_day="many")
    rows = (Row("x1", None, {"what": "late"}, 9), Row("x2", None, {"what": "early"}, 2))
    assert [row[0] for row in shown(purse, rows, PEOPLE, "en_GB").rows] == ["Day 2", "Day 9"]
    dated = shown(purse, rows, PEOPLE, "en_GB", date(2026, 3, 2))
    assert [row[0] for row in dated.rows] == ["Tuesday 3 March", "Tuesday 10 March"]


PAGE = '{% from "components/shown.html" import shown %}{{ shown(card) }}'


def page_of(card: Shown) -> BeautifulSoup:
    return BeautifulSoup(environment().from_string(PAGE).render(card=card), "html5lib")


def test_what_was_written_stands_on_the_page_as_it_was_typed() -> None:
    text = "one\n\n<b>two</b> {{ three }}"
    box = page_of(Shown("text", text=text)).select_one(".letter.asis")
    assert box is not None
    assert box.get_text() == text


def test_every_kind_is_drawn() -> None:
    assert "7 on a scale from 0 (Low) to 10 (High)" in page_of(
        Shown("scale", text="7", low="Low", high="High")
    ).get_text(" ", strip=True)
    assert [tag.get_text() for tag in page_of(Shown("lines", lines=("a", "b"))).select("li")] == [
        "a",
        "b",
    ]
    grid = page_of(Shown("grid", columns=("C",), rows=(("Meals", ("x",)), ("", ("y",)))))
    assert [tag.get_text() for tag in grid.select("th[scope=row]")] == ["Meals", "2"]
    assert page_of(Shown("nothing")).get_text(strip=True) == "No answer"
    assert page_of(Shown("line", text="x")).get_text(strip=True) == "x"
