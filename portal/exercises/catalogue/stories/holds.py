"""The stops that an exercise sets, weighed against what the writers answered."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import field_of, is_each, rules_named, values_of
from portal.exercises.catalogue.nodes import Node, NodeMap, as_list, is_number
from portal.exercises.catalogue.stories.story import PARTNERS, Sent, Work


def standing_stops(work: Work, halves: list[Sent], field: Node) -> Iterator[str]:
    """Why nothing of this round, or not this field, may be shown to the partner."""
    if rules_named(work.exercise, "never_release"):
        yield "is of an exercise from which nothing is ever released"
    for rule in rules_named(work.exercise, "stop_release"):
        # A sentence to tick counts as ticked in a sample, and the counsellor went on.
        if "or_tick" in rule or not concerns(rule, field):
            continue
        if any(stops(work, rule, answer) for answer in answers_to(work, halves, rule)):
            yield f"is stopped by the answer to {rule.get('field')!r}"


def concerns(rule: NodeMap, field: Node) -> bool:
    """Whether a stop holds for the whole round, or for this field of it."""
    return "fields" not in rule or field in as_list(rule["fields"])


def answers_to(work: Work, halves: list[Sent], rule: NodeMap) -> Iterator[Node]:
    """Every writer's answer to the question that a stop weighs."""
    key = rule.get("field")
    each = is_each(field_of(work.exercise, key) or {})
    for half in halves:
        for writer in PARTNERS if each and half.by == "couple" else (half.by,):
            yield half.answer(key, writer)


def stops(work: Work, rule: NodeMap, answer: Node) -> bool:
    """Whether one answer stops the release; a missing one does."""
    if answer is None:
        return True
    if "below" in rule:
        return not is_number(answer) or bool(answer < rule["below"])
    if "in" in rule:
        return answer in as_list(rule["in"])
    offered = values_of(field_of(work.exercise, rule.get("field")) or {})
    return any(value not in as_list(answer) for value in offered)
