"""Which questions stood before a writer, given what they had answered."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import field_of, fields_of
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    as_list,
    as_map,
    is_number,
    maps,
    one_or_more,
    text,
)
from portal.exercises.catalogue.stories.story import Sent, Story, Work


def shown_fields(story: Story, work: Work, sent: Sent) -> Iterator[NodeMap]:
    """The questions that were asked in this submission, notes left out."""
    hidden = hidden_in_solo(work)
    for field in fields_of(work.exercise):
        if field.get("type") == "info" or field.get("key") in hidden:
            continue
        if is_shown(field, sent.answers, contexts(story, work, sent), work.exercise):
            yield field


def hidden_in_solo(work: Work) -> set[Node]:
    """The questions that the wording for one leaves out."""
    if not work.in_solo_wording:
        return set()
    changes = maps(as_map(work.exercise.get("solo")).get("changes"))
    return {change.get("field") for change in changes if change.get("hide") is True}


def contexts(story: Story, work: Work, sent: Sent) -> NodeMap:
    """What a condition may ask about the couple and the writer."""
    return {
        "contact_level": story.node.get("contact_level"),
        "role": story.words_of(sent.by, "role", "any"),
        "solo": work.in_solo_wording,
    }


def is_shown(field: NodeMap, answers: NodeMap, context: NodeMap, exercise: NodeMap) -> bool:
    """Whether a question's condition holds; a question that is itself hidden answers nothing."""
    condition = as_map(field.get("show_if"))
    if not condition:
        return True
    if "context" in condition:
        return holds(condition, context.get(text(condition["context"])))
    other = field_of(exercise, condition.get("field"))
    if other is not None and other is not field and not is_shown(other, answers, context, exercise):
        return False
    return holds(condition, answers.get(text(condition.get("field"))))


def holds(condition: NodeMap, answer: Node) -> bool:
    """Whether an answer is what the condition asks for."""
    op, value = condition.get("op"), condition.get("value")
    if op in {"gte", "lte"}:
        if not (is_number(answer) and is_number(value)):
            return False
        return bool(answer >= value) if op == "gte" else bool(answer <= value)
    if op == "filled":
        return answer not in (None, "", [])
    if op == "includes":
        return value in as_list(answer)
    if op == "ne":
        return bool(answer != value)
    return answer is not None and answer in one_or_more(value)
