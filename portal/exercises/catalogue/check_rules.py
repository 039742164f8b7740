"""Checks 13 and 14: the safety rules of an exercise are known, sound and agree with it."""

from collections.abc import Callable, Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import (
    field_of,
    fields_of,
    fit,
    rules_named,
    rules_of,
    safety_of,
    values_of,
)
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    are_maps,
    are_texts,
    as_list,
    is_number,
    is_text,
    is_whole,
    one_or_more,
    text,
)

SAFETY_KEYS: dict[str, Callable[[Node], bool]] = {
    "requires_clear": lambda node: isinstance(node, bool),
    "hold_for_review": lambda node: isinstance(node, bool),
    "rules": are_maps,
    "confirm": are_texts,
    "do_not_assign": are_texts,
    "notes": are_texts,
}
WORDS: dict[str, tuple[str, ...]] = {
    "contact_level": known.CONTACT_LEVELS,
    "role": known.FOR_ROLES,
    "stance": known.STANCES,
    "by": ("hurt_partner", "involved_partner"),
    "state": known.REFLECTION_STATES,
}


def check_rules(source: Source) -> Iterator[Fault]:
    """The safety block of every exercise."""
    exercises = source.folder("exercises")
    for name, exercise in exercises.items():
        path = f"exercises/{name}.yaml"
        yield from check_block(path, exercise)
        for at, rule in enumerate(rules_of(exercise)):
            reason = wrong_rule(exercise, rule, set(exercises))
            if reason:
                yield Fault(13, path, f"safety.rules[{at}]", reason)
            else:
                yield from check_agreement(path, f"safety.rules[{at}]", exercise, rule)
        yield from check_confirm(path, exercise)


def check_block(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """The six keys of safety, in order."""
    safety = safety_of(exercise)
    if tuple(safety) != tuple(SAFETY_KEYS):
        yield Fault(13, path, "safety", f"needs {', '.join(SAFETY_KEYS)} in this order")
    for key, is_right in SAFETY_KEYS.items():
        if key in safety and not is_right(safety[key]):
            yield Fault(13, path, f"safety.{key}", "has a value of the wrong kind")


def wrong_rule(exercise: NodeMap, rule: NodeMap, exercises: set[str]) -> str:
    """Why this rule cannot be kept, or nothing."""
    name = text(rule.get("rule"))
    if name not in known.RULES:
        return f"is no known rule: {rule.get('rule')!r}"
    needed, one, may = known.RULES[name]
    given = set(rule) - {"rule"}
    chosen = given & set(one)
    if given != {*needed, *chosen, *(given & set(may))} or len(chosen) != min(1, len(one)):
        return f"{name} does not have exactly its keys"
    if name == "needs_before" and text(rule["exercise"]) not in exercises:
        return f"asks for an unknown exercise: {rule['exercise']!r}"
    for key in sorted(given):
        reason = wrong_value(exercise, rule, key)
        if reason:
            return reason
    return ""


def wrong_value(exercise: NodeMap, rule: NodeMap, key: str) -> str:
    """Why this key of a rule points at nothing, or nothing."""
    value = rule[key]
    if key in WORDS:
        values = one_or_more(value)
        fits = bool(values) and all(item in WORDS[key] for item in values)
    elif key == "field":
        fits = field_of(exercise, value) is not None
    elif key == "fields":
        fits = bool(as_list(value)) and all(field_of(exercise, item) for item in as_list(value))
    elif key in {"values", "in"}:
        offered = values_of(field_of(exercise, rule.get("field")) or {})
        fits = bool(as_list(value)) and all(item in offered for item in as_list(value))
    elif key == "words":
        fits = are_texts(value) and bool(value)
    elif key in {"ask", "or_tick"}:
        fits = is_text(value)
    else:
        fits = is_limit(key, value)
    return "" if fits else f"{key} names something that does not exist: {value!r}"


def is_limit(key: str, value: Node) -> bool:
    """Whether a limit is one (the name of an exercise is looked up elsewhere)."""
    if key == "within_days":
        return is_whole(value) and value > 0
    if key == "below":
        return is_number(value) and 0 < value <= 10
    return key == "exercise" or (key == "not_all" and value is True)


def check_agreement(path: str, place: str, exercise: NodeMap, rule: NodeMap) -> Iterator[Fault]:
    """Whether a sound rule fits the exercise that it stands in."""
    reasons = {
        "never_with": never_with_disagrees,
        "read_first": read_first_disagrees,
        "stop_release": pointed_field_disagrees,
        "must_tick": pointed_field_disagrees,
        "end_date_required": pointed_field_disagrees,
        "confirm_release": confirm_release_disagrees,
        "never_release": never_release_disagrees,
    }
    judge = reasons.get(text(rule["rule"]))
    reason = judge(exercise, rule) if judge else ""
    if reason:
        yield Fault(14, path, place, reason)


def never_with_disagrees(exercise: NodeMap, rule: NodeMap) -> str:
    """A contact level that is refused is also never suited."""
    for level in one_or_more(rule.get("contact_level", [])):
        if fit(exercise, level) != "never":
            return f"refuses {level}, which suits does not"
    return ""


def read_first_disagrees(exercise: NodeMap, rule: NodeMap) -> str:
    """What is read first is for the counsellor only."""
    for key in as_list(rule["fields"]):
        if (field_of(exercise, key) or {}).get("visibility") != "counsellor":
            return f"reads {key!r} first, which is not counsellor only"
    return ""


def pointed_field_disagrees(exercise: NodeMap, rule: NodeMap) -> str:
    """A rule that weighs an answer needs that answer, of a kind it can weigh."""
    kinds = {
        "below": ("scale", "number"),
        "in": ("single_choice",),
        "not_all": ("checklist",),
        "values": ("checklist",),
        "within_days": ("date",),
    }
    field = field_of(exercise, rule["field"]) or {}
    fitting = next(kinds[key] for key in kinds if key in rule)
    if field.get("type") not in fitting:
        return f"cannot weigh {rule['field']!r}, which is a {field.get('type')}"
    if field.get("required") is not True:
        return f"weighs {rule['field']!r}, which may be left empty"
    return ""


def confirm_release_disagrees(exercise: NodeMap, _rule: NodeMap) -> str:
    """A sentence before a release needs something to release."""
    if any(field.get("visibility") == "on_release" for field in fields_of(exercise)):
        return ""
    return "has nothing to release"


def never_release_disagrees(exercise: NodeMap, _rule: NodeMap) -> str:
    """What is never released is for the counsellor only, all of it."""
    for field in fields_of(exercise):
        if field.get("type") != "info" and field.get("visibility") != "counsellor":
            return f"stands beside {field.get('key')!r}, which is not counsellor only"
    return ""


def check_confirm(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """The rule needs_confirm stands exactly where there are sentences to tick."""
    sentences = bool(as_list(safety_of(exercise).get("confirm")))
    rules = len(rules_named(exercise, "needs_confirm"))
    if rules != int(sentences):
        yield Fault(14, path, "safety.confirm", "does not agree with the rule needs_confirm")
