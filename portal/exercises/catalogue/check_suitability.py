"""Checks 10, 11 and 12: whom an exercise suits, alone or together, and what surrounds it."""

import re
from collections.abc import Iterator

from portal.exercises.catalogue.exercise import field_of, fit, is_shared, safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    NodeMap,
    are_texts,
    as_list,
    as_map,
    doubles,
    is_text,
    maps,
    text,
)

SENTENCE_END = re.compile(r"[.?!]['\")\u2019]*(?=\s|$)")
ALONE = ("no_contact", "one_partner")


def check_suitability(source: Source) -> Iterator[Fault]:
    """Whom the exercises suit, and what the counsellor is given with them."""
    for name, exercise in source.folder("exercises").items():
        path = f"exercises/{name}.yaml"
        yield from check_gate(path, exercise)
        yield from check_solo(path, exercise)
        yield from check_surroundings(path, exercise)


def check_gate(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """Work for two waits for the clear status (check 10)."""
    if not is_shared(exercise):
        return
    if safety_of(exercise).get("requires_clear") is not True:
        yield Fault(10, path, "safety.requires_clear", "is not true for work of two")
    for level in ALONE:
        if fit(exercise, level) == "full":
            yield Fault(10, path, f"suits.{level}", "is full for work of two")


def check_solo(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """The wording for one stands exactly where it is needed (check 11)."""
    needed = any(fit(exercise, level) == "adapted" for level in ALONE)
    if needed != ("solo" in exercise):
        reason = "is missing, though something is adapted" if needed else "is never used"
        yield Fault(11, path, "solo", reason)
    if "solo" not in exercise:
        return
    solo = as_map(exercise["solo"])
    if tuple(solo) != ("intro", "changes") or not is_text(solo["intro"]):
        yield Fault(11, path, "solo", "needs an intro and a list of changes")
    changes = maps(solo.get("changes"))
    if len(changes) != len(as_list(solo.get("changes"))):
        yield Fault(11, path, "solo.changes", "is not a list of changes")
    for twice in doubles([change.get("field") for change in changes]):
        yield Fault(11, path, "solo.changes", f"changes {twice!r} twice")
    for at, change in enumerate(changes):
        reason = wrong_change(exercise, change)
        if reason:
            yield Fault(11, path, f"solo.changes[{at}]", reason)


def wrong_change(exercise: NodeMap, change: NodeMap) -> str:
    """Why this change of wording cannot be made, or nothing."""
    if field_of(exercise, change.get("field")) is None:
        return f"changes an unknown field: {change.get('field')!r}"
    rest = {key: value for key, value in change.items() if key != "field"}
    if rest == {"hide": True} and rest["hide"] is True:
        return ""
    if rest and set(rest) <= {"label", "help"} and all(map(is_text, rest.values())):
        return ""
    return "needs a new label or help, or hide: true"


def check_surroundings(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """Prompts, questions, a short intro and a word on safety (check 12)."""
    if not are_texts(exercise.get("review")) or len(as_list(exercise.get("review"))) != 3:
        yield Fault(12, path, "review", "needs three prompts")
    questions = as_list(exercise.get("discuss"))
    if not are_texts(questions) or not 2 <= len(questions) <= 5:
        yield Fault(12, path, "discuss", "needs two to five questions")
    intros = {"intro": exercise.get("intro")}
    if "solo" in exercise:
        intros["solo.intro"] = as_map(exercise["solo"]).get("intro")
    for key, intro in intros.items():
        if not 2 <= len(SENTENCE_END.findall(text(intro).strip())) <= 4:
            yield Fault(12, path, key, "needs two to four sentences")
    safety = safety_of(exercise)
    if not any(as_list(safety.get(key)) for key in ("confirm", "do_not_assign", "notes")):
        yield Fault(12, path, "safety", "says nothing about safety")
    if exercise.get("difficulty") == 3 and not as_list(safety.get("do_not_assign")):
        yield Fault(12, path, "safety.do_not_assign", "is empty at difficulty 3")
