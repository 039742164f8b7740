"""What a browser sends, read into values without losing a letter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading, read_form
from portal.exercises.form.values import Money, Value
from tests.exercises.form.material import (
    ENDS,
    context_of,
    drawn,
    edition,
    field_of,
    posted,
    setting_of,
    standing,
)

OPTIONS = [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}]
LINE, LETTER = field_of(type="short_text"), field_of(type="long_text")
SCALE = field_of(type="scale", scale=ENDS)
NUMBER = field_of(type="number", min=0, max=168, unit="hours")
COUNT = field_of(type="number")
MONEY, DAY = field_of(type="money"), field_of(type="date")
ONE = field_of(type="single_choice", options=OPTIONS)
SOME = field_of(type="multi_choice", options=OPTIONS)


def read(field: Field, *typed: str, currency: str = "GBP") -> Reading:
    return read_form([field], {"f.it": list(typed)}, context_of(currency=currency))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (LINE, "  two words ", "two words"),
        (LINE, "two\r\nlines", "two lines"),
        (LINE, "e\u0301t\u00e9", "\u00e9t\u00e9"),
        (LINE, "a\x00b\x07c\td", "abc\td"),
        (LINE, "a\x0bsoft\x85break", "a soft break"),
        (LETTER, "one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (LETTER, "a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        (LETTER, "\u202eدلم\u202c 😅", "\u202eدلم\u202c 😅"),
        (SCALE, "0", 0),
        (SCALE, "10", 10),
        (NUMBER, "1.50", Decimal("1.50")),
        (NUMBER, " 2,5 ", Decimal("2.5")),
        (COUNT, "1,000,000", Decimal(1000000)),
        (NUMBER, "۱۲", Decimal(12)),
        (NUMBER, "5.", Decimal(5)),
        (MONEY, "12", Money(1200, "GBP")),
        (MONEY, "£1,234.50", Money(123450, "GBP")),
        (MONEY, "1.234,50", Money(123450, "GBP")),
        (MONEY, "12,5", Money(1250, "GBP")),
        (MONEY, "GBP 0", Money(0, "GBP")),
        (DAY, "2026-05-01", date(2026, 5, 1)),
        (DAY, "1/5/2026", date(2026, 5, 1)),
        (DAY, "01.05.2026", date(2026, 5, 1)),
        (ONE, "two", "two"),
    ],
)
def test_what_is_typed_is_understood(field: Field, typed: str, value: Value) -> None:
    reading = read(field, typed)
    assert reading.values == {"it": value}
    assert str(reading.values["it"]) == str(value)
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (SCALE, "11", "scale_unknown"),
        (SCALE, "-1", "scale_unknown"),
        (SCALE, "07", "scale_unknown"),
        (NUMBER, "a few", "number_unknown"),
        (NUMBER, "NaN", "number_unknown"),
        (NUMBER, "1e9", "number_unknown"),
        (NUMBER, "9" * 40, "number_unknown"),
        (MONEY, "about ten", "money_unknown"),
        (MONEY, "-5", "money_negative"),
        (MONEY, "1.234", "money_too_fine"),
        (MONEY, "9" * 17, "money_too_large"),
        (DAY, "31/02/2026", "date_unknown"),
        (DAY, "next Monday", "date_unknown"),
        (DAY, "2026-02-30", "date_unknown"),
        (ONE, "three", "choice_unknown"),
    ],
)
def test_what_cannot_be_understood_stays_in_the_box(field: Field, typed: str, message: str) -> None:
    reading = read(field, typed)
    assert reading.values == {}
    assert [problem.message_id for problem in reading.problems] == [message]
    assert reading.typed == {"f.it": (typed,)}
    page = drawn([field], reading)
    assert page.select_one(".field--error .error") is not None
    if field in (NUMBER, MONEY, DAY):
        assert posted(page)["f.it"] == [typed]
        box = page.select_one("#f-it")
        assert box is not None
        assert box["aria-invalid"] == "true"
        assert "f-it-error" in str(box["aria-describedby"])


def test_money_knows_its_currency() -> None:
    assert read(MONEY, "1500", currency="JPY").values == {"it": Money(1500, "JPY")}
    assert read(MONEY, "1.5", currency="JPY").problems[0].params == {"digits": 0}
    assert read(MONEY, "1.234", currency="KWD").values == {"it": Money(1234, "KWD")}


def test_a_number_out_of_range_is_kept_and_looked_at() -> None:
    reading = read(NUMBER, "200")
    assert reading.values == {"it": Decimal(200)}
    assert [(each.message_id, each.params) for each in reading.problems] == [
        ("number_too_high", {"max": 168})
    ]


@pytest.mark.parametrize(("field", "most"), [(LINE, 200), (LETTER, 20_000)])
def test_a_text_that_is_too_long_is_kept_whole(field: Field, most: int) -> None:
    assert read(field, "a" * most).problems == ()
    text = "a" * (most + 1)
    reading = read(field, text)
    assert reading.values == {"it": text}
    assert reading.problems[0].params == {"max": most, "length": most + 1}
    assert posted(drawn([field], reading))["f.it"] == [text]


def test_a_broken_sign_is_left_out_and_said() -> None:
    reading = read(LETTER, "before \ud800 after")
    assert reading.values == {"it": "before  after"}
    assert [problem.message_id for problem in reading.problems] == ["text_unreadable"]


def test_blank_boxes_are_no_answers() -> None:
    for field in (LINE, LETTER, SCALE, NUMBER, MONEY, DAY, ONE, SOME):
        assert read(field, " \r\n ").values == {}
        assert read(field, "").problems == ()


def test_ticks_come_in_the_order_of_the_question_and_once() -> None:
    assert read(SOME, "two", "one", "two").values == {"it": ("one", "two")}
    assert read(SOME, "two", "six").problems[0].message_id == "choice_unknown"


def test_a_question_that_was_not_on_the_form_is_left_alone() -> None:
    other = field_of(type="short_text", key="other")
    reading = read_form([LINE, other], {"f.it": ["here"], "f.unknown": ["x"]}, context_of())
    assert reading.present == {"it"}
    assert read_form([other], {"counter.other": ["4"]}, context_of()).present == {"other"}


def test_counters_and_audiences_come_with_the_answers() -> None:
    raw = {"counter.it": ["7"], "audience.it": ["on_release"], "counter.gone": ["1"]}
    reading = read_form([LINE], raw, context_of())
    assert reading.counters == {"it": 7}
    assert reading.audiences == {"it": "on_release"}
    odd = {"counter.it": ["-1"], "audience.it": ["everybody"]}
    assert read_form([LINE], odd, context_of()).counters == {}
    assert read_form([LINE], odd, context_of()).audiences == {}


def test_a_wrong_cell_leaves_its_row_as_it_was() -> None:
    budget = next(
        field for field in edition("monthly-budget").exercise.fields if field.key == "income"
    )
    raw: dict[str, Any] = {
        "f.income.rows": ["start-1", "x1"],
        "f.income.start-1.source": ["Wages"],
        "f.income.start-1.amount": ["plenty"],
        "f.income.x1.amount": ["a lot"],
    }
    reading = read_form([budget], raw, context_of())
    assert [(each.row_id, each.column, each.message_id) for each in reading.problems] == [
        ("start-1", "amount", "money_unknown"),
        ("x1", "amount", "money_unknown"),
    ]
    again = posted(drawn([budget], reading, setting_of()))
    for name, typed in raw.items():
        assert again[name] == typed


def test_nothing_is_drawn_that_was_not_written() -> None:
    sent = posted(drawn([SCALE, ONE, SOME], standing({})))
    assert sent == {"save": ["draft"], "counter.it": ["0", "0", "0"]}
