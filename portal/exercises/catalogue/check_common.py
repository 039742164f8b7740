"""Check 9: what is added to every exercise, and the few words that partners may see."""

import re
from collections.abc import Iterator
from functools import partial

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import values_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    as_map,
    bare_texts,
    every_text,
    is_text,
    maps,
    text,
)

COMMON = "common.yaml"
CHECK_PAGE = ("open_round", "release_answer", "release_matches")
CHECK_PAGE_KEYS = {
    "key",
    "asked",
    "label",
    "help",
    "type",
    "options",
    "preset",
    "unanswered_means",
    "revocable_until",
    "text_version",
}
# The values of each vocabulary, which code and exercises rely on.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "secrets_policies": known.POLICIES,
    "person_values": known.PERSONS,
    "contact_levels": known.CONTACT_LEVELS,
    "opening_rules": known.OPENING_RULES,
    "roles": known.FOR_ROLES,
    "stances": known.STANCES,
    "visibility_levels": known.AUDIENCES,
}
# How a text would tell one partner about the other's part, or about a change of plan.
TELLING = (
    re.compile(r"\bchanged (?:the|your) plan\b", re.IGNORECASE),
    re.compile(r"\bplan has (?:been )?changed\b", re.IGNORECASE),
    re.compile(
        r"\byour partner (?:has|have|did|was|is)(?:n't| not)?(?: \w+){0,2}? "
        r"(?:sent|answered|finished|declined|started|confirmed|opened|written|answer|reply)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bwaiting for your partner\b", re.IGNORECASE),
)

fault = partial(Fault, 9, COMMON)


def check_common(source: Source) -> Iterator[Fault]:
    """The pieces that stand in common.yaml, and the one sentence everywhere."""
    common = source.file(COMMON)
    yield from check_last_questions(common)
    yield from check_check_page(common)
    yield from check_states(common)
    yield from check_vocabularies(common)
    for path, node in source.files.items():
        yield from check_one_sentence(path, node)


def check_last_questions(common: NodeMap) -> Iterator[Fault]:
    """The two last questions go to the counsellor only, once, and on no paper."""
    asked = maps(common.get("after_every_exercise"))
    if [field.get("key") for field in asked[-2:]] != ["could_be_open", "private_note"]:
        yield fault("after_every_exercise", "does not end with could_be_open and private_note")
    for field in asked:
        if field.get("visibility") != "counsellor":
            yield fault(f"after_every_exercise.{field.get('key')}", "is not counsellor only")
    for field in asked[-2:]:
        for mark in ("write_once", "never_print"):
            if field.get(mark) is not True:
                yield fault(f"after_every_exercise.{field.get('key')}", f"is not {mark}")


def check_check_page(common: NodeMap) -> Iterator[Fault]:
    """Every consent begins empty, and silence means no."""
    asked = maps(common.get("check_page"))
    if tuple(question.get("key") for question in asked) != CHECK_PAGE:
        yield fault("check_page", f"does not ask {', '.join(CHECK_PAGE)}")
    for question in asked:
        place = f"check_page.{question.get('key')}"
        for key in sorted(set(question) ^ CHECK_PAGE_KEYS):
            yield fault(f"{place}.{key}", "is missing or unknown")
        if question.get("preset") is not None:
            yield fault(f"{place}.preset", "is preset")
        means = question.get("unanswered_means")
        if means != "keep_closed" or means not in values_of(question):
            yield fault(f"{place}.unanswered_means", "is not the answer no")


def check_states(common: NodeMap) -> Iterator[Fault]:
    """Only these states are stored, and only these sentences are shown."""
    for key, states in (
        ("assignment_states", known.ASSIGNMENT_STATES),
        ("reflection_states", known.REFLECTION_STATES),
    ):
        if common.get(key) != list(states):
            yield fault(key, f"is not {', '.join(states)}")
    seen = as_map(common.get("partner_sees"))
    for key in sorted(set(seen) | set(known.PARTNER_SEES), key=str):
        if seen.get(key) != known.PARTNER_SEES.get(key):
            yield fault(f"partner_sees.{key}", "is not the sentence that partners may see")


def check_vocabularies(common: NodeMap) -> Iterator[Fault]:
    """The shared lists of words hold what everything else relies on."""
    for key, values in VOCABULARIES.items():
        if tuple(item.get("value") for item in maps(common.get(key))) != values:
            yield fault(key, f"does not list {', '.join(values)}")
    for policy in maps(common.get("secrets_policies")):
        if not is_text(policy.get("client_sentence")):
            yield fault(f"secrets_policies.{policy.get('value')}", "makes no promise")
    stored = {*known.ASSIGNMENT_STATES, *known.REFLECTION_STATES}
    for label in maps(common.get("counsellor_labels")):
        if text(label.get("value")) in stored:
            yield fault(f"counsellor_labels.{label.get('value')}", "is a stored state")


def check_one_sentence(path: str, node: Node) -> Iterator[Fault]:
    """No file has another sentence that tells one partner about the other."""
    # Most files say nothing of the kind; their places need not be worked out.
    if not any(tells(words) for words in bare_texts(node)):
        return
    for place, words in every_text(node):
        if words == known.THE_SENTENCE and (path, place) == (COMMON, "partner_sees.closed"):
            continue
        if tells(words):
            yield Fault(9, path, place, "tells one partner about the other in words of its own")


def tells(words: str) -> bool:
    """Whether a text would tell a partner about the other, or about a change of plan."""
    return ("plan" in words or "partner" in words) and any(
        pattern.search(words) for pattern in TELLING
    )
