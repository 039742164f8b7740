"""Made-up answers of every kind, in the form in which they are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from portal.exercises.form.definition import AnyColumn, Field, RowsField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.typed_text import on_one_line, tidy
from portal.exercises.form.values import (
    CellValue,
    Money,
    Row,
    Value,
    day_row_id,
    has_own_label,
    in_order,
    is_permanent,
    most_added,
    starter_ids,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} %(max)s %s",
    "\u202eright to left\u202c دلم تنگ شده",
    "😅 👩‍👩‍👦 Pączek, Inis Oírr",
    "\n\nfirst lines are empty",
    "</textarea></form>",
    "a" * 500,
)
LETTERS = st.text(max_size=60) | st.sampled_from(HOSTILE)
LONG = LETTERS.map(tidy).filter(lambda text: text.strip())
SHORT = LETTERS.map(tidy).map(on_one_line).filter(bool)
NUMBERS = st.decimals(-(10**12), 10**12, places=3) | st.integers(-(10**9), 10**9).map(Decimal)
AMOUNTS = st.builds(Money, st.integers(0, 10**11), st.sampled_from(["GBP", "EUR", "JPY", "KWD"]))
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "short_text": SHORT,
    "long_text": LONG,
    "scale": st.integers(0, 10),
    "number": NUMBERS,
    "money": AMOUNTS,
    "date": st.dates(date(1000, 1, 1), date(9999, 12, 31)),
    "person": st.sampled_from(["a", "b", "both", "other", "nobody"]),
    "checkbox": st.just(True),
}


def cell_of(asked: Field | AnyColumn) -> st.SearchStrategy[CellValue]:
    """Any answer that fits one box."""
    if asked.type in SIMPLE:
        return SIMPLE[asked.type]
    values = [option.value for option in getattr(asked, "options", ())]
    if asked.type == "single_choice":
        return st.sampled_from(values)
    some = st.sets(st.sampled_from(values), min_size=1)
    return some.map(lambda chosen: tuple(value for value in values if value in chosen))


def answer_of(field: Field) -> st.SearchStrategy[Value]:
    """Any answer that fits one question, many rows and odd orders included."""
    if isinstance(field, TableField | DailyEntryField):
        return rows_of_any(field)
    return cell_of(field)


@st.composite
def rows_of_any(draw: st.DrawFn, field: RowsField) -> tuple[Row, ...]:
    """Rows of which some are the form's own, some were added, and some are empty."""
    ids = st.text("abcdefXYZ019_-", min_size=3, max_size=12).map(lambda text: f"z{text}")
    added = draw(st.lists(ids, max_size=min(most_added(field), 4), unique=True))
    own = draw(st.sets(st.sampled_from(own_ids(field)))) if own_ids(field) else set()
    rows = [draw(row_of(field, row_id)) for row_id in (*own, *added)]
    kept = [row for row in rows if not (is_permanent(field, row.row_id) and row.is_empty)]
    return in_order(field, tuple(kept)) or (draw(row_of(field, *own_ids(field)[:1], full=True)),)


def own_ids(field: RowsField) -> list[str]:
    """The rows that a form has before anybody adds one."""
    if isinstance(field, DailyEntryField):
        return [day_row_id(day) for day in range(1, 13)] if field.per_day == "one" else []
    return [*(row.key for row in field.rows.fixed), *starter_ids(field)]


@st.composite
def row_of(draw: st.DrawFn, field: RowsField, row_id: str = "zfirst", *, full: bool = False) -> Row:
    """One row with some of its cells filled."""
    cells: dict[str, CellValue] = {}
    for column in field.columns:
        if full or draw(st.booleans()):
            cells[column.key] = draw(cell_of(column))
    named = has_own_label(field, row_id) and (full or draw(st.booleans()))
    return Row(row_id, draw(SHORT) if named else None, cells, draw(day_of(field, row_id)))


def day_of(field: RowsField, row_id: str) -> st.SearchStrategy[int | None]:
    """The day that an entry is about."""
    if not isinstance(field, DailyEntryField):
        return st.none()
    if field.per_day == "one":
        return st.just(int(row_id.removeprefix("day-")))
    return st.integers(1, 12)
