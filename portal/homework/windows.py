"""The days on which a round takes work: counted in whole days of a named zone, never in hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from portal.vocabulary import Cadence

WEEK = 7


class Phase(Enum):
    """Where a day lies in a round's days."""

    TO_COME = "to_come"
    NOW = "now"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True)
class Window:
    """The days of one round; where no last day is named it takes work until it is closed."""

    number: int
    first_on: date
    due_on: date
    last_on: date | None = None

    def phase(self, today: date) -> Phase:
        """Where today lies: still to come, now, late but welcome, or over.

        The first round is there from the moment it is given, also for who lives a day behind.
        """
        if today < self.first_on and self.number > 1:
            return Phase.TO_COME
        if today <= self.due_on:
            return Phase.NOW
        return Phase.LATE if self.last_on is None or today <= self.last_on else Phase.OVER


def day_in(at: datetime, zone: str) -> date:
    """Which day it is at this moment for somebody in this zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_number(first_on: date, today: date) -> int:
    """Which day of a round it is, counted from one; the days before count as the first."""
    return max((today - first_on).days + 1, 1)


def windows_of(
    cadence: Cadence, length: int, first_on: date, due_on: date | None
) -> tuple[Window, ...]:
    """The rounds of an assignment: one a week, or one for the whole of it.

    Weeks count from the assigned day, a weekly round takes work until seven days after its last day,
    and its due day is its own last day (catalogue, section 2, Cadence). A diary is due on the last day
    of its run at the earliest; everything else takes work until the counsellor closes it.
    """
    if cadence is Cadence.WEEKLY:
        return tuple(_week(number, first_on) for number in range(1, length + 1))
    last_day = first_on + timedelta(days=length - 1)
    if cadence is Cadence.DAILY:
        return (Window(1, first_on, max(due_on or last_day, last_day)),)
    return (Window(1, first_on, due_on or first_on + timedelta(days=WEEK)),)


def _week(number: int, first_on: date) -> Window:
    first = first_on + timedelta(days=WEEK * (number - 1))
    last = first + timedelta(days=WEEK - 1)
    return Window(number, first, last, last + timedelta(days=WEEK))
