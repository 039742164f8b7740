"""Checks 21 and 22: everything has its moment, and check-ins and sessions are in order."""

from collections.abc import Iterator

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    are_texts,
    as_list,
    as_map,
    doubles,
    is_text,
    is_whole,
    maps,
)
from portal.exercises.catalogue.stories.moments import (
    UNKNOWN,
    WEEK,
    day_of,
    has_moment,
    moment_of,
)
from portal.exercises.catalogue.stories.story import Story

SESSION = {"id", "at", "time", "minutes", "attended", "progress_note", "shared_summary"}
SESSION_MAY = {"process_note", "agreed"}
PARTS = ("submissions", "reveals", "releases", "highlights", "feedback")
STEPS = ("reviewed", "returned")


def check_events(story: Story) -> Iterator[Fault]:
    """The moments, the check-ins and the sessions of one sample."""
    for key, event in events_of(story.node):
        if not has_moment(as_map(event)):
            yield Fault(21, story.path, key, "needs at (wNdM) and time (hh:mm, quoted)")
    for key, work in numbered("assignments", story.node):
        if day_of(work.get("due")) == UNKNOWN:
            yield Fault(21, story.path, f"{key}.due", "is not a day")
    for name in ("sessions", "joint_work"):
        moments = [moment_of(entry) for entry in maps(story.node.get(name))]
        if moments != sorted(set(moments)):
            yield Fault(21, story.path, name, "is not in order")
    yield from check_check_ins(story)
    yield from check_sessions(story)


def numbered(name: str, node: NodeMap) -> Iterator[tuple[str, NodeMap]]:
    """The maps of a list, each with its place."""
    for at, entry in enumerate(maps(node.get(name))):
        yield f"{name}[{at}]", entry


def events_of(node: NodeMap) -> Iterator[tuple[str, Node]]:
    """Everything that happens in a story, with its place."""
    for name in ("programmes", "joint_work", "check_ins", "sessions"):
        yield from numbered(name, node)
    for key, work in numbered("assignments", node):
        yield f"{key}.assigned", work.get("assigned")
        if "ended" in work:
            yield f"{key}.ended", work["ended"]
        for name in PARTS:
            for below, part in numbered(name, work):
                yield f"{key}.{below}", part
                yield from steps_of(f"{key}.{below}", part)


def steps_of(key: str, part: NodeMap) -> Iterator[tuple[str, Node]]:
    """What else happened to a submission."""
    for step in STEPS:
        if step in part:
            yield f"{key}.{step}", part[step]
    for letter, moment in as_map(part.get("confirmed")).items():
        yield f"{key}.confirmed.{letter}", moment


def check_check_ins(story: Story) -> Iterator[Fault]:
    """One check-in a person and week, with exactly the items of its wording."""
    wanted = items_for(story)
    weeks = []
    for key, entry in numbered("check_ins", story.node):
        by = entry.get("by")
        if by not in story.taking_part:
            yield Fault(21, story.path, f"{key}.by", f"does not take part: {by!r}")
        weeks.append((by, day_of(entry.get("at")) // WEEK))
        answers = as_map(entry.get("answers"))
        if set(answers) != wanted:
            odd = ", ".join(sorted(map(str, set(answers) ^ wanted)))
            yield Fault(21, story.path, f"{key}.answers", f"does not have its items: {odd}")
        for item, value in answers.items():
            if not is_answer(story, item, value):
                yield Fault(21, story.path, f"{key}.answers.{item}", f"cannot be {value!r}")
        if "comment" in entry and not is_text(entry["comment"]):
            yield Fault(21, story.path, f"{key}.comment", "has no words")
    for twice in doubles(list(weeks)):
        yield Fault(21, story.path, "check_ins", f"has two in one week: {twice}")


def items_for(story: Story) -> set[Node]:
    """The items that this couple is asked, by contact level."""
    check_in = story.catalogue.check_in
    level = story.node.get("contact_level")
    variant = as_map(as_map(check_in.get("variants")).get(str(level)))
    keys = {item.get("key") for item in maps(check_in.get("items"))}
    return keys - set(map(str, as_list(variant.get("drop"))))


def is_answer(story: Story, item: str, value: Node) -> bool:
    """Whether a check-in item can be answered so."""
    if value is None:
        except_for = as_map(story.catalogue.check_in.get("not_applicable")).get("except")
        return item not in as_list(except_for)
    return is_whole(value) and bool(0 <= value <= 10)


def check_sessions(story: Story) -> Iterator[Fault]:
    """Each session has its record and its summary, and was attended (check 22)."""
    for key, entry in numbered("sessions", story.node):
        for name in sorted(SESSION - set(entry)):
            yield Fault(22, story.path, f"{key}.{name}", "is missing")
        for name in sorted(set(entry) - SESSION - SESSION_MAY):
            yield Fault(22, story.path, f"{key}.{name}", "is not a known key")
        for name in ("progress_note", "shared_summary", "process_note"):
            if name in entry and not is_text(entry[name]):
                yield Fault(22, story.path, f"{key}.{name}", "has no words")
        if "agreed" in entry and not are_texts(entry["agreed"]):
            yield Fault(22, story.path, f"{key}.agreed", "is not a list of steps")
        there = as_list(entry.get("attended"))
        if not there or any(letter not in story.taking_part for letter in there) or doubles(there):
            yield Fault(22, story.path, f"{key}.attended", "names somebody who does not take part")
