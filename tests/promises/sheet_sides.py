"""What each of two has of a joint sheet, in the model of it: a page, a side, and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.vocabulary import Seat

TOGETHER, ALONE, BOX = ("signal", "used_it"), "where_each", "private_note"
KEYS = (*TOGETHER, ALONE, BOX)
Texts = dict[str, str | None]


@dataclass(frozen=True)
class Page:
    """What somebody has before them, and to which words and readers exactly a yes would be given."""

    texts: Mapping[str, str | None] = field(default_factory=lambda: dict.fromkeys(KEYS))
    agreed_to: object = None


@dataclass
class Side:
    """One of the two: their own answers, what lies beside the sheet for them, what they said."""

    own: Texts = field(default_factory=lambda: dict.fromkeys((ALONE, BOX)))
    filled: bool = False
    kept: list[tuple[str, str]] = field(default_factory=list)
    box: list[str] = field(default_factory=list)
    box_waits: bool = False
    out_of_sight: set[str] = field(default_factory=set)
    has_begun: bool = False
    has_confirmed: bool = False
    has_declined: bool = False
    says_yes: bool = False
    is_narrow: bool = False
    page: Page = field(default_factory=Page)

    def keep(self, key: str, text: str) -> None:
        """Keep another version beside the sheet; once, however often it comes."""
        if (key, text) not in self.kept:
            self.kept.append((key, text))


@dataclass(frozen=True)
class SentSheet:
    """The words as they stood at one sending."""

    shared: Texts
    hands: Mapping[str, Seat]
    own: Mapping[Seat, tuple[str | None, bool]]
