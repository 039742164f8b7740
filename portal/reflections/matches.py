"""The lines that suit both: all that a shared list ever shows of two private ones."""

from collections.abc import Sequence

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import TableField
from portal.exercises.form.values import Value, fixed_labels, rows_in


def matching_lines(field: Field, values: Sequence[Value]) -> tuple[str, ...]:
    """The fixed rows that both marked; no number, no column, no count, no row of one's own."""
    if not isinstance(field, TableField) or field.reveal is None or len(values) < 2:
        return ()
    column, wanted = field.reveal.column, set(field.reveal.match)
    marked = [
        {row.row_id for row in rows_in(value) if row.cells.get(column) in wanted}
        for value in values
    ]
    both = set.intersection(*marked)
    return tuple(label for key, label in fixed_labels(field).items() if key in both)
