"""Reading an answer from the plain lists and words in which made-up stories are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from portal.exercises.form.definition import Field, RowsField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.reading_cells import Asked
from portal.exercises.form.values import (
    CellValue,
    Money,
    Row,
    Value,
    day_row_id,
    has_own_label,
    in_order,
    starter_ids,
)


@dataclass(frozen=True)
class Telling:
    """How a story writes amounts and days, and where its added rows get their ids."""

    currency: str
    new_id: Callable[[], str]
    day_of: Callable[[str], date] = date.fromisoformat


def value_from_plain(field: Field, data: Any, telling: Telling) -> Value | None:
    """The answer that a story tells; None where it tells none."""
    if isinstance(field, TableField | DailyEntryField):
        ready = iter(starter_ids(field))
        rows = tuple(
            _row(field, told, _row_id(field, told) or next(ready, ""), telling) for told in data
        )
        return in_order(field, rows) or None
    return _cell(field, data, telling)


def _row(field: RowsField, told: Mapping[str, Any], known: str, telling: Telling) -> Row:
    row_id = known or telling.new_id()
    cells = {column.key: _cell(column, told.get(column.key), telling) for column in field.columns}
    return Row(
        row_id,
        str(told["label"]) if has_own_label(field, row_id) and told.get("label") else None,
        {key: cell for key, cell in cells.items() if cell is not None},
        told.get("day") if isinstance(field, DailyEntryField) else None,
    )


def _row_id(field: RowsField, told: Mapping[str, Any]) -> str | None:
    if isinstance(field, DailyEntryField):
        return day_row_id(int(told["day"])) if field.per_day == "one" else None
    named = told.get("row")
    return str(named) if named else None


def _cell(asked: Asked, data: Any, telling: Telling) -> CellValue | None:
    if data is None or data is False or data in ("", []):
        return None
    if asked.type == "money":
        minor = Decimal(str(data)).scaleb(get_currency_precision(telling.currency))
        return Money(int(minor), telling.currency)
    if asked.type == "number":
        return Decimal(str(data))
    if asked.type == "date":
        return data if isinstance(data, date) else telling.day_of(str(data))
    return _words(asked, data)


def _words(asked: Asked, data: Any) -> CellValue:
    if isinstance(data, list):
        options = [option.value for option in getattr(asked, "options", ())]
        return tuple(sorted((str(part) for part in data), key=options.index))
    return data if isinstance(data, int) else str(data)
