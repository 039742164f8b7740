"""What a partner carries away: their own words, and no byte of anybody else's."""

from dataclasses import dataclass
from datetime import date

from portal.measures.written import WrittenWeek
from portal.people.cards import OwnCoupleCard
from portal.reflections.written.cards import WrittenPiece


@dataclass(frozen=True)
class OwnWords:
    """Everything one partner wrote, and the day on which it was put together."""

    own: OwnCoupleCard
    on: date
    pieces: tuple[WrittenPiece, ...]
    weeks: tuple[WrittenWeek, ...]
