"""The sample's answers, from the way they are written down to the way the form keeps them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from babel.numbers import get_currency_precision

from portal.exercises.form.definition import AnyColumn, Field
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.values import CellValue, Money, Row, Value, day_row_id, starter_ids
from portal.sample.days import Calendar, is_day


def values_of(
    fields: Sequence[Field], written: Mapping[str, Any], calendar: Calendar, currency: str
) -> dict[str, Value]:
    """Every answer of one submission; a field that the exercise does not ask is a fault."""
    asked = {field.key: field for field in fields}
    unknown = written.keys() - asked.keys()
    if unknown:
        raise ValueError(f"the sample answers what is not asked: {sorted(unknown)}")
    reader = _Reader(calendar, currency)
    return {key: reader.value(asked[key], given) for key, given in written.items()}


class _Reader:
    def __init__(self, calendar: Calendar, currency: str) -> None:
        self.calendar, self.currency = calendar, currency

    def value(self, field: Field, given: Any) -> Value:
        """One answer."""
        if isinstance(field, TableField):
            return self._table(field, given)
        if isinstance(field, DailyEntryField):
            return tuple(self._entry(field, row) for row in given)
        return self.cell(field, given)

    def cell(self, asked: Field | AnyColumn, given: Any) -> CellValue:
        """One box."""
        kind = asked.type
        if kind == "money":
            digits = get_currency_precision(self.currency)
            return Money(int(Decimal(str(given)).scaleb(digits)), self.currency)
        if kind == "number":
            return Decimal(str(given))
        if kind == "date" and is_day(given):
            return self.calendar.day(given)
        if kind in ("multi_choice", "checklist"):
            return tuple(str(one) for one in given)
        if kind in ("scale", "checkbox"):
            return given  # type: ignore[no-any-return]
        return str(given)

    def _table(self, field: TableField, given: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
        own = list(starter_ids(field))
        rows = []
        for row in given:
            key = row.get("row")
            row_id = str(key) if key else (own.pop(0) if own else uuid4().hex[:12])
            label = row.get("label") if "row" in row else None
            rows.append(Row(row_id, label, self._cells(field, row)))
        return tuple(rows)

    def _entry(self, field: DailyEntryField, row: Mapping[str, Any]) -> Row:
        day = int(row["day"])
        row_id = day_row_id(day) if field.per_day == "one" else uuid4().hex[:12]
        return Row(row_id, None, self._cells(field, row), day)

    def _cells(
        self, field: TableField | DailyEntryField, row: Mapping[str, Any]
    ) -> dict[str, CellValue]:
        columns = {column.key: column for column in field.columns}
        return {
            key: self.cell(columns[key], given)
            for key, given in row.items()
            if key in columns and given is not None and given is not False
        }
