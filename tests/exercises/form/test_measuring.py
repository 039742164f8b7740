"""What answers come to as a figure: worked out by hand, over the catalogue's own measures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from portal.exercises.form.exercise import Measure
from portal.exercises.form.measuring import measured
from portal.exercises.form.rules import Rule
from portal.exercises.form.values import CellValue, Money, Row, Value, Values
from portal.exercises.form.wording import asked
from tests.exercises.form.material import EXERCISES, edition
from tests.support.filled import Filler


def table(*cells: Mapping[str, CellValue]) -> tuple[Row, ...]:
    return tuple(Row(f"row-{n}", None, given) for n, given in enumerate(cells))


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


INCOME = table({"amount": euros(300_000)}, {"amount": euros(120_050)}, {"who": "a"})
COSTS = table({"planned": euros(98_025)})
DOLLARS = table({"planned": Money(98_025, "USD")})
TWO_CURRENCIES = table(
    {"amount": euros(1250), "planned": "spur"}, {"amount": Money(1250, "USD"), "planned": "planned"}
)
EMPTY = (Row("row-0"), Row("row-1", None, {}))

CASES: list[tuple[str, str, dict[str, Value], str | None]] = [
    ("holding-hope", "hope", {"hope": 7}, "7"),
    ("holding-hope", "hope", {"hope": 0}, "0"),
    ("holding-hope", "hope", {}, None),
    ("name-the-issues", "mean_hard", {"areas": table({"hard": 6}, {"hard": 9}, {})}, "7.5"),
    (
        "name-the-issues",
        "mean_hard",
        {"areas": table({"hard": 1}, {"hard": 1}, {"hard": 2})},
        "1.3",
    ),
    ("name-the-issues", "mean_hard", {"areas": table({"hard": 0}, {"hard": 0})}, "0"),
    ("name-the-issues", "mean_hard", {"areas": table({"since": "years"})}, None),
    ("name-the-issues", "willing", {"areas": table({"work_on": True}, {"hard": 3})}, "1"),
    ("name-the-issues", "willing", {"areas": table({"hard": 3})}, "0"),
    ("name-the-issues", "willing", {"areas": EMPTY}, None),
    ("trust-log", "promises_kept", {"kept": table({"kept": "kept"}, {"kept": "partly"})}, "1"),
    ("listening-turns", "listening_skills", {"listening": ("looked", "waited", "asked")}, "3"),
    ("listening-turns", "listening_skills", {}, None),
    ("roadblocks", "biggest_block", {"blocks": table({"size": 4}, {"size": 9}, {"size": 2})}, "9"),
    (
        "self-care",
        "minutes",
        {"days": table({"minutes": 20}, {"minutes": Decimal("12.5")})},
        "32.5",
    ),
    ("gratitude-journal", "days_written", {"days": table({"glad": 3}, {"glad": 4}, {})}, "2"),
    ("gratitude-journal", "days_written", {"days": EMPTY}, None),
    ("spending-diary", "total_spent", {"days": table({"amount": euros(1250)})}, "12.5"),
    ("monthly-budget", "left_over", {"income": INCOME, "fixed": COSTS}, "3220.25"),
    ("monthly-budget", "left_over", {"everyday": COSTS}, "-980.25"),
    ("monthly-budget", "left_over", {"income": EMPTY}, None),
    ("monthly-budget", "left_over", {"income": INCOME, "fixed": DOLLARS}, None),
    ("spending-diary", "total_spent", {"days": TWO_CURRENCIES}, None),
    ("spending-diary", "unplanned", {"days": TWO_CURRENCIES}, "1"),
]


@pytest.mark.parametrize(("exercise", "key", "values", "figure"), CASES)
def test_a_figure_is_what_one_would_work_out(
    exercise: str, key: str, values: Values, figure: str | None
) -> None:
    found = measured(measure_of(exercise, key), values)
    assert found == (Decimal(figure) if figure is not None else None)


def measure_of(exercise: str, key: str) -> Measure:
    measures = edition(exercise).exercise.measures
    return next(each for each in measures if each.key == key)


def test_every_way_of_counting_stands_in_the_table() -> None:
    known = {each.reduce for name in EXERCISES for each in edition(name).exercise.measures}
    assert known == {measure_of(exercise, key).reduce for exercise, key, _, _ in CASES}


@pytest.mark.parametrize("name", [n for n in EXERCISES if edition(n).exercise.measures])
def test_every_measure_has_a_figure_where_all_is_answered(name: str) -> None:
    content = edition(name)
    rules: tuple[Rule, ...] = tuple(content.exercise.safety.rules)
    fields = asked(content, solo=False, promise="")
    values = Filler(date(2026, 5, 14), rules).full(fields)
    for each in content.exercise.measures:
        figure = measured(each, values)
        assert figure is not None, each.key
        if each.reduce in ("value", "mean", "max") and each.range == (0, 10):
            assert figure == 10, each.key
        assert measured(each, {}) is None, each.key
