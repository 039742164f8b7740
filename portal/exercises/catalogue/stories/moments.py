"""Days and times of a story, counted from the week in which it begins."""

import re

from portal.exercises.catalogue.nodes import Node, NodeMap, as_map, text

DAY_NOTATION = re.compile(r"w(\d{1,3})d([1-7])")
TIME_NOTATION = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
DAY = 24 * 60
WEEK = 7
UNKNOWN = -1


def day_of(at: Node) -> int:
    """The day that `wNdM` names, or unknown."""
    found = DAY_NOTATION.fullmatch(text(at))
    return int(found[1]) * WEEK + int(found[2]) - 1 if found else UNKNOWN


def moment_of(node: Node) -> int:
    """The minute in which something happened, or unknown."""
    day = day_of(as_map(node).get("at"))
    time = TIME_NOTATION.fullmatch(text(as_map(node).get("time")))
    if day == UNKNOWN or time is None:
        return UNKNOWN
    return day * DAY + int(time[1]) * 60 + int(time[2])


def has_moment(node: NodeMap) -> bool:
    """Whether both the day and the time are told."""
    return moment_of(node) != UNKNOWN


def day_in(moment: int) -> int:
    """The day in which a moment lies."""
    return moment // DAY
