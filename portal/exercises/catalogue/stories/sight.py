"""What each partner of a story may see at a moment, and what they may not."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.exercises.catalogue.exercise import field_of, is_each
from portal.exercises.catalogue.nodes import NodeMap, as_list, as_map, every_text, maps, text
from portal.exercises.catalogue.stories.moments import moment_of
from portal.exercises.catalogue.stories.story import PARTNERS, Sent, Story, Work


@dataclass(frozen=True)
class Piece:
    """Words that somebody wrote, and from when on each partner may see them."""

    words: str
    written_at: int
    seen_from: dict[str, int]
    place: str = ""

    def is_seen_by(self, reader: str, moment: int) -> bool:
        """Whether this reader could have seen the words by then."""
        return reader in self.seen_from and self.seen_from[reader] <= moment


def pieces_of(story: Story) -> list[Piece]:
    """All words of a story with who may see them."""
    found = [*notes_of(story), *comments_of(story), *shown_later(story)]
    for work in story.work:
        for sent in work.sent:
            found += pieces_of_sent(work, sent)
        found += wording_of(work)
    return found


def notes_of(story: Story) -> Iterator[Piece]:
    """The counsellor's own notes, which no partner sees."""
    for session in maps(story.node.get("sessions")):
        for key in ("progress_note", "process_note"):
            yield Piece(text(session.get(key)), moment_of(session), {})
    for entry in maps(story.node.get("joint_work")):
        yield Piece(text(entry.get("note")), moment_of(entry), {})


def comments_of(story: Story) -> Iterator[Piece]:
    """What was added to a check-in, for its writer and the counsellor."""
    for entry in maps(story.node.get("check_ins")):
        at = moment_of(entry)
        yield Piece(text(entry.get("comment")), at, {text(entry.get("by")): at})


def shown_later(story: Story) -> Iterator[Piece]:
    """What partners were given to read: summaries, agreed steps and feedback."""
    for words, at, readers, place in given_words(story):
        yield Piece(words, at, dict.fromkeys(readers, at), place)


def given_words(story: Story) -> Iterator[tuple[str, int, tuple[str, ...], str]]:
    """Each text that the counsellor gives to partners: words, moment, readers, place."""
    for at, session in enumerate(maps(story.node.get("sessions"))):
        for key in ("shared_summary", "agreed"):
            for place, words in every_text(session.get(key), f"sessions[{at}].{key}"):
                yield words, moment_of(session), story.taking_part, place
    for work in story.work:
        for feedback in work.happenings("feedback"):
            to = text(feedback.node.get("to"))
            readers = story.taking_part if to == "joint" else (to,)
            yield text(feedback.node.get("text")), feedback.at, readers, f"{feedback.key}.text"


def pieces_of_sent(work: Work, sent: Sent) -> Iterator[Piece]:
    """The words of one submission, and its private notes."""
    for key, value in sent.answers.items():
        field = field_of(work.exercise, key) or {}
        if sent.by == "couple" and is_each(field):
            for writer, own in as_map(value).items():
                seen = seen_from(work, sent, field, writer)
                for _, words in every_text(own):
                    yield Piece(words, sent.at, seen)
        else:
            seen = seen_from(work, sent, field, sent.by)
            for _, words in every_text(value):
                yield Piece(words, sent.at, seen)
    for _, words in every_text(sent.node.get("after")):
        yield Piece(words, sent.at, {})
    returned = as_map(sent.node.get("returned"))
    yield Piece(text(returned.get("why")), sent.at, {sent.by: moment_of(returned)})


def seen_from(work: Work, sent: Sent, field: NodeMap, writer: str) -> dict[str, int]:
    """From when on each partner sees an answer; the writer from the first moment."""
    if writer == "couple":
        return dict.fromkeys(PARTNERS, sent.at)
    seen = {writer: sent.at}
    other = "b" if writer == "a" else "a"
    opened = opened_at(work, sent, field)
    if opened is not None:
        seen[other] = opened
    return seen


def opened_at(work: Work, sent: Sent, field: NodeMap) -> int | None:
    """When an answer was opened or released to the other partner, if it was."""
    if field.get("visibility") == "after_both":
        happened = work.happenings("reveals")
    elif field.get("visibility") == "on_release" and "reveal" not in field:
        happened = [
            release
            for release in work.happenings("releases")
            if release.node.get("field") == field.get("key")
            and sent.by in as_list(release.node.get("agreed_by"))
            and release.node.get("opened") is True
            and release.revision == sent.revision
        ]
    else:
        happened = []
    moments = [done.at for done in happened if done.round == sent.round]
    return min(moments) if moments else None


def wording_of(work: Work) -> Iterator[Piece]:
    """The exercise's own words, which everybody reads to whom it was given."""
    seen = dict.fromkeys(work.people, work.assigned)
    for key in ("title", "intro", "solo", "fields"):
        for _, words in every_text(work.exercise.get(key)):
            yield Piece(words, work.assigned, seen)
