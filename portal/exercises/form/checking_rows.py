"""What must be there in the rows of a table before it is sent."""

from collections import Counter

from portal.exercises.form.definition import RowsField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.messages import Problem, UnreadableError, problem_at
from portal.exercises.form.naming import Place
from portal.exercises.form.reading_cells import limits
from portal.exercises.form.reading_rows import ROW_NAME
from portal.exercises.form.values import Row, fixed_labels, has_own_label


def row_problems(field: RowsField, begun: tuple[Row, ...]) -> list[Problem]:
    """What is missing or too much, row by row; rows with nothing in them are passed over."""
    problems = (
        _number_of_rows(field, begun) if isinstance(field, TableField) else _days(field, begun)
    )
    for row in begun:
        problems += _in_row(field, row)
    return problems + _untouched(field, begun)


def _number_of_rows(field: TableField, begun: tuple[Row, ...]) -> list[Problem]:
    own = [row for row in begun if row.row_id not in fixed_labels(field)]
    if len(own) < field.rows.min:
        trouble = UnreadableError("rows_too_few", min=field.rows.min)
    elif len(own) > field.rows.max:
        trouble = UnreadableError("rows_too_many", max=field.rows.max)
    else:
        return []
    return [problem_at(Place(field.key), trouble)]


def _days(field: DailyEntryField, begun: tuple[Row, ...]) -> list[Problem]:
    times = Counter(row.day for row in begun)
    problems = []
    for row in begun:
        place = Place(field.key, row.row_id, "day")
        if row.day is None:
            problems.append(problem_at(place, UnreadableError("day_unknown")))
        elif field.per_day == "one" and times[row.day] > 1:
            problems.append(problem_at(place, UnreadableError("day_taken")))
    return problems


def _in_row(field: RowsField, row: Row) -> list[Problem]:
    problems = []
    for column in field.columns:
        value = row.cells.get(column.key)
        if value is None:
            trouble = UnreadableError("cell_required") if column.required else None
        else:
            trouble = limits(column, value)
        if trouble:
            problems.append(problem_at(Place(field.key, row.row_id, column.key), trouble))
    return problems + _name_of(field, row)


def _name_of(field: RowsField, row: Row) -> list[Problem]:
    if not has_own_label(field, row.row_id):
        return []
    trouble = limits(ROW_NAME, row.label) if row.label else UnreadableError("row_needs_name")
    return [problem_at(Place(field.key, row.row_id, "label"), trouble)] if trouble else []


def _untouched(field: RowsField, begun: tuple[Row, ...]) -> list[Problem]:
    """Named rows may stay empty, except where a column asks something of every row."""
    written = {row.row_id for row in begun}
    return [
        problem_at(Place(field.key, row_id, column.key), UnreadableError("fixed_cell_required"))
        for row_id in fixed_labels(field)
        if row_id not in written
        for column in field.columns
        if column.required
    ]
