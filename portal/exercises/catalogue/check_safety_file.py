"""Check 15: the rules for every couple, the phrases and the crisis entries."""

from collections.abc import Iterator
from functools import partial

from portal.exercises.catalogue import known
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    NodeMap,
    are_texts,
    as_map,
    doubles,
    is_text,
    maps,
)

SAFETY = "safety.yaml"
QUESTIONS = 15
SCOPED = ("rule", "text")

fault = partial(Fault, 15, SAFETY)


def check_safety_file(source: Source) -> Iterator[Fault]:
    """What safety.yaml must say before anybody relies on it."""
    safety = source.file(SAFETY)
    yield from check_statuses(safety)
    yield from check_couple_rules(safety)
    yield from check_screening(safety)
    yield from check_phrases(as_map(safety.get("phrase_highlighting")))
    yield from check_crisis(as_map(safety.get("crisis_resources")))


def check_statuses(safety: NodeMap) -> Iterator[Fault]:
    """The four statuses, each saying what it allows."""
    statuses = maps(safety.get("joint_work_status"))
    if tuple(status.get("value") for status in statuses) != known.STATUSES:
        yield fault("joint_work_status", f"is not {', '.join(known.STATUSES)}")
    for status in statuses:
        if not (is_text(status.get("label")) and is_text(status.get("allows"))):
            yield fault(f"joint_work_status.{status.get('value')}", "lacks its words")
    clear = next((item for item in statuses if item.get("value") == "clear"), {})
    if clear.get("expires_after_days") != known.COUPLE_RULES["clear_lapses"]["days"]:
        yield fault("joint_work_status.clear", "lapses on another day than its rule says")
    if not are_texts(safety.get("solo_confirm")) or not safety.get("solo_confirm"):
        yield fault("solo_confirm", "has no sentences to tick")


def check_couple_rules(safety: NodeMap) -> Iterator[Fault]:
    """Each rule by name, with its text and its scope."""
    rules = maps(safety.get("rules"))
    names = [rule.get("rule") for rule in rules]
    if sorted(map(str, names)) != sorted(known.COUPLE_RULES):
        yield fault("rules", f"is not {', '.join(known.COUPLE_RULES)}")
    for rule in rules:
        name = str(rule.get("rule"))
        if not is_text(rule.get("text")):
            yield fault(f"rules.{name}.text", "has no words")
        wanted = known.COUPLE_RULES.get(name, {})
        scope = {key: value for key, value in rule.items() if key not in SCOPED}
        for key in sorted(set(wanted) | set(scope)):
            if scope.get(key) != wanted.get(key):
                yield fault(f"rules.{name}.{key}", f"is not {wanted.get(key)!r}")


def check_screening(safety: NodeMap) -> Iterator[Fault]:
    """The questions for each partner alone."""
    questions = maps(as_map(safety.get("screening")).get("questions"))
    if len(questions) != QUESTIONS or doubles([item.get("key") for item in questions]):
        yield fault("screening.questions", "is not fifteen different questions")
    for question in questions:
        if not is_text(question.get("text")):
            yield fault(f"screening.questions.{question.get('key')}", "asks nothing")


def check_phrases(highlighting: NodeMap) -> Iterator[Fault]:
    """Phrases are words, in groups with names."""
    groups = maps(highlighting.get("groups"))
    place = "phrase_highlighting.groups"
    if not groups or doubles([group.get("key") for group in groups]):
        yield fault(place, "is not a list of different groups")
    for group in groups:
        here = f"{place}.{group.get('key')}"
        if not (is_text(group.get("key")) and is_text(group.get("label"))):
            yield fault(here, "has no key or label")
        if not are_texts(group.get("phrases")) or not group.get("phrases"):
            yield fault(f"{here}.phrases", "holds something that is not text")


def check_crisis(crisis: NodeMap) -> Iterator[Fault]:
    """Every entry is switched off until a named person has checked it."""
    kinds = crisis.get("kinds")
    blocks = [("practice_block", crisis.get("practice_block"))]
    blocks += [
        (f"starter_blocks[{at}].entries", block.get("entries"))
        for at, block in enumerate(maps(crisis.get("starter_blocks")))
    ]
    for place, entries in blocks:
        for at, entry in enumerate(maps(entries)):
            here = f"crisis_resources.{place}[{at}]"
            if "confirmed_on" not in entry or entry["confirmed_on"] is not None:
                yield fault(f"{here}.confirmed_on", "is switched on")
            if not isinstance(kinds, list) or entry.get("kind") not in kinds:
                yield fault(f"{here}.kind", "is no known kind")
