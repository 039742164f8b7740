"""An amount or a number is what was meant, in whichever way it is written, or it is asked."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.exercises.form.messages import MESSAGES
from portal.exercises.form.reading import Reading, read_form
from portal.exercises.form.values import Money, Value
from tests.exercises.form.material import (
    context_of,
    drawn,
    field_of,
    posted,
    setting_of,
    standing,
)

MONEY, NUMBER = field_of(type="money"), field_of(type="number")
CURRENCIES = ("EUR", "GBP", "JPY", "KWD")
FINE, WHOLE, TWO = "money_too_fine", "money_whole", "number_two_ways"
UNKNOWN = {"money": "money_unknown", "number": "number_unknown"}
# What is written, and what it is in euros, in yen, in dinars, and as a number; or why it is asked.
AMOUNTS = """
typed        | EUR       | JPY     | KWD         | number
1200         | 120000    | 1200    | 1200000     | 1200
1,200        | fine      | 1200    | fine        | two
1.200        | fine      | 1200    | 1200        | two
12.000       | fine      | 12000   | 12000       | two
12,000       | fine      | 12000   | fine        | two
1.234        | fine      | 1234    | 1234        | two
1,234        | fine      | 1234    | fine        | two
1.200,50     | 120050    | whole   | 1200500     | 1200.50
1,200.50     | 120050    | whole   | 1200500     | 1200.50
1 200,50     | 120050    | whole   | 1200500     | 1200.50
1'200.50     | 120050    | whole   | 1200500     | 1200.50
1,234,567    | 123456700 | 1234567 | 1234567000  | 1234567
1.234.567    | 123456700 | 1234567 | 1234567000  | 1234567
1 200        | 120000    | 1200    | 1200000     | 1200
1.200,500    | fine      | whole   | 1200500     | 1200.500
1234.567     | fine      | whole   | 1234567     | 1234.567
0,5          | 50        | whole   | 500         | 0.5
0.5          | 50        | whole   | 500         | 0.5
.5           | 50        | whole   | 500         | 0.5
5.           | 500       | 5       | 5000        | 5
0,125        | fine      | whole   | 125         | 0.125
0.125        | fine      | whole   | 125         | 0.125
0,500        | fine      | whole   | 500         | 0.500
1.2          | 120       | whole   | 1200        | 1.2
1.20         | 120       | whole   | 1200        | 1.20
1.2000       | fine      | whole   | fine        | 1.200
0,500,000    | unknown   | unknown | unknown     | unknown
12 50        | unknown   | unknown | unknown     | unknown
1,20,000     | unknown   | unknown | unknown     | unknown
1.200.50     | unknown   | unknown | unknown     | unknown
"""
COLUMNS, *LINES = [
    [cell.strip() for cell in line.split("|")] for line in AMOUNTS.strip().splitlines()
]
CASES = [
    (line[0], column, cell)
    for line in LINES
    for column, cell in zip(COLUMNS[1:], line[1:], strict=True)
]


def read(typed: str, what: str) -> Reading:
    field = NUMBER if what == "number" else MONEY
    currency = "GBP" if what == "number" else what
    return read_form([field], {"f.it": [typed]}, context_of(currency=currency))


@pytest.mark.parametrize(("typed", "what", "cell"), CASES)
def test_what_is_written_is_what_was_meant(typed: str, what: str, cell: str) -> None:
    reading = read(typed, what)
    kind = "number" if what == "number" else "money"
    asked = {"fine": FINE, "whole": WHOLE, "two": TWO, "unknown": UNKNOWN[kind]}.get(cell)
    if asked is None:
        wanted: Value = Decimal(cell) if kind == "number" else Money(int(cell), what)
        assert reading.values == {"it": wanted}
        assert reading.problems == ()
    else:
        assert [problem.message_id for problem in reading.problems] == [asked]
        assert reading.values == {}
        assert reading.typed == {"f.it": (typed,)}


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        *(("€ 1.200,00", 120000), ("1.200,50 €", 120050), ("EUR 12", 1200), ("12eur", 1200)),
        *(("€5", 500), ("+ € 5", 500), ("1\u202f200,50", 120050), ("1\u2019200.50", 120050)),
        *(("١٢٫٥٠", 1250), ("١٬٢٠٠", 120000)),
    ],
)
def test_the_currency_and_the_signs_of_other_countries_change_nothing(
    typed: str, minor: int
) -> None:
    assert read(typed, "EUR").values == {"it": Money(minor, "EUR")}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        *(("€ 1.200", FINE), ("1.200 €", FINE), ("12€50", UNKNOWN["money"])),
        *(("-€5", "money_negative"), ("€-5", "money_negative"), ("€", UNKNOWN["money"])),
        ("9" * 14, "money_too_large"),
    ],
)
def test_what_is_no_clear_amount_is_asked(typed: str, message: str) -> None:
    assert [problem.message_id for problem in read(typed, "EUR").problems] == [message]


@pytest.mark.parametrize(
    ("typed", "what", "sentence"),
    [
        (
            *("1.200", "EUR"),
            "Write an amount with up to 2 digits after the point, and thousands without a sign"
            " between them, like 1200 or 1200.50.",
        ),
        ("0,5", "JPY", "Write a whole amount, like 1200. This currency has no smaller parts."),
        *(
            (typed, "number", f"This could mean {large} or {small}. {MEANT}")
            for MEANT in ("Please write it in the way that you mean.",)
            for typed, large, small in (
                *(("1.200", "1200", "1.2"), ("12,000", "12000", "12")),
                *(("1.234", "1234", "1.2340"), ("-1,234", "-1234", "-1.2340")),
            )
        ),
    ],
)
def test_why_it_is_asked_is_said_and_the_typed_text_stays(
    typed: str, what: str, sentence: str
) -> None:
    reading = read(typed, what)
    (problem,) = reading.problems
    assert MESSAGES[problem.message_id] % problem.params == sentence
    page = drawn([NUMBER if what == "number" else MONEY], reading)
    assert posted(page)["f.it"] == [typed]
    error = page.select_one(".field--error .error")
    assert error is not None
    assert sentence in " ".join(error.get_text(" ").split())


@pytest.mark.parametrize(("typed", "value"), [("1.2340", "1.234"), ("12.0000", "12.000")])
def test_what_is_offered_is_taken(typed: str, value: str) -> None:
    reading = read(typed, "number")
    assert reading.values == {"it": Decimal(value)}
    assert posted(drawn([NUMBER], reading))["f.it"] == [typed]


def test_a_number_from_before_that_could_be_read_in_two_ways_stays_as_it_is() -> None:
    kept = standing({"it": Decimal("1.234")})
    again = read_form([NUMBER], posted(drawn([NUMBER], kept)), context_of())
    assert str(again.values["it"]) == "1.234"
    assert again.problems == ()


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        *(("EUR 12.50", 1250, "EUR"), ("12,50 EUR", 1250, "EUR"), ("EUR12.50", 1250, "EUR")),
        *(("JPY 1,200", 1200, "JPY"), ("1.200 KWD", 1200, "KWD"), ("GBP 5", 500, "GBP")),
    ],
)
def test_an_amount_that_names_its_currency_is_in_that_one(
    typed: str, minor: int, currency: str
) -> None:
    for present in CURRENCIES:
        assert read(typed, present).values == {"it": Money(minor, currency)}


@pytest.mark.parametrize("typed", ["EUR 12 USD", "12 XYZ", "EUROS 12", "12EUR50", "EUR"])
def test_what_names_two_or_none_that_is_known_is_asked(typed: str) -> None:
    assert [problem.message_id for problem in read(typed, "GBP").problems] == [UNKNOWN["money"]]


@pytest.mark.parametrize("present", CURRENCIES)
@pytest.mark.parametrize("before", CURRENCIES)
def test_what_stands_in_a_form_keeps_its_currency_whatever_the_couples_is_now(
    before: str, present: str
) -> None:
    kept = standing({"it": Money(1250, before)})
    page = drawn([MONEY], kept, setting_of(currency=present))
    (typed,) = posted(page)["f.it"]
    assert typed.startswith(f"{before} ") is (before != present)
    assert read(typed, present).values == kept.values


WRITTEN = st.text("0012345.,' -+€", min_size=1, max_size=18) | st.from_regex(
    r"[-+]?(€ ?)?\d{1,3}(([.,' ])\d{3}){0,3}([.,]\d{0,4})?( ?€)?", fullmatch=True
)


@given(typed=WRITTEN, what=st.sampled_from([*CURRENCIES, "number"]))
@example(typed="9999999999999", what="KWD")
@example(typed="1.2000", what="number")
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_taken_is_written_back_and_read_as_the_same(typed: str, what: str) -> None:
    first = read(typed, what)
    field = NUMBER if what == "number" else MONEY
    setting = setting_of() if what == "number" else setting_of(currency=what)
    boxes = posted(drawn([field], first, setting))
    again = read(boxes["f.it"][0], what)
    assert again.values == first.values
    assert again.problems == first.problems
    assert posted(drawn([field], again, setting)) == boxes


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        *(("$50", "EUR"), ("£12.50", "EUR"), ("50 ₺", "EUR"), ("€ 5 $", "EUR"), ("5 € USD", "EUR")),
        *(("€5", "AUD"), ("$5", "CHF"), ("¥5", "USD")),
    ],
)
def test_the_sign_of_another_currency_is_asked_about_and_stays_as_it_was_typed(
    typed: str, currency: str
) -> None:
    reading = read(typed, currency)
    assert [problem.message_id for problem in reading.problems] == ["money_other"]
    assert reading.values == {}
    assert reading.typed == {"f.it": (typed,)}


@pytest.mark.parametrize(
    ("typed", "currency", "kept"),
    [
        *(
            ("$5", "AUD", "AUD"),
            ("5$", "CAD", "CAD"),
            ("＄5", "USD", "USD"),
            ("$5 USD", "EUR", "USD"),
        ),
        *(
            ("₺5", "TRY", "TRY"),
            ("£5", "GBP", "GBP"),
            ("5 GBP", "EUR", "GBP"),
            ("₹5", "INR", "INR"),
        ),
    ],
)
def test_a_sign_stands_for_the_currency_of_those_who_pay_with_it(
    typed: str, currency: str, kept: str
) -> None:
    assert read(typed, currency).values == {"it": Money(500, kept)}
