"""Check 28: a joint sheet is confirmed by both, and holds two values where each answers."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import fields_of, is_each
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import Node, as_map, text
from portal.exercises.catalogue.stories.moments import moment_of
from portal.exercises.catalogue.stories.story import PARTNERS, Sent, Story, Work


def check_joint(story: Story) -> Iterator[Fault]:
    """The joint sheets of one sample."""
    for work in story.work:
        for sent in work.sent:
            if work.mode == "joint":
                found = list(wrong_sheet(work, sent))
            elif "confirmed" in sent.node:
                found = [("confirmed", "belongs to joint sheets only")]
            else:
                continue
            for key, reason in found:
                yield Fault(28, story.path, f"{sent.key}.{key}", reason)


def wrong_sheet(work: Work, sent: Sent) -> Iterator[tuple[str, str]]:
    """What one sheet lacks."""
    if sent.by != "couple":
        yield "by", "is not couple"
    if sent.is_sent:
        confirmed = as_map(sent.node.get("confirmed"))
        if not has_two(confirmed):
            yield "confirmed", "needs both confirmations"
        elif sent.at != max(moment_of(moment) for moment in confirmed.values()):
            yield "at", "is not the moment of the second confirmation"
        if not has_two(sent.node.get("after")):
            yield "after", "needs two values"
    for field in fields_of(work.exercise):
        key = text(field.get("key"))
        if is_each(field) and key in sent.answers and not has_two(sent.answers[key]):
            yield f"answers.{key}", "needs two values, one of each"


def has_two(node: Node) -> bool:
    """Whether one value stands for each partner."""
    return isinstance(node, dict) and set(node) == set(PARTNERS)
