"""What an answer is, once it has been read: typed, frozen, and the same whoever looks at it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.exercises.form.definition import Field, RowsField, TableField

MOST_ENTRIES = 400  # in one diary, so that a page stays a page


@dataclass(frozen=True)
class Money:
    """An amount in the smallest unit of its currency."""

    minor: int
    currency: str


CellValue = str | int | bool | Decimal | date | Money | tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of a table or one entry of a diary; its id never changes."""

    row_id: str
    label: str | None = None
    cells: Mapping[str, CellValue] = dataclasses.field(default_factory=dict)
    day: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in this row."""
        return not self.cells and not self.label


Value = CellValue | tuple[Row, ...]
Values = Mapping[str, Value]


@dataclass(frozen=True)
class People:
    """The two first names, in the order of the couple's record."""

    a: str
    b: str


def rows_in(value: Value | None) -> tuple[Row, ...]:
    """The rows of an answer; none where it is not a table."""
    if not isinstance(value, tuple):
        return ()
    return tuple(row for row in value if isinstance(row, Row))


def starter_ids(field: Field) -> tuple[str, ...]:
    """The rows that stand in a table before anybody adds one, where it has no named rows."""
    if not isinstance(field, TableField) or field.rows.fixed:
        return ()
    return tuple(f"start-{number}" for number in range(1, max(field.rows.min, 1) + 1))


def fixed_labels(field: Field) -> dict[str, str]:
    """The named rows of a table, by their keys."""
    if not isinstance(field, TableField):
        return {}
    return {row.key: row.label for row in field.rows.fixed}


def day_row_id(day: int) -> str:
    """The id of the one entry of a day, the same on every device."""
    return f"day-{day}"


def day_of_row(row_id: str) -> int | None:
    """The day that such an id names."""
    number = row_id.removeprefix("day-")
    known = row_id.startswith("day-") and number.isascii() and number.isdigit()
    return int(number) if known and len(number) < 5 and day_row_id(int(number)) == row_id else None


def is_permanent(field: RowsField, row_id: str) -> bool:
    """Whether a row belongs to the form itself, so that it goes when empty and comes back."""
    if isinstance(field, TableField):
        return row_id in fixed_labels(field) or row_id in starter_ids(field)
    return field.per_day == "one"


def has_own_label(field: Field, row_id: str) -> bool:
    """Whether a person names this row: one that was added below named rows."""
    fixed = fixed_labels(field)
    return bool(fixed) and row_id not in fixed


def most_added(field: RowsField) -> int:
    """How many rows a person may add to those that stand there anyway."""
    if isinstance(field, TableField):
        return max(field.rows.max - len(starter_ids(field)), 0)
    return 0 if field.per_day == "one" else MOST_ENTRIES


def in_order(field: RowsField, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows as the form keeps them: its own first and in its order, then the others as added."""
    known = {
        row_id: place for place, row_id in enumerate((*fixed_labels(field), *starter_ids(field)))
    }
    if not isinstance(field, TableField) and field.per_day == "one":
        return tuple(sorted(rows, key=lambda row: row.day or 0))
    return tuple(sorted(rows, key=lambda row: known.get(row.row_id, len(known))))
