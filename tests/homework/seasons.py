"""Five zones and their changes of the clock, written down by hand: what the windows are held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

YEARS = range(2026, 2031)


def sunday(year: int, month: int, which: int) -> date:
    """The first, second or (-1) last Sunday of a month."""
    days = [date(year, month, day) for day in range(1, 32) if _is_day(year, month, day)]
    sundays = [day for day in days if day.weekday() == 6]
    return sundays[which - 1] if which > 0 else sundays[which]


def _is_day(year: int, month: int, day: int) -> bool:
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return day <= last


@dataclass(frozen=True)
class Rule:
    """When a zone's clock goes forward and back: month, which Sunday, and the hour in UTC."""

    standard: timedelta
    summer: timedelta
    on: tuple[int, int, float]
    off: tuple[int, int, float]

    def change(self, year: int, *, forward: bool) -> datetime:
        """The moment of one change; the hour may lie on the day before in UTC."""
        month, which, hour = self.on if forward else self.off
        day = sunday(year, month, which)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)

    def changes(self) -> Iterator[datetime]:
        """Ten changes, two a year."""
        for year in YEARS:
            yield self.change(year, forward=True)
            yield self.change(year, forward=False)

    def offset(self, at: datetime) -> timedelta:
        """How far this zone's clock is from UTC at a moment."""
        on, off = self.change(at.year, forward=True), self.change(at.year, forward=False)
        is_summer = on <= at < off if on < off else not off <= at < on
        return self.summer if is_summer else self.standard

    def day(self, at: datetime) -> date:
        """Which day it is there."""
        return (at + self.offset(at)).date()


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)


ZONES = {
    # Ireland, Poland: the last Sundays of March and October, at one o'clock UTC.
    "Europe/Dublin": Rule(hours(0), hours(1), (3, -1, 1), (10, -1, 1)),
    "Europe/Warsaw": Rule(hours(1), hours(2), (3, -1, 1), (10, -1, 1)),
    # New York: second Sunday of March, first of November, at two on the clock of that moment.
    "America/New_York": Rule(hours(-5), hours(-4), (3, 2, 7), (11, 1, 6)),
    # Sydney: first Sundays of October and April, at two in standard time (16:00 UTC the day before).
    "Australia/Sydney": Rule(hours(10), hours(11), (10, 1, -8), (4, 1, -8)),
    # Lord Howe moves its clock by half an hour only.
    "Australia/Lord_Howe": Rule(hours(10.5), hours(11), (10, 1, -8.5), (4, 1, -9)),
}
