"""What the answers to one exercise come to as a figure that can be drawn over time.

Source: `measures` in the catalogue. A figure is a conversation aid of our own and no validated score.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from portal.exercises.form.exercise import Measure
from portal.exercises.form.values import CellValue, Money, Row, Value, Values, rows_in

FORMULA_PART = re.compile(r"([+-]?)\s*sum\((\w+)\.(\w+)\)")
PLACES = 1


def measured(measure: Measure, values: Values) -> Decimal | None:
    """The figure of one submission, to one decimal place; none where nothing was answered.

    Empty cells are left out of means and never count as zero. Money is in whole units of its currency
    and as exact as that is written, to the cent; amounts in two currencies are never added: they come
    to no figure.
    """
    currencies = currencies_of(measure, values)
    if len(currencies) > 1:
        return None
    places = max((get_currency_precision(code) for code in currencies), default=PLACES)
    if measure.formula is not None:
        return _rounded(_balance(measure.formula, values), places)
    name, part = _source(measure)
    if name not in values:
        return None
    value = values[name]
    if measure.reduce == "entries":
        return Decimal(len(_written(value))) if _written(value) else None
    if measure.reduce == "count":
        return _counted(value, part, measure.count_value)
    numbers = _numbers(value, part)
    return _rounded(REDUCED[measure.reduce](numbers), places) if numbers else None


def currencies_of(measure: Measure, values: Values) -> frozenset[str]:
    """In which currencies the amounts of a figure were written; none where it is not made of amounts."""
    if measure.reduce in ("entries", "count"):
        return frozenset()
    places = FORMULA_PART.findall(measure.formula or "")
    names = [(name, part) for _, name, part in places] or [_source(measure)]
    cells = [cell for name, part in names for cell in _cells(values.get(name), part)]
    return frozenset(cell.currency for cell in cells if isinstance(cell, Money))


def _source(measure: Measure) -> tuple[str, str]:
    name, _, part = (measure.source or "").partition(".")
    return name, part


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


REDUCED: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "value": lambda numbers: numbers[0],
    "mean": _mean,
    "sum": _sum,
    "max": max,
}


def _balance(formula: str, values: Values) -> Decimal | None:
    """Sums of money columns with plus and minus; none where no amount was written at all."""
    total, seen = Decimal(0), False
    for sign, name, part in FORMULA_PART.findall(formula):
        numbers = _numbers(values.get(name), part)
        seen = seen or bool(numbers)
        total += -_sum(numbers) if sign == "-" else _sum(numbers)
    return total if seen else None


def _counted(value: Value, part: str, wanted: str | None) -> Decimal | None:
    """How many were ticked or chosen; none where the table was left empty."""
    if part:
        rows = _written(value)
        if not rows:
            return None
        return Decimal(sum(_ticks(row.cells.get(part), wanted) for row in rows))
    return None if isinstance(value, tuple) and rows_in(value) else Decimal(_ticks(value, wanted))


def _ticks(value: Value | None, wanted: str | None) -> int:
    if wanted is not None:
        return int(value == wanted)
    if isinstance(value, tuple):
        return len(value)
    return int(value is True)


def _written(value: Value | None) -> tuple[Row, ...]:
    return tuple(row for row in rows_in(value) if not row.is_empty)


def _numbers(value: Value | None, part: str) -> list[Decimal]:
    return list(_as_numbers(_cells(value, part)))


def _cells(value: Value | None, part: str) -> list[Value | CellValue | None]:
    return [row.cells.get(part) for row in rows_in(value)] if part else [value]


def _as_numbers(cells: Sequence[Value | CellValue | None]) -> Iterator[Decimal]:
    for cell in cells:
        if isinstance(cell, Money):
            yield Decimal(cell.minor).scaleb(-get_currency_precision(cell.currency))
        elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            yield Decimal(cell)


def _rounded(figure: Decimal | None, places: int) -> Decimal | None:
    if figure is None:
        return None
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
