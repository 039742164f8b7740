"""Check 26: one submission by each in each round, and a next revision only after a return."""

from collections.abc import Iterator

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import as_map, is_text
from portal.exercises.catalogue.stories.moments import moment_of
from portal.exercises.catalogue.stories.story import Sent, Story, Work

STEPS = ("reviewed", "returned")


def check_revisions(story: Story) -> Iterator[Fault]:
    """The submissions of all work of one sample."""
    for work in story.work:
        for key, reason in wrong_writers(work):
            yield Fault(26, story.path, key, reason)
        for number in work.rounds():
            for writer in work.writers:
                found = [s for s in work.sent if (s.round, s.by) == (number, writer)]
                for key, reason in wrong_series(found):
                    yield Fault(26, story.path, key, reason)
        for sent in work.sent:
            for key, reason in wrong_steps(sent):
                yield Fault(26, story.path, key, reason)


def wrong_writers(work: Work) -> Iterator[tuple[str, str]]:
    """Only those to whom work was given hand it in."""
    for sent in work.sent:
        if sent.by not in work.writers:
            yield f"{sent.key}.by", f"was not given this: {sent.node.get('by')!r}"
    if work.node.get("state") == "scheduled" and work.sent:
        yield work.key, "is only scheduled, and has submissions"


def wrong_series(found: list[Sent]) -> Iterator[tuple[str, str]]:
    """Revisions are numbered one after the other, each after the return of the one before."""
    for at, sent in enumerate(found):
        if sent.revision != at + 1 or ("revision" in sent.node) != (len(found) > 1):
            yield f"{sent.key}.revision", "is not the next number, or needs none"
        if at == 0:
            continue
        before = found[at - 1]
        if before.state != "returned":
            yield sent.key, "is a second submission of work that was not returned"
        elif sent.at < before.read_at:
            yield sent.key, "comes before the return"


def wrong_steps(sent: Sent) -> Iterator[tuple[str, str]]:
    """Reviewed and returned stand with their state and after sending, a return with its line."""
    for step in STEPS:
        if (step in sent.node) != (sent.state == step):
            yield f"{sent.key}.{step}", "does not agree with the state"
        elif step in sent.node and moment_of(sent.node[step]) < sent.at:
            yield f"{sent.key}.{step}", "comes before sending"
    if "returned" in sent.node and not is_text(as_map(sent.node["returned"]).get("why")):
        yield f"{sent.key}.returned.why", "has no line"
