"""Check 5: a question that shows itself conditionally points at something real."""

from collections.abc import Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import field_of, fields_of, question_lists, values_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import Node, NodeMap, as_map, is_number, one_or_more, text

OPS = ("eq", "ne", "in", "includes", "gte", "lte", "filled")
CONTEXTS: dict[str, tuple[Node, ...]] = {
    "contact_level": known.CONTACT_LEVELS,
    "role": known.FOR_ROLES,
    "solo": (True, False),
}


def check_conditions(source: Source) -> Iterator[Fault]:
    """The conditions of every exercise."""
    for path, place, exercise in question_lists(source):
        for at, field in enumerate(fields_of(exercise)):
            reason = what_is_wrong(exercise, field) if "show_if" in field else ""
            if reason:
                yield Fault(5, path, f"{place}[{at}].show_if", reason)


def what_is_wrong(exercise: NodeMap, field: NodeMap) -> str:
    """Why this question's condition can never work, or nothing."""
    condition = as_map(field["show_if"])
    op = text(condition.get("op"))
    subject = "context" if "context" in condition else "field"
    wanted = {subject, "op"} if op == "filled" else {subject, "op", "value"}
    if op not in OPS or set(condition) != wanted:
        return "needs a field or a context, a known op and a value"
    if op == "in" and not isinstance(condition["value"], list):
        return "needs a list of values"
    if subject == "context":
        return wrong_context(condition)
    target = field_of(exercise, condition["field"])
    if target is None or target is field or target.get("type") == "info":
        return f"points at no other question: {condition['field']!r}"
    if goes_in_a_circle(exercise, field):
        return "hangs on itself in a circle"
    return "" if op == "filled" else wrong_value(op, target, condition["value"])


def goes_in_a_circle(exercise: NodeMap, field: NodeMap) -> bool:
    """Whether a question would have to be shown before it can be shown."""
    passed: list[NodeMap] = []
    here: NodeMap | None = field
    while here is not None and here not in passed:
        passed.append(here)
        here = field_of(exercise, as_map(here.get("show_if")).get("field"))
    return here is not None


def wrong_context(condition: NodeMap) -> str:
    """Why a condition upon the couple can never work, or nothing."""
    offered = CONTEXTS.get(text(condition["context"]))
    if offered is None or condition["op"] not in {"eq", "ne", "in"}:
        return "asks about an unknown context"
    if all(value in offered for value in one_or_more(condition["value"])):
        return ""
    return f"asks for a value that does not exist: {condition['value']!r}"


def wrong_value(op: str, target: NodeMap, value: Node) -> str:
    """Why this question can never have that value, or nothing."""
    kind = text(target.get("type"))
    if op in {"gte", "lte"}:
        fits = kind in known.NUMERIC and is_number(value)
    elif op == "includes":
        fits = kind in {"multi_choice", "checklist"} and value in values_of(target)
    else:
        fits = all(offers(target, kind, item) for item in one_or_more(value))
    return "" if fits else f"asks for a value that {target.get('key')!r} does not offer: {value!r}"


def offers(target: NodeMap, kind: str, value: Node) -> bool:
    """Whether a question can be answered with this single value."""
    if kind == "single_choice":
        return value in values_of(target)
    if kind == "person":
        return value in known.PERSONS
    if kind == "scale":
        return is_number(value) and 0 <= value <= 10
    return kind in {"number", "money"} and is_number(value)
