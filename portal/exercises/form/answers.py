"""How an answer is kept as text and comes back the same, whole or row by row."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portal.exercises.form.definition import AnyColumn, Field, RowsField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.values import CellValue, Money, Row, Value, rows_in


class NotAnAnswerError(ValueError):
    """What was kept is no answer to this question."""


def to_json(field: Field, value: Value) -> str:
    """One answer as it is kept."""
    if isinstance(field, TableField | DailyEntryField):
        return _text(
            [{"row": row_id, **json.loads(kept)} for row_id, kept in rows_of(field, value)]
        )
    return _text(_plain(value))


def from_json(field: Field, text: str) -> Value:
    """The answer that was kept; NotAnAnswerError where it does not fit the question."""
    data = _loaded(text)
    if not isinstance(field, TableField | DailyEntryField):
        return _typed(field, data)
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise NotAnAnswerError(field.key)
    rows = [(str(row.get("row")), _text({k: row[k] for k in row if k != "row"})) for row in data]
    return from_rows(field, rows)


def rows_of(field: RowsField, value: Value) -> list[tuple[str, str]]:
    """The rows of an answer, each to be kept on its own under its id; the place is kept inside."""
    kept = []
    for place, row in enumerate(rows_in(value)):
        cells = {
            column.key: row.cells[column.key] for column in field.columns if column.key in row.cells
        }
        data: dict[str, Any] = {"place": place, "cells": {k: _plain(v) for k, v in cells.items()}}
        if row.label is not None:
            data["label"] = row.label
        if row.day is not None:
            data["day"] = row.day
        kept.append((row.row_id, _text(data)))
    return kept


def from_rows(field: RowsField, kept: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    """The rows in the order in which they stood, however they were found."""
    columns = {column.key: column for column in field.columns}
    placed = sorted(
        ((_row(field, columns, row_id, _loaded(text))) for row_id, text in kept), key=_place
    )
    return tuple(row for _, row in placed)


def _place(placed: tuple[int, Row]) -> int:
    return placed[0]


def _row(
    field: RowsField, columns: Mapping[str, AnyColumn], row_id: str, data: Any
) -> tuple[int, Row]:
    try:
        cells = {key: _typed(columns[key], cell) for key, cell in data["cells"].items()}
        row = Row(row_id, data.get("label"), cells, data.get("day"))
        return int(data["place"]), row
    except (KeyError, TypeError, AttributeError) as error:
        raise NotAnAnswerError(f"{field.key}.{row_id}") from error


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise NotAnAnswerError("unreadable") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(asked: Field | AnyColumn, data: Any) -> CellValue:
    try:
        return READERS.get(asked.type, _words)(data)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise NotAnAnswerError(asked.key) from error


def _words(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data


def _whole(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise TypeError
    return data


def _ticked(data: Any) -> bool:
    if data is not True:
        raise TypeError
    return True


def _several(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list):
        raise TypeError
    return tuple(_words(item) for item in data)


def _money(data: Any) -> Money:
    return Money(_whole(data["minor"]), _words(data["currency"]))


READERS: Mapping[str, Callable[[Any], CellValue]] = {
    "scale": _whole,
    "number": lambda data: Decimal(_words(data)),
    "date": lambda data: date.fromisoformat(_words(data)),
    "money": _money,
    "checkbox": _ticked,
    "multi_choice": _several,
    "checklist": _several,
}
