"""Check 35: nothing that partners are given to read borrows from what they may not see."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import text
from portal.exercises.catalogue.stories.sight import Piece, given_words, pieces_of
from portal.exercises.catalogue.stories.story import Story
from portal.exercises.catalogue.stories.telling import (
    Words,
    holds_words,
    quotations_in,
    runs_of,
    words_of,
)


@dataclass(frozen=True)
class Origins:
    """Where each telling run and each single word of a story was written."""

    of_runs: dict[Words, list[Piece]]
    of_words: dict[str, list[Piece]]

    def of_quotation(self, quoted: Words) -> list[Piece]:
        """The pieces in which a quotation stands."""
        rarest = min((self.of_words.get(word, []) for word in quoted), key=len)
        return [piece for piece in rarest if holds_words(piece.words, quoted)]


def check_words(story: Story) -> Iterator[Fault]:
    """Feedback, shared summaries and agreed steps of one sample."""
    origins = origins_of(story)
    private = individual_names(story)
    for words, at, readers, place in given_words(story):
        for reader in readers:
            for reason in borrowed(Piece(words, at, {}, place), reader, origins):
                yield Fault(35, story.path, place, reason)
        for name, title in private.items() if len(readers) > 1 else ():
            if holds_words(words, title) or ("-" in name and name in words.casefold()):
                yield Fault(35, story.path, place, f"names individual work: {name}")


def origins_of(story: Story) -> Origins:
    """All words of a story, ready to be looked up."""
    found = Origins(defaultdict(list), defaultdict(list))
    for piece in pieces_of(story):
        for run in runs_of(piece.words):
            found.of_runs[run].append(piece)
        for word in set(words_of(piece.words)):
            found.of_words[word].append(piece)
    return found


def borrowed(given: Piece, reader: str, origins: Origins) -> Iterator[str]:
    """What this text takes from words that its reader may not see at that moment."""
    for run in sorted(runs_of(given.words)):
        if is_hidden(given, reader, origins.of_runs.get(run, [])):
            yield f"holds a run that {reader} may not see: {' '.join(run)}"
    for quoted in quotations_in(given.words):
        if is_hidden(given, reader, origins.of_quotation(quoted)):
            yield f"quotes what {reader} may not see: {' '.join(quoted)}"


def is_hidden(given: Piece, reader: str, origins: list[Piece]) -> bool:
    """Whether these words had been written by then, and nowhere where the reader sees them."""
    written = [
        piece
        for piece in origins
        if piece.written_at <= given.written_at and piece.place != given.place
    ]
    return bool(written) and not any(
        piece.is_seen_by(reader, given.written_at) for piece in written
    )


def individual_names(story: Story) -> dict[str, Words]:
    """The titles of individual exercises, as words."""
    return {
        name: words_of(text(exercise.get("title")))
        for name, exercise in story.catalogue.exercises.items()
        if exercise.get("mode") == "individual"
    }
