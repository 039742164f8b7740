"""Reading the rows of a table or diary: none is lost, doubled or moved, whatever was pressed."""

from portal.exercises.form import naming
from portal.exercises.form.definition import RowsField
from portal.exercises.form.fields import DailyEntryField, PlainColumn
from portal.exercises.form.messages import UnreadableError
from portal.exercises.form.naming import Place
from portal.exercises.form.sheet import Sheet
from portal.exercises.form.values import (
    CellValue,
    Row,
    day_of_row,
    fixed_labels,
    has_own_label,
    in_order,
    is_permanent,
    most_added,
)

ROW_NAME = PlainColumn(key="name", label="-", required=False, type="short_text")


def read_rows(field: RowsField, sheet: Sheet) -> tuple[Row, ...] | None:
    """The rows as they stand after this form, with a new one where that was asked for."""
    rows = [_row(field, row_id, sheet) for row_id in _row_ids(field, sheet)]
    kept = [row for row in rows if not (is_permanent(field, row.row_id) and row.is_empty)]
    if naming.add_button(field.key) in sheet.raw:
        kept += _added(field, kept, sheet)
    return in_order(field, tuple(kept)) or None


def _row_ids(field: RowsField, sheet: Sheet) -> list[str]:
    """The rows that the form lists, then any that it only has boxes of, each once."""
    listed = list(sheet.raw.get(naming.rows_box(field.key), ()))
    boxes = [name.split(".") for name in sheet.raw if name.startswith(f"f.{field.key}.")]
    listed += [parts[2] for parts in boxes if len(parts) == 4]
    pressed = {row_id for row_id in listed if naming.remove_button(field.key, row_id) in sheet.raw}
    gone = pressed - set(fixed_labels(field))
    if gone:
        sheet.pressed, sheet.focus = "remove", naming.element_id(Place(field.key).box)
    return [
        row_id
        for row_id in dict.fromkeys(listed)
        if row_id not in gone and _is_row_id(field, row_id, sheet)
    ]


def _is_row_id(field: RowsField, row_id: str, sheet: Sheet) -> bool:
    if isinstance(field, DailyEntryField) and field.per_day == "one":
        return (day_of_row(row_id) or 0) in range(1, sheet.ctx.days + 1)
    return naming.ROW_ID.fullmatch(row_id) is not None


def _row(field: RowsField, row_id: str, sheet: Sheet) -> Row:
    cells: dict[str, CellValue] = {}
    for column in field.columns:
        value = sheet.box(column, Place(field.key, row_id, column.key))
        if value is not None:
            cells[column.key] = value
    return Row(row_id, _label(field, row_id, sheet), cells, _day(field, row_id, sheet))


def _label(field: RowsField, row_id: str, sheet: Sheet) -> str | None:
    if not has_own_label(field, row_id):
        return None
    written = sheet.box(ROW_NAME, Place(field.key, row_id, "label"))
    return written if isinstance(written, str) else None


def _day(field: RowsField, row_id: str, sheet: Sheet) -> int | None:
    if not isinstance(field, DailyEntryField):
        return None
    if field.per_day == "one":
        return day_of_row(row_id)
    place = Place(field.key, row_id, "day")
    given = (sheet.raw.get(place.box) or ("",))[0]
    stood = _day_it_stood_on(field, row_id, sheet)
    if given in map(str, range(1, min(sheet.ctx.days, sheet.ctx.today) + 1)):
        return int(given)
    if stood is not None and given == str(stood):
        return stood
    sheet.typed[place.box] = (given,)
    to_come = given in map(str, range(1, sheet.ctx.days + 1))
    sheet.note(place, UnreadableError("day_to_come" if to_come else "day_unknown"))
    return stood


def _day_it_stood_on(field: RowsField, row_id: str, sheet: Sheet) -> int | None:
    """The day that an entry has already; further west it may be one that is still to come."""
    given = (sheet.raw.get(naming.day_stood_box(field.key, row_id)) or ("",))[0]
    return int(given) if given in map(str, range(1, sheet.ctx.days + 1)) else None


def _added(field: RowsField, kept: list[Row], sheet: Sheet) -> list[Row]:
    """One more row, unless the table is full; the page then goes to where it begins."""
    added = [row for row in kept if not is_permanent(field, row.row_id)]
    sheet.pressed = "add"
    if len(added) >= most_added(field):
        sheet.note(Place(field.key), UnreadableError("rows_full"))
        return []
    day = min(sheet.ctx.today, sheet.ctx.days) if isinstance(field, DailyEntryField) else None
    row = Row(sheet.ctx.new_id(), None, {}, day)
    sheet.focus = first_box_id(field, row)
    return [row]


def first_box_id(field: RowsField, row: Row) -> str:
    """Where somebody begins to write in a new row."""
    column = field.columns[0].key
    if has_own_label(field, row.row_id):
        column = "label"
    if isinstance(field, DailyEntryField):
        column = "day"
    return naming.element_id(Place(field.key, row.row_id, column).box)
