"""Whether a value can be the answer to a question."""

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import columns_of, fixed_rows, values_of
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    as_list,
    as_map,
    doubles,
    in_step,
    is_number,
    is_text,
    is_whole,
    maps,
    text,
)
from portal.exercises.catalogue.stories.moments import UNKNOWN, day_of

SHORT = 200


def wrong_answer(field: NodeMap, value: Node) -> str:
    """Why this cannot be the answer to this question or column, or nothing."""
    kind = text(field.get("type"))
    if kind == "table":
        return wrong_table(field, value)
    if kind == "daily_entry":
        return wrong_log(field, value)
    if kind in {"multi_choice", "checklist"}:
        return wrong_list(field, value)
    return "" if fits(kind, field, value) else f"cannot be {value!r:.60}"


def fits(kind: str, field: NodeMap, value: Node) -> bool:
    """Whether a single value is of the kind that a question asks for."""
    if kind in {"short_text", "long_text"}:
        return is_text(value) and (kind == "long_text" or len(value) <= SHORT)
    if kind in {"scale", "number", "money"}:
        return fits_number(kind, field, value)
    if kind == "single_choice":
        return value in values_of(field)
    if kind == "person":
        return value in known.PERSONS
    if kind == "date":
        return day_of(value) != UNKNOWN
    return kind == "checkbox" and isinstance(value, bool)


def fits_number(kind: str, field: NodeMap, value: Node) -> bool:
    """Whether a number lies where the question allows."""
    if kind == "scale":
        return is_whole(value) and in_step(0, value) and in_step(value, 10)
    if not is_number(value):
        return False
    if kind == "money":
        return bool(value >= 0) and round(value, 2) == value
    low, high = field.get("min"), field.get("max")
    return (low is None or bool(low <= value)) and (high is None or bool(value <= high))


def wrong_list(field: NodeMap, value: Node) -> str:
    """Why these cannot be the ticks of a choice, or nothing."""
    ticks = as_list(value)
    if not isinstance(value, list) or any(tick not in values_of(field) for tick in ticks):
        return f"ticks something that is not offered: {value!r:.60}"
    if doubles(ticks):
        return "ticks something twice"
    most = field.get("max_choices", len(ticks))
    return "" if in_step(len(ticks), most) else f"ticks more than {most}"


def wrong_table(field: NodeMap, value: Node) -> str:
    """Why these cannot be the rows of a table, or nothing."""
    rows, fixed = as_map(field.get("rows")), fixed_rows(field)
    given = maps(value)
    if not isinstance(value, list) or len(given) != len(value):
        return "is not a list of rows"
    named = [row.get("row") for row in given if row.get("row") is not None]
    if doubles(named) or any(name not in fixed for name in named):
        return f"has a row that the table does not name, or one twice: {named!r:.60}"
    added = [row for row in given if row.get("row") is None]
    if not in_step(rows.get("min", 0), len(added)) or not in_step(len(added), rows.get("max", 0)):
        return f"has {len(added)} added rows"
    if len(named) < len(fixed) and any(c.get("required") is True for c in columns_of(field)):
        return "leaves out a row that must be answered"
    if fixed and not all(is_text(row.get("label")) for row in added):
        return "has an added row without a label"
    extra = {"row", "label"} if fixed else set[str]()
    return next(filter(None, (wrong_row(field, row, extra) for row in given)), "")


def wrong_log(field: NodeMap, value: Node) -> str:
    """Why these cannot be the entries of a daily log, or nothing."""
    entries = maps(value)
    if not isinstance(value, list) or len(entries) != len(value):
        return "is not a list of entries"
    if field.get("per_day") == "one" and doubles([entry.get("day") for entry in entries]):
        return "has two entries of one day"
    return next(filter(None, (wrong_row(field, entry, {"day"}) for entry in entries)), "")


def wrong_row(field: NodeMap, row: NodeMap, extra: set[str]) -> str:
    """Why this row does not fit its columns, or nothing."""
    columns = {text(column.get("key")): column for column in columns_of(field)}
    for key in row:
        if key not in columns and key not in extra:
            return f"has an unknown column: {key!r}"
    for key, column in columns.items():
        if key not in row:
            if column.get("required") is True:
                return f"lacks the column {key!r}"
        elif reason := wrong_answer(column, row[key]):
            return f"{key} {reason}"
    return ""
