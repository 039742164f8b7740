"""Checks 3 and 4: each question is of a known type and carries what that type needs."""

import re
from collections.abc import Iterator
from functools import partial

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import (
    columns_of,
    fields_of,
    fixed_rows,
    question_lists,
    values_of,
)
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    NodeMap,
    as_list,
    as_map,
    doubles,
    in_step,
    is_text,
    is_whole,
    maps,
    text,
)

KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
EVERY_FIELD = ("key", "label", "help", "type")
BASE = {
    "info": (*EVERY_FIELD, "show_if"),
    "other": (*EVERY_FIELD, "required", "visibility", "show_if"),
}
# Keys that belong to one way of working, and what may stand there.
SPECIAL = {
    "when": ("cadence", "daily", ("start", "end")),
    "carry_forward": ("cadence", "weekly", (True,)),
    "respondent": ("mode", "joint", ("each",)),
}


def check_fields(source: Source) -> Iterator[Fault]:
    """The questions of every exercise, and those that are added to each."""
    for path, place, exercise in question_lists(source):
        yield from check_exercise_fields(path, place, exercise)


def check_exercise_fields(path: str, name: str, exercise: NodeMap) -> Iterator[Fault]:
    """The questions of one exercise."""
    fields = fields_of(exercise)
    for twice in doubles([field.get("key") for field in fields]):
        yield Fault(3, path, f"{name}.{twice}", "is the key of two fields")
    logs = [field for field in fields if field.get("type") == "daily_entry"]
    if len(logs) != (1 if exercise.get("cadence") == "daily" else 0):
        yield Fault(3, path, name, "daily work has one daily_entry, other work none")
    for at, field in enumerate(fields):
        place = f"{name}[{at}]"
        yield from check_field(path, place, field, exercise)
        yield from check_type_parts(path, place, field)
        for below, column in enumerate(columns_of(field)):
            yield from check_column(path, f"{place}.columns[{below}]", column)


def check_field(path: str, place: str, field: NodeMap, exercise: NodeMap) -> Iterator[Fault]:
    """One question's keys."""
    fault = partial(Fault, 3, path)
    yield from check_names(path, place, field)
    kind = text(field.get("type"))
    if kind not in known.FIELD_TYPES:
        yield fault(f"{place}.type", f"is not a known type: {field.get('type')!r}")
        return
    base = BASE.get(kind, BASE["other"])
    own = known.FIELD_TYPES[kind]
    for key in field:
        if key in SPECIAL:
            yield from check_special(path, place, field, exercise, key)
        elif key not in base and key not in own:
            yield fault(f"{place}.{key}", f"does not belong to a field of type {kind}")
    needed = set(base) - {"show_if"} | set(own) - set(known.MAY_BE_LEFT_OUT)
    for key in sorted(needed - set(field)):
        yield fault(f"{place}.{key}", "is missing")
    if kind != "info":
        yield from check_answering(path, place, field)


def check_answering(path: str, place: str, field: NodeMap) -> Iterator[Fault]:
    """Whether a question must be answered, and for whose eyes."""
    if "required" in field and not isinstance(field["required"], bool):
        yield Fault(3, path, f"{place}.required", "is neither true nor false")
    if "visibility" in field and text(field["visibility"]) not in known.AUDIENCES:
        yield Fault(3, path, f"{place}.visibility", f"is unknown: {field['visibility']!r}")


def check_names(path: str, place: str, node: NodeMap) -> Iterator[Fault]:
    """The key and the words of a question or column."""
    if not KEY.fullmatch(text(node.get("key"))):
        yield Fault(3, path, f"{place}.key", f"is not a lower-case key: {node.get('key')!r}")
    for words in ("label", "help"):
        if words in node and not is_text(node[words]):
            yield Fault(3, path, f"{place}.{words}", "has no words")


def check_special(
    path: str, place: str, field: NodeMap, exercise: NodeMap, key: str
) -> Iterator[Fault]:
    """A key that belongs to daily, weekly or joint work only."""
    aspect, wanted, values = SPECIAL[key]
    if exercise.get(aspect) != wanted:
        yield Fault(3, path, f"{place}.{key}", f"belongs to {wanted} work only")
    elif field[key] not in values or field.get("type") == "daily_entry":
        yield Fault(3, path, f"{place}.{key}", f"cannot be {field[key]!r} here")


def check_column(path: str, place: str, column: NodeMap) -> Iterator[Fault]:
    """One column of a table or daily log."""
    yield from check_names(path, place, column)
    kind = text(column.get("type"))
    if kind not in known.COLUMN_TYPES:
        yield Fault(3, path, f"{place}.type", f"is not a column type: {column.get('type')!r}")
        return
    needed = ("key", "label", "type", "required", *known.COLUMN_TYPES[kind])
    for key in sorted(set(column) ^ set(needed)):
        reason = "does not belong to such a column" if key in column else "is missing"
        yield Fault(3, path, f"{place}.{key}", reason)
    if "required" in column and not isinstance(column["required"], bool):
        yield Fault(3, path, f"{place}.required", "is neither true nor false")
    yield from check_type_parts(path, place, column)


def check_type_parts(path: str, place: str, node: NodeMap) -> Iterator[Fault]:
    """The options, ends, columns and rows of a question or column (check 4)."""
    kind = text(node.get("type"))
    if kind in known.CHOICES:
        yield from check_options(path, place, node)
    elif kind == "scale":
        yield from check_scale(path, place, as_map(node.get("scale")))
    elif kind == "number" and "min" in node:
        if not (in_step(node.get("min"), node.get("max")) and is_text(node.get("unit"))):
            yield Fault(4, path, place, "needs min, max and unit, the smaller first")
    elif kind in {"table", "daily_entry"}:
        yield from check_columns(path, place, node)
    if "max_words" in node and not (is_whole(node["max_words"]) and node["max_words"] > 0):
        yield Fault(4, path, f"{place}.max_words", "is not a number of words")


def check_options(path: str, place: str, node: NodeMap) -> Iterator[Fault]:
    """What a choice offers: each value once, each with words."""
    options = maps(node.get("options"))
    if not options or len(options) != len(as_list(node.get("options"))):
        yield Fault(4, path, f"{place}.options", "is not a list of values with labels")
    for at, option in enumerate(options):
        right = set(option) == {"value", "label"} and all(map(is_text, option.values()))
        if not right:
            yield Fault(4, path, f"{place}.options[{at}]", "needs a value and a label, both text")
    for twice in doubles(values_of(node)):
        yield Fault(4, path, f"{place}.options", f"offers {twice!r} twice")
    if "max_choices" in node:
        most = node["max_choices"]
        if not is_whole(most) or not 1 <= most <= len(options):
            yield Fault(4, path, f"{place}.max_choices", "is not between one and all")


def check_scale(path: str, place: str, scale: NodeMap) -> Iterator[Fault]:
    """Eleven numbers with both ends in words."""
    if tuple(scale) != ("min", "max", "low", "high"):
        yield Fault(4, path, f"{place}.scale", "needs min, max, low and high")
    elif not is_whole(scale["min"]) or (scale["min"], scale["max"]) != (0, 10):
        yield Fault(4, path, f"{place}.scale", "does not run from 0 to 10")
    elif not (is_text(scale["low"]) and is_text(scale["high"])):
        yield Fault(4, path, f"{place}.scale", "has an end without words")


def check_columns(path: str, place: str, node: NodeMap) -> Iterator[Fault]:
    """Columns and rows, each once."""
    columns = columns_of(node)
    if not columns or len(columns) != len(as_list(node.get("columns"))):
        yield Fault(4, path, f"{place}.columns", "is not a list of columns")
    for twice in doubles([column.get("key") for column in columns]):
        yield Fault(4, path, f"{place}.columns", f"has {twice!r} twice")
    if node.get("type") == "table":
        yield from check_rows(path, place, node)
    elif text(node.get("per_day")) not in {"one", "many"}:
        yield Fault(4, path, f"{place}.per_day", "is neither one nor many")


def check_rows(path: str, place: str, node: NodeMap) -> Iterator[Fault]:
    """Named rows, rows that a person may add, or both."""
    rows = as_map(node.get("rows"))
    added = {"min", "max", "add_label"}
    if set(rows) not in ({"fixed"}, added, added | {"fixed"}):
        yield Fault(4, path, f"{place}.rows", "needs fixed rows, or min, max and add_label")
    for twice in doubles(fixed_rows(node)):
        yield Fault(4, path, f"{place}.rows", f"has {twice!r} twice")
    for row in maps(rows.get("fixed")):
        if set(row) != {"key", "label"} or not KEY.fullmatch(text(row.get("key"))):
            yield Fault(4, path, f"{place}.rows", f"has a row without key and label: {row!r:.60}")
    if "fixed" in rows and not maps(rows["fixed"]):
        yield Fault(4, path, f"{place}.rows", "names no fixed row")
    sound = in_step(0, rows.get("min")) and in_step(rows.get("min"), rows.get("max"))
    if added <= set(rows) and not sound:
        yield Fault(4, path, f"{place}.rows", "has no sound min and max")
