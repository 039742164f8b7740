"""Check 27: answers fit their questions, and what must be kept before sending is kept."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import field_of, is_each, rules_named
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    as_list,
    as_map,
    every_text,
    in_step,
    text,
    texts,
)
from portal.exercises.catalogue.phrases import matches
from portal.exercises.catalogue.stories.answers import wrong_answer
from portal.exercises.catalogue.stories.moments import day_in, day_of
from portal.exercises.catalogue.stories.showing import is_shown, shown_fields
from portal.exercises.catalogue.stories.story import Sent, Story, Work


def check_answers(story: Story) -> Iterator[Fault]:
    """The answers of all work of one sample."""
    for work in story.work:
        for sent in work.sent:
            for key, reason in wrong_answers(story, work, sent):
                yield Fault(27, story.path, f"{sent.key}.{key}", reason)


def wrong_answers(story: Story, work: Work, sent: Sent) -> Iterator[tuple[str, str]]:
    """What does not fit in one submission."""
    shown = {text(field.get("key")): field for field in shown_fields(story, work, sent)}
    for key, value in sent.answers.items():
        if key not in shown:
            yield f"answers.{key}", unasked(work, key)
        elif value is None:
            yield f"answers.{key}", "is empty; leave it out"
        else:
            yield from wrong_values(key, work, shown[key], value)
    if sent.is_sent:
        yield from missing(shown, sent.answers)
        yield from unkept_rules(work, sent)
    yield from wrong_after(story, work, sent)


def unasked(work: Work, key: str) -> str:
    """Why there should be no answer here."""
    known = field_of(work.exercise, key) is not None
    return "answers a question that was hidden" if known else "is no question of the exercise"


def missing(shown: NodeMap, answers: NodeMap) -> Iterator[tuple[str, str]]:
    """Required questions that were shown and not answered."""
    for key, field in shown.items():
        if field.get("required") is True and answers.get(key) in (None, "", []):
            yield f"answers.{key}", "is required"


def wrong_values(key: str, work: Work, field: NodeMap, value: Node) -> Iterator[tuple[str, str]]:
    """One answer, or the two answers to a question for each."""
    if work.mode == "joint" and is_each(field):
        for letter, own in as_map(value).items():
            if reason := wrong_answer(field, own):
                yield f"answers.{key}.{letter}", reason
    elif reason := wrong_answer(field, value):
        yield f"answers.{key}", reason


def unkept_rules(work: Work, sent: Sent) -> Iterator[tuple[str, str]]:
    """What the exercise's own rules would have refused on sending."""
    for rule in rules_named(work.exercise, "end_date_required"):
        days = day_of(sent.answers.get(text(rule.get("field")))) - day_in(sent.at)
        if not (in_step(1, days) and in_step(days, rule.get("within_days"))):
            yield f"answers.{rule.get('field')}", f"is not within {rule.get('within_days')} days"
    for rule in rules_named(work.exercise, "must_tick"):
        ticked = as_list(sent.answers.get(text(rule.get("field"))))
        if any(value not in ticked for value in as_list(rule.get("values"))):
            yield f"answers.{rule.get('field')}", "does not tick what must be ticked"
    for rule in rules_named(work.exercise, "refuse_words"):
        yield from refused_words(rule, sent)


def refused_words(rule: NodeMap, sent: Sent) -> Iterator[tuple[str, str]]:
    """Words that may not stand in these answers."""
    for key in texts(rule.get("fields")):
        for place, words in every_text(sent.answers.get(key), f"answers.{key}"):
            for match in matches(words, texts(rule.get("words"))):
                yield place, f"holds the refused word {match.phrase!r}"


def wrong_after(story: Story, work: Work, sent: Sent) -> Iterator[tuple[str, str]]:
    """The questions that are added to every exercise, to each person separately."""
    after = as_map(sent.node.get("after"))
    if work.mode != "joint":
        yield from wrong_own_after(story, "after", after)
        return
    for letter, own in after.items():
        yield from wrong_own_after(story, f"after.{letter}", as_map(own))


def wrong_own_after(story: Story, place: str, after: NodeMap) -> Iterator[tuple[str, str]]:
    """One person's answers to the added questions."""
    added = {"fields": story.catalogue.common.get("after_every_exercise")}
    for key, value in after.items():
        field = field_of(added, key)
        if field is None or not is_shown(field, after, {}, added):
            yield f"{place}.{key}", "was not asked"
        elif reason := wrong_answer(field, value):
            yield f"{place}.{key}", reason
