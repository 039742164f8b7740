"""Checks 23 and 24: work is given only where it may be, and withdrawn when it must be."""

from collections.abc import Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import fit, rules_named, safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import NodeMap, as_list, maps, one_or_more, text
from portal.exercises.catalogue.stories.check_events import events_of
from portal.exercises.catalogue.stories.earlier import steps_before
from portal.exercises.catalogue.stories.moments import moment_of
from portal.exercises.catalogue.stories.story import PARTNERS, Story, Work

ENDINGS = ("closed", "withdrawn")


def check_assigning(story: Story) -> Iterator[Fault]:
    """How work was given, and which states it has."""
    for at, entry in enumerate(maps(story.node.get("programmes"))):
        for reason in wrong_programme(story, entry):
            yield Fault(23, story.path, f"programmes[{at}]", reason)
    for work in story.work:
        for reason in wrong_assignment(story, work):
            yield Fault(23, story.path, work.key, reason)
        for key, reason in wrong_states(story, work):
            yield Fault(24, story.path, key, reason)


def wrong_programme(story: Story, entry: NodeMap) -> Iterator[str]:
    """Why this couple could not begin this programme."""
    programme = story.catalogue.programmes.get(text(entry.get("programme")))
    if programme is None:
        yield f"names no programme: {entry.get('programme')!r}"
        return
    if story.node.get("contact_level") not in as_list(programme.get("contact_levels")):
        yield "is not for this contact level"
    if programme.get("for_one_partner") is not story.is_alone:
        yield "is not for this number of people"


def wrong_assignment(story: Story, work: Work) -> Iterator[str]:
    """Why this work could not be given to them, or not at that moment."""
    if not work.exercise:
        yield f"names no exercise: {work.node.get('exercise')!r}"
        return
    yield from wrong_receiver(story, work)
    yield from wrong_fit(story, work)
    yield from wrong_role(story, work)
    status = story.status_at(work.assigned)
    if status == "paused":
        yield "is assigned while paused"
    needs_clear = safety_of(work.exercise).get("requires_clear") is True or work.is_for_two
    if needs_clear and not work.in_solo_wording and status != "clear":
        yield f"needs the status clear, and it was {status}"
    if not work.in_solo_wording:
        for rule in rules_named(work.exercise, "needs_before"):
            if not steps_before(story, work, rule):
                yield f"comes before {rule.get('exercise')!r} was {rule.get('state')}"


def wrong_receiver(story: Story, work: Work) -> Iterator[str]:
    """Work for two goes to the couple, other work to somebody who takes part."""
    if work.is_for_two != (work.to == "couple"):
        yield f"gives {work.mode} work to {work.to!r}"
    elif work.to not in ("couple", *story.taking_part):
        yield f"goes to somebody who does not take part: {work.to!r}"


def wrong_fit(story: Story, work: Work) -> Iterator[str]:
    """Both rows count: the contact level's, and one partner's where one is alone."""
    rows = [text(story.node.get("contact_level"))]
    if story.is_alone:
        rows.append("one_partner")
    for row in rows:
        if fit(work.exercise, row) not in ("full", "adapted"):
            yield f"never suits {row}"
    for rule in rules_named(work.exercise, "never_with"):
        if story.node.get("contact_level") in one_or_more(rule.get("contact_level", [])):
            yield "is refused at this contact level"


def wrong_role(story: Story, work: Work) -> Iterator[str]:
    """Written for one role, or refused for a role or a stance."""
    roles = [story.words_of(person, "role", "any") for person in work.people]
    wanted = work.exercise.get("for_role")
    if wanted != "any" and wanted not in roles:
        yield f"is written for the {wanted}"
    stances = [story.words_of(person, "stance", "not_set") for person in PARTNERS]
    for rule in rules_named(work.exercise, "never_with"):
        for role in one_or_more(rule.get("role", [])):
            if role in roles:
                yield f"is never given to the role {role!r}"
        for stance in one_or_more(rule.get("stance", [])):
            if stance in stances:
                yield f"is never given where a stance is {stance!r}"


def wrong_states(story: Story, work: Work) -> Iterator[tuple[str, str]]:
    """Stored states only, ends where they belong, and nothing for two after leaving clear."""
    state = text(work.node.get("state"))
    if state not in known.ASSIGNMENT_STATES:
        yield f"{work.key}.state", f"is not a stored state: {work.node.get('state')!r}"
    if ("ended" in work.node) != (state in ENDINGS):
        yield f"{work.key}.ended", "stands exactly with closed and withdrawn"
    for sent in work.sent:
        if sent.state not in known.REFLECTION_STATES:
            yield f"{sent.key}.state", f"is not a stored state: {sent.node.get('state')!r}"
    yield from left_open(story, work)


def left_open(story: Story, work: Work) -> Iterator[tuple[str, str]]:
    """Work for two that went on although the status had left clear."""
    ending = (work.node.get("state"), work.ended)
    last = max(moment_of(event) for _, event in events_of(story.node))
    for moment in story.leavings() if work.is_for_two else ():
        if moment > last or not is_open_at(work, moment):
            continue
        if ending != ("withdrawn", moment):
            yield work.key, "is not withdrawn in the moment when the status left clear"


def is_open_at(work: Work, moment: int) -> bool:
    """Whether work had been given and had not ended before a moment."""
    return work.assigned <= moment and (work.ended is None or work.ended >= moment)
