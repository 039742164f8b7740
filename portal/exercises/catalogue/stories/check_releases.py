"""Checks 31, 32 and 33: what is held stays held, and a release has every yes that it needs."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import field_of, fixed_rows, safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import Node, NodeMap, as_list, as_map, maps, text
from portal.exercises.catalogue.stories.holds import standing_stops
from portal.exercises.catalogue.stories.story import Happening, Sent, Story, Work


def check_releases(story: Story) -> Iterator[Fault]:
    """The openings and releases of one sample, weighed against holds and yeses."""
    for work in story.work:
        for opening in work.happenings("reveals"):
            for reason in held(work, opening):
                yield Fault(31, story.path, opening.key, reason)
        for release in work.happenings("releases"):
            for reason in held(work, release):
                yield Fault(31, story.path, release.key, reason)
            for reason in wrong_release(story, work, release):
                yield Fault(32, story.path, release.key, reason)
            for reason in wrong_matches(work, release):
                yield Fault(33, story.path, release.key, reason)


def field_released(work: Work, release: Happening) -> NodeMap:
    """The question whose answer a release shows."""
    return field_of(work.exercise, release.node.get("field")) or {}


def halves_of(work: Work, shown: Happening) -> list[Sent]:
    """The submissions from which an opening or a release shows something."""
    if "field" not in shown.node:
        return work.in_round(shown.round, shown.at)
    writers = writers_of(work, shown)
    found = [work.revision(shown.round, shown.revision, writer) for writer in writers]
    return [sent for sent in found if sent is not None]


def writers_of(work: Work, release: Happening) -> list[str]:
    """Whose answers a release shows: both for matches, else of those who said yes."""
    if work.mode != "paired" or "reveal" in field_released(work, release):
        return list(work.writers)
    return [writer for writer in work.writers if writer in as_list(release.node.get("agreed_by"))]


def held(work: Work, shown: Happening) -> Iterator[str]:
    """Why this may not be shown yet, or never (check 31)."""
    halves = halves_of(work, shown)
    is_held = safety_of(work.exercise).get("hold_for_review") is True
    if is_held or work.mode == "individual":
        unread = [half for half in halves if half.state != "reviewed" or half.read_at > shown.at]
        if unread:
            yield "happens before the counsellor has read it"
    if is_held and "field" not in shown.node and shown.node.get("by") != "counsellor":
        yield "is held, and only the counsellor opens it"
    yield from standing_stops(work, halves, shown.node.get("field"))


def wrong_release(story: Story, work: Work, release: Happening) -> Iterator[str]:
    """Why this answer could not be released at that moment (check 32)."""
    field = field_released(work, release)
    if field.get("visibility") != "on_release" or work.in_solo_wording:
        yield f"releases what is not on_release: {release.node.get('field')!r}"
    halves = halves_of(work, release)
    if not halves or any(not is_whole_answer(half, field, release.at) for half in halves):
        yield "is not of a sent revision that holds this answer"
    if sorted(map(str, as_list(release.node.get("agreed_by")))) != sorted(
        writers_of(work, release)
    ):
        yield "has not the yes of its writer"
    if story.status_at(release.at) != "clear":
        yield "happens while the status is not clear"
    if not isinstance(release.node.get("opened"), bool):
        yield "does not say whether it was opened"


def is_whole_answer(half: Sent, field: NodeMap, moment: int) -> bool:
    """Whether a revision was with the counsellor and answers the released question."""
    kept = half.state in {"submitted", "reviewed"} and half.at <= moment
    return kept and half.answers.get(text(field.get("key"))) not in (None, "", [])


def wrong_matches(work: Work, release: Happening) -> Iterator[str]:
    """Why this is not what both marked, and nothing else (check 33)."""
    field = field_released(work, release)
    if "reveal" not in field:
        if "shared_rows" in release.node:
            yield "shows rows of something that is no table of matches"
        return
    halves = halves_of(work, release)
    agreed = as_list(release.node.get("agreed_by"))
    if len(halves) < len(work.writers) or any(half.by not in agreed for half in halves):
        yield "has not the yes of both writers"
    if release.node.get("shared_rows") != matching_rows(field, halves):
        yield "does not show exactly the rows that both marked"


def matching_rows(field: NodeMap, halves: list[Sent]) -> list[Node]:
    """The named rows in which every writer chose a matching value."""
    return [
        row
        for row in fixed_rows(field)
        if halves and all(is_marked(field, half, row) for half in halves)
    ]


def is_marked(field: NodeMap, half: Sent, row: Node) -> bool:
    """Whether one writer chose a matching value in this row."""
    reveal = as_map(field.get("reveal"))
    column, wanted = text(reveal.get("column")), as_list(reveal.get("match"))
    rows = maps(half.answers.get(text(field.get("key"))))
    return any(entry.get("row") == row and entry.get(column) in wanted for entry in rows)
