"""Checks 6, 7 and 8: nothing is wider than its kind of work allows."""

import re
from collections.abc import Iterator

from portal.exercises.catalogue.exercise import (
    column_of,
    field_of,
    fields_of,
    fixed_rows,
    is_each,
    values_of,
)
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.known import CHOICES, NUMERIC
from portal.exercises.catalogue.nodes import (
    NodeMap,
    as_list,
    as_map,
    is_number,
    is_text,
    maps,
    text,
)

ALLOWED = {
    "individual": ("counsellor", "on_release"),
    "paired": ("counsellor", "after_both", "on_release"),
    "joint": ("at_once",),
    "joint, each": ("counsellor", "after_both"),
}
MEASURE_KEYS = ("key", "label", "from", "reduce", "range", "better", "visibility")
REDUCES = ("value", "mean", "sum", "count", "max", "entries", "formula")
FORMULA = re.compile(r"\s*sum\((\w+\.\w+)\)(?:\s*[-+]\s*sum\((\w+\.\w+)\))*\s*")
FORMULA_PART = re.compile(r"sum\((\w+)\.(\w+)\)")


def check_audiences(source: Source) -> Iterator[Fault]:
    """Who may see the answers and the figures of every exercise."""
    for name, exercise in source.folder("exercises").items():
        path = f"exercises/{name}.yaml"
        for at, field in enumerate(fields_of(exercise)):
            place = f"fields[{at}]"
            yield from check_audience(path, place, field, text(exercise.get("mode")))
            if "reveal" in field:
                reason = wrong_reveal(exercise, field)
                if reason:
                    yield Fault(7, path, f"{place}.reveal", reason)
        yield from check_measures(path, exercise)


def check_audience(path: str, place: str, field: NodeMap, mode: str) -> Iterator[Fault]:
    """One question's audience, by the way of working (check 6)."""
    if field.get("type") == "info":
        return
    kind = "joint, each" if mode == "joint" and is_each(field) else mode
    audience = field.get("visibility")
    if audience not in ALLOWED.get(kind, ()):
        yield Fault(6, path, f"{place}.visibility", f"cannot be {audience!r} in {kind} work")


def wrong_reveal(exercise: NodeMap, field: NodeMap) -> str:
    """Why this table cannot show only what matches, or nothing (check 7)."""
    reveal = as_map(field["reveal"])
    if tuple(reveal) != ("rule", "column", "match") or reveal["rule"] != "matches_only":
        return "needs rule: matches_only, column and match"
    if field.get("type") != "table" or not fixed_rows(field):
        return "stands on something else than a table with fixed rows"
    if exercise.get("mode") != "paired" or field.get("visibility") != "on_release":
        return "needs a paired table that is on_release"
    column = column_of(field, reveal["column"])
    if column is None or column.get("type") != "single_choice":
        return f"needs a single choice as its column: {reveal['column']!r}"
    wanted = as_list(reveal["match"])
    if not wanted or any(value not in values_of(column) for value in wanted):
        return f"matches a value that the column does not offer: {reveal['match']!r}"
    return ""


def check_measures(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """The figures that may be charted (check 8)."""
    seen = set()
    for at, measure in enumerate(maps(exercise.get("measures"))):
        place = f"measures[{at}]"
        key = text(measure.get("key"))
        if not key or key in seen:
            yield Fault(8, path, f"{place}.key", "is missing or stands twice")
        seen.add(key)
        reason = wrong_form(measure) or wrong_origin(exercise, measure)
        if reason:
            yield Fault(8, path, place, reason)
        elif measure["visibility"] == "as_field" and hides(exercise, measure):
            yield Fault(8, path, f"{place}.visibility", "is wider than the field it comes from")


def wrong_form(measure: NodeMap) -> str:
    """Why this figure is not written as figures are, or nothing."""
    reduce = text(measure.get("reduce"))
    keys = set(MEASURE_KEYS) - {"from"} | {"formula" if reduce == "formula" else "from"}
    if not keys <= set(measure) <= keys | {"count_value"} or not is_text(measure["label"]):
        return f"needs exactly {', '.join(sorted(keys))}"
    ends = as_list(measure["range"])
    if len(ends) != 2 or not all(map(is_number, ends)) or ends[0] >= ends[1]:
        return "has no sound range"
    if reduce not in REDUCES or ("count_value" in measure and reduce != "count"):
        return f"cannot be worked out as {measure['reduce']!r}"
    if measure["better"] not in ("higher", "lower", "neither"):
        return f"has an unknown better: {measure['better']!r}"
    if measure["visibility"] not in ("as_field", "counsellor"):
        return f"has an unknown visibility: {measure['visibility']!r}"
    return ""


def wrong_origin(exercise: NodeMap, measure: NodeMap) -> str:
    """Why this figure cannot be drawn from the answers, or nothing."""
    reduce = measure["reduce"]
    if reduce == "formula":
        return wrong_formula(exercise, text(measure["formula"]))
    name, dot, part = text(measure["from"]).partition(".")
    field = field_of(exercise, name)
    origin = column_of(field, part) if field and dot else field
    if origin is None:
        return f"comes from nowhere: {measure['from']!r}"
    kind = text(origin.get("type"))
    if reduce == "count":
        return wrong_count(origin, measure)
    if reduce == "entries":
        return "" if kind in {"table", "daily_entry"} else "counts rows where there are none"
    if kind not in NUMERIC or (reduce == "value" and dot):
        return f"takes the {reduce} of something that is no number: {measure['from']!r}"
    return ""


def wrong_count(origin: NodeMap, measure: NodeMap) -> str:
    """Why this cannot be counted, or nothing."""
    kind = text(origin.get("type"))
    if kind == "single_choice":
        fits = measure.get("count_value") in values_of(origin)
    else:
        fits = kind in {"checkbox", *CHOICES} and "count_value" not in measure
    return "" if fits else f"counts what cannot be counted: {measure['from']!r}"


def wrong_formula(exercise: NodeMap, formula: str) -> str:
    """Why a sum of money columns cannot be worked out, or nothing."""
    if not FORMULA.fullmatch(formula):
        return "is not made of sums with plus and minus"
    for name, part in FORMULA_PART.findall(formula):
        column = column_of(field_of(exercise, name) or {}, part)
        if column is None or column.get("type") != "money":
            return f"sums something that is no money: {name}.{part}"
    return ""


def hides(exercise: NodeMap, measure: NodeMap) -> bool:
    """Whether this figure comes from an answer that the partner may never see by itself."""
    names = [name for name, _ in FORMULA_PART.findall(text(measure.get("formula")))]
    names.append(text(measure.get("from")).partition(".")[0])
    origins = [field for name in names if name and (field := field_of(exercise, name))]
    return any(field.get("visibility") in ("counsellor", "on_release") for field in origins)
