"""A joint sheet as one of its two writers sees it, and what one saving did to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.reflections.drafts.cards import DraftCard
from portal.reflections.joint.readers import drawn_with
from portal.vocabulary import Audience, Seat


@dataclass(frozen=True)
class HandCard:
    """Whose hand a shared answer was last in."""

    name: str
    place: str


@dataclass(frozen=True)
class SheetCard:
    """One writer's view: the shared answers, their own, and nothing of the other's own."""

    draft: DraftCard
    bases: Mapping[str, str]
    stamps: Mapping[str, int]
    hands: Mapping[str, tuple[HandCard, ...]]
    version: int
    own_mark: str
    has_confirmed: bool
    has_declined: bool
    takes_words: bool
    is_begun: bool

    @property
    def seen(self) -> str:
        """A mark of exactly these words, shared and one's own; a yes is a yes to nothing else."""
        return f"{self.version}.{self.own_mark}"

    def name_at(self, place: str) -> str:
        """The first name of the person in this place."""
        return self.draft.own.name_at(Seat(place))


@dataclass(frozen=True)
class Clash:
    """An answer that both had changed: the sheet's text, and the mark that takes its place."""

    key: str
    text: str
    base: str


@dataclass
class Saved:
    """What one saving did; the marks say what each answer on the page now stands upon."""

    bases: dict[str, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    def show(self, key: str, reader: Audience) -> None:
        """The page shows this audience beside one's own answer, and brings the mark of it back."""
        self.bases[key] = drawn_with(self.bases[key], reader)
        self.clashes = [
            replace(clash, base=drawn_with(clash.base, reader)) if clash.key == key else clash
            for clash in self.clashes
        ]
