"""Checks 34 and 36: feedback lies in one pocket, and a highlight names a phrase that is there."""

from collections.abc import Iterator

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import as_map, every_text, is_text, maps, text, texts
from portal.exercises.catalogue.phrases import matches
from portal.exercises.catalogue.stories.moments import UNKNOWN
from portal.exercises.catalogue.stories.story import (
    PARTNERS,
    Happening,
    Sent,
    Story,
    Work,
)


def check_feedback(story: Story) -> Iterator[Fault]:
    """What the counsellor wrote back and underlined in one sample."""
    for work in story.work:
        for feedback in work.happenings("feedback"):
            for reason in wrong_feedback(story, work, feedback):
                yield Fault(34, story.path, feedback.key, reason)
        for highlight in work.happenings("highlights"):
            for reason in wrong_highlight(story, work, highlight):
                yield Fault(36, story.path, highlight.key, reason)


def wrong_feedback(story: Story, work: Work, feedback: Happening) -> Iterator[str]:
    """Why this could not be written to them at that moment."""
    node, to = feedback.node, text(feedback.node.get("to"))
    if node.get("by") != "counsellor" or not is_text(node.get("text")):
        yield "needs words, by the counsellor"
    if (work.weeks is not None) != ("round" in node):
        yield "names its round in weekly work, and nowhere else"
    if to == "joint" and work.is_for_two:
        yield from wrong_joint(work, feedback)
    elif to not in PARTNERS or to not in work.people or to not in story.taking_part:
        yield f"does not lie in a pocket of this work: {node.get('to')!r}"
    elif not any(is_read(sent, feedback) for sent in written_by(work, to)):
        yield "is about nothing that was sent and read"


def wrong_joint(work: Work, feedback: Happening) -> Iterator[str]:
    """Joint feedback waits for the opening of a pair's round, or for the joint sheet."""
    opened = [
        opening.at
        for opening in work.happenings("reveals")
        if opening.round == feedback.round and opening.at <= feedback.at
    ]
    if work.mode == "paired" and not opened:
        yield "comes before the round is open"
    halves = work.in_round(feedback.round, feedback.at)
    if len(halves) < len(work.writers) or not all(is_read(half, feedback) for half in halves):
        yield "is about nothing that was sent and read"


def written_by(work: Work, partner: str) -> list[Sent]:
    """The submissions in which a partner had a hand."""
    return [sent for sent in work.sent if sent.by in (partner, "couple")]


def is_read(sent: Sent, feedback: Happening) -> bool:
    """Whether feedback is about this submission, and the counsellor had read it by then."""
    if sent.round != feedback.round:
        return False
    if "revision" in feedback.node and sent.revision != feedback.revision:
        return False
    if sent.state == "declined":
        return sent.at <= feedback.at
    return sent.is_sent and UNKNOWN < sent.read_at <= feedback.at


def wrong_highlight(story: Story, work: Work, highlight: Happening) -> Iterator[str]:
    """Why this could not be underlined there (check 36)."""
    node = highlight.node
    highlighting = as_map(story.catalogue.safety.get("phrase_highlighting"))
    groups = {text(group.get("key")): group for group in maps(highlighting.get("groups"))}
    phrase = text(node.get("phrase"))
    if phrase not in texts(groups.get(text(node.get("group")), {}).get("phrases")):
        yield f"names no phrase of the list: {phrase!r}"
    answers = [
        [read(node.get("field"), text(node.get("by"))) for read in (sent.answer, sent.added)]
        for sent in written_by(work, text(node.get("by")))
        if sent.is_sent and sent.at <= highlight.at
    ]
    if not any(matches(words, [phrase]) for answer in answers for _, words in every_text(answer)):
        yield "names a phrase that is not in that answer"
    if not is_text(node.get("action")):
        yield "does not say what was done"
