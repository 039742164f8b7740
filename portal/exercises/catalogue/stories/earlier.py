"""What had happened to a couple's work before a moment."""

from portal.exercises.catalogue.nodes import NodeMap
from portal.exercises.catalogue.stories.moments import UNKNOWN
from portal.exercises.catalogue.stories.story import Sent, Story, Work


def steps_before(story: Story, work: Work, rule: NodeMap) -> bool:
    """Whether the right person had the asked-for exercise in the asked-for state by then."""
    for earlier in story.work:
        if earlier.node.get("exercise") != rule.get("exercise"):
            continue
        for sent in earlier.sent:
            writer = story.words_of(sent.by, "role", "any")
            if writer == rule.get("by") and was_in(sent, rule, work.assigned):
                return True
    return False


def was_in(sent: Sent, rule: NodeMap, moment: int) -> bool:
    """Whether a submission had reached the state of a rule by a moment."""
    if sent.state != rule.get("state"):
        return False
    reached = sent.read_at if sent.read_at != UNKNOWN else sent.at
    return reached <= moment
