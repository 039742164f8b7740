"""How an answer is shown to somebody who may read it: labels, names, dates and amounts in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision

from portal.exercises.form.definition import AnyColumn, Field, Option, RowsField
from portal.exercises.form.fields import DailyEntryField, ScaleField, TableField
from portal.exercises.form.reading_cells import Asked
from portal.exercises.form.values import (
    CellValue,
    Money,
    People,
    Row,
    Value,
    fixed_labels,
    in_order,
    rows_in,
)

PERSONS = {"both": "Both of us", "other": "Someone else", "nobody": "Nobody yet"}


@dataclass(frozen=True)
class Shown:
    """An answer ready to be read, on a page or on paper."""

    kind: Literal["text", "line", "lines", "scale", "grid", "nothing"]
    text: str = ""
    low: str = ""
    high: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by_day: bool = False


@dataclass(frozen=True)
class _Reader:
    people: People
    locale: str

    def cell(self, asked: Asked, value: CellValue | None) -> str:
        """One answer in one line."""
        if value is None:
            return ""
        if isinstance(value, tuple):
            return ", ".join(self.label(asked, part) for part in value)
        if isinstance(value, str):
            return self.label(asked, value)
        return self.number(asked, value)

    def label(self, asked: Asked, value: str) -> str:
        """What an answer is called: an option by its label, a person by the first name."""
        if asked.type == "person":
            names = {"a": self.people.a, "b": self.people.b, **PERSONS}
            return names.get(value, value)
        options: tuple[Option, ...] = getattr(asked, "options", ())
        return next((option.label for option in options if option.value == value), value)

    def number(self, asked: Asked, value: int | Decimal | date | Money) -> str:
        """Numbers, days and amounts as they are written in this language."""
        if value is True:
            return "Yes"
        if isinstance(value, date):
            return str(format_date(value, "long", locale=self.locale))
        if isinstance(value, Money):
            digits = get_currency_precision(value.currency)
            amount = Decimal(value.minor).scaleb(-digits)
            return str(format_currency(amount, value.currency, locale=self.locale))
        unit = getattr(asked, "unit", "")
        written = str(format_decimal(value, locale=self.locale, decimal_quantization=False))
        return f"{written} {unit}".strip()


def spoken(locale: str) -> str:
    """Our English is British: the day before the month, and a clock of 24 hours."""
    return "en_GB" if locale == "en" else locale


def shown(
    field: Field,
    value: Value | None,
    people: People,
    locale: str,
    first_day: date | None = None,
) -> Shown:
    """The answer as it is read; a diary names its days where the first day is known."""
    reader = _Reader(people, spoken(locale))
    if isinstance(field, TableField | DailyEntryField):
        return _grid(field, rows_in(value), reader, first_day)
    if value is None or field.type == "info":
        return Shown("nothing")
    if isinstance(field, ScaleField):
        return Shown("scale", text=str(value), low=field.scale.low, high=field.scale.high)
    if isinstance(value, tuple):
        parts = tuple(part for part in value if isinstance(part, str))
        return Shown("lines", lines=tuple(reader.label(field, part) for part in parts))
    kind: Literal["text", "line"] = "text" if field.type == "long_text" else "line"
    return Shown(kind, text=reader.cell(field, value))


def _grid(
    field: RowsField, rows: tuple[Row, ...], reader: _Reader, first_day: date | None
) -> Shown:
    written = [row for row in rows if not row.is_empty]
    if not written:
        return Shown("nothing")
    ordered = in_order(field, tuple(written))
    if isinstance(field, DailyEntryField):
        ordered = tuple(sorted(ordered, key=lambda row: row.day or 0))
    return Shown(
        "grid",
        columns=tuple(column.label for column in field.columns),
        rows=tuple(
            (_row_label(field, row, reader, first_day), _cells(field.columns, row, reader))
            for row in ordered
        ),
        by_day=isinstance(field, DailyEntryField),
    )


def _cells(columns: tuple[AnyColumn, ...], row: Row, reader: _Reader) -> tuple[str, ...]:
    return tuple(reader.cell(column, row.cells.get(column.key)) for column in columns)


def _row_label(field: RowsField, row: Row, reader: _Reader, first_day: date | None) -> str:
    if row.day is None:
        return fixed_labels(field).get(row.row_id) or row.label or ""
    if first_day is None:
        return f"Day {row.day}"
    day = first_day + timedelta(days=row.day - 1)
    return str(format_date(day, "EEEE d MMMM", locale=reader.locale))
