"""Where a story is played: its people, its calendar, and visits at the moment of each deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.audit.service import write_traces
from portal.sample.cast import Cast, seen_by
from portal.sample.days import Calendar
from portal.visit import Visit
from portal.vocabulary import Role, Seat

Deed = Callable[[Visit], object]


@dataclass(frozen=True)
class Event:
    """One deed with its moment; ties go by rank, then by the order in which they are written."""

    at: datetime
    rank: int
    play: Callable[[], None]


@dataclass
class Stage:
    """One couple's story while it is being played."""

    visit: Visit
    story: dict[str, Any]
    cast: Cast
    calendar: Calendar

    def counsellor(self, given: dict[str, Any], rank: int, deed: Deed) -> Event:
        """Something that the counsellor does at the moment that stands in the sample."""
        at = self.calendar.at(given)
        return Event(
            at, rank, lambda: self.play(at, self.cast.counsellor_id, Role.COUNSELLOR, deed)
        )

    def partner(self, seat: Seat, given: dict[str, Any], rank: int, deed: Deed) -> Event:
        """Something that the partner in this seat does."""
        at, who = self.calendar.at(given), self.cast.people[seat]
        return Event(at, rank, lambda: self.play(at, who, Role.PARTNER, deed))

    def play(self, at: datetime, who: Any, role: Role, deed: Deed) -> None:
        """Let somebody do something at this moment, with the eyes they have then."""
        here = seen_by(self.visit, who, role, at)
        deed(here)
        here.db.flush()  # the next deed asks for what this one left
        write_traces(here)
