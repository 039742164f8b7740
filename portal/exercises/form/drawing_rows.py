"""Drawing the rows of a table or diary: its own, those that were added, and the days so far."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from babel.dates import format_date

from portal.exercises.form.cards import BoxCard, ChoiceCard, RowCard
from portal.exercises.form.definition import RowsField
from portal.exercises.form.drawing_cells import Setting, Written, box_card
from portal.exercises.form.fields import DailyEntryField
from portal.exercises.form.naming import Place, day_stood_box, element_id, remove_button
from portal.exercises.form.reading_rows import ROW_NAME
from portal.exercises.form.values import (
    Row,
    day_of_row,
    day_row_id,
    fixed_labels,
    has_own_label,
    in_order,
    is_permanent,
    most_added,
    starter_ids,
)

MOST_SAID = 90


def row_cards(
    field: RowsField, rows: tuple[Row, ...], written: Written, setting: Setting
) -> tuple[RowCard, ...]:
    """The rows as they are drawn, with those of the form itself standing ready."""
    there = {row.row_id: row for row in rows}
    for row_id in (*_standing(field, setting), *_typed_in(field, written)):
        there.setdefault(row_id, Row(row_id, day=day_of_row(row_id)))
    ordered = in_order(field, tuple(there.values()))
    return tuple(
        _row_card(field, row, number, written, setting) for number, row in enumerate(ordered, 1)
    )


def may_add(field: RowsField, rows: tuple[Row, ...]) -> bool:
    """Whether a button for one more row is drawn."""
    added = sum(not is_permanent(field, row.row_id) for row in rows)
    return added < most_added(field)


def day_label(day: int, setting: Setting) -> str:
    """The date of one day of the run; empty where the run has no first day yet."""
    if setting.first_day is None:
        return ""
    return str(
        format_date(
            setting.first_day + timedelta(days=day - 1), "EEEE d MMMM", locale=setting.locale
        )
    )


def _standing(field: RowsField, setting: Setting) -> tuple[str, ...]:
    if not isinstance(field, DailyEntryField):
        return (*fixed_labels(field), *starter_ids(field))
    days = range(1, min(setting.today, setting.days) + 1)
    return tuple(day_row_id(day) for day in days) if field.per_day == "one" else ()


def _typed_in(field: RowsField, written: Written) -> tuple[str, ...]:
    """The form's own rows in which something stands that was not understood, and maybe nothing else.

    A day that is to come again, for somebody who has flown west, is drawn all the same.
    """
    boxes = (name.split(".") for name in written.typed if name.startswith(f"f.{field.key}."))
    rows = dict.fromkeys(parts[2] for parts in boxes if len(parts) == 4)
    return tuple(row_id for row_id in rows if is_permanent(field, row_id))


def _row_card(
    field: RowsField, row: Row, number: int, written: Written, setting: Setting
) -> RowCard:
    cells = tuple(
        box_card(
            column,
            Place(field.key, row.row_id, column.key),
            row.cells.get(column.key),
            written,
            setting,
        )
        for column in field.columns
    )
    fixed: Mapping[str, str] = fixed_labels(field)
    permanent = is_permanent(field, row.row_id)
    own = _own_boxes(field, row, written, setting)
    is_today = row.day == min(setting.today, setting.days)
    has_trouble = any(box.problems for box in (*own, *cells))
    return RowCard(
        row_id=row.row_id,
        id=element_id(Place(field.key, row.row_id).box),
        number=number,
        label=fixed.get(row.row_id, ""),
        cells=cells,
        own=own,
        remove_name=None if permanent else remove_button(field.key, row.row_id),
        day=row.day,
        day_label=day_label(row.day, setting) if row.day else "",
        day_stood_name=day_stood_box(field.key, row.row_id) if row.day and own else "",
        holds=_holds(cells),
        is_today=is_today,
        is_open=row.day is None or is_today or has_trouble,
    )


def _holds(cells: tuple[BoxCard, ...]) -> str:
    """What a row holds in one short line, so that a folded one need not be opened to be known."""
    said = " · ".join(words for box in cells if (words := _in_words(box)))
    return said if len(said) <= MOST_SAID else f"{said[:MOST_SAID].rsplit(' ', 1)[0]} …"


def _in_words(box: BoxCard) -> str:
    """What stands in one box; a number by its question, for alone it says nothing."""
    chosen = [choice.label for choice in box.choices if choice.chosen]
    if box.kind == "scale":
        return f"{box.label}: {chosen[0]}" if chosen else ""
    if box.kind == "number":
        text = f"{box.text} {box.unit}".strip() if box.unit else f"{box.label}: {box.text}"
        return text if box.text else ""
    return ", ".join(chosen) or " ".join(box.text.split())


def _own_boxes(
    field: RowsField, row: Row, written: Written, setting: Setting
) -> tuple[BoxCard, ...]:
    if has_own_label(field, row.row_id):
        place = Place(field.key, row.row_id, "label")
        return (replace(box_card(ROW_NAME, place, row.label, written, setting), label=""),)
    if isinstance(field, DailyEntryField) and field.per_day == "many":
        return (_day_box(field, row, written, setting),)
    return ()


def _day_box(field: RowsField, row: Row, written: Written, setting: Setting) -> BoxCard:
    place = Place(field.key, row.row_id, "day")
    days = range(1, max(min(setting.today, setting.days), row.day or 1) + 1)
    return BoxCard(
        kind="select",
        name=place.box,
        id=element_id(place.box),
        label="",
        required=True,
        choices=tuple(
            ChoiceCard(
                str(day), day_label(day, setting), element_id(place.box, str(day)), day == row.day
            )
            for day in days
        ),
        problems=written.at(place),
    )
