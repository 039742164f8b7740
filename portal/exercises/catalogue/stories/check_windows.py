"""Check 25: nothing happens to work outside its days."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import fields_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import as_map, in_step, is_whole, maps
from portal.exercises.catalogue.stories.check_events import PARTS, steps_of
from portal.exercises.catalogue.stories.moments import WEEK, day_in, day_of, moment_of
from portal.exercises.catalogue.stories.story import Sent, Story, Work


def check_windows(story: Story) -> Iterator[Fault]:
    """The days of all work of one sample."""
    for work in story.work:
        for find in (outside, wrong_due, wrong_rounds, wrong_days):
            for key, reason in find(work):
                yield Fault(25, story.path, key, reason)


def outside(work: Work) -> Iterator[tuple[str, str]]:
    """What happened before the work was given or after it ended."""
    for name in PARTS:
        for part in work.happenings(name):
            moments = [(part.key, part.at)]
            moments += [(key, moment_of(step)) for key, step in steps_of(part.key, part.node)]
            for key, at in moments:
                if at < work.assigned:
                    yield key, "happens before the work was assigned"
                elif work.ended is not None and at > work.ended:
                    yield key, "happens after the work had ended"
    if work.ended is not None and work.ended < work.assigned:
        yield f"{work.key}.ended", "lies before the assigned day"


def wrong_due(work: Work) -> Iterator[tuple[str, str]]:
    """Due on or after the first day; for weekly work on the last day of the last round."""
    due, first = day_of(work.node.get("due")), day_in(work.assigned)
    if work.weeks is not None and due != first + work.weeks * WEEK - 1:
        yield f"{work.key}.due", "is not the last day of the last round"
    elif due < first:
        yield f"{work.key}.due", "lies before the assigned day"


def wrong_rounds(work: Work) -> Iterator[tuple[str, str]]:
    """A weekly round takes work from its first day until seven days after its last."""
    for sent in work.sent:
        if (work.weeks is not None) != ("round" in sent.node):
            yield f"{sent.key}.round", "stands in weekly work, and nowhere else"
        elif work.weeks is not None:
            if not 1 <= sent.round <= work.weeks:
                yield f"{sent.key}.round", "is not one of the rounds"
            first = day_in(work.assigned) + (sent.round - 1) * WEEK
            if not first <= day_in(sent.at) <= first + 2 * WEEK - 1:
                yield sent.key, f"lies outside the days of round {sent.round}"


def wrong_days(work: Work) -> Iterator[tuple[str, str]]:
    """Entries of a daily log lie in the run, and not in days to come."""
    logs = [field for field in fields_of(work.exercise) if field.get("type") == "daily_entry"]
    for sent in work.sent:
        for field in logs:
            for at, entry in enumerate(maps(sent.answers.get(str(field.get("key"))))):
                reason = wrong_day(work, sent, entry.get("day"))
                if reason:
                    yield f"{sent.key}.answers.{field.get('key')}[{at}].day", reason


def wrong_day(work: Work, sent: Sent, day: object) -> str:
    """Why an entry cannot be of this day, or nothing."""
    run = as_map(work.exercise.get("run")).get("days")
    if not is_whole(day) or not in_step(1, day) or not in_step(day, run):
        return f"is not a day of the run: {day!r}"
    last = day_in(sent.at) - day_in(work.assigned) + 1
    return "" if in_step(day, last) else f"is of a day to come: {day!r}"
