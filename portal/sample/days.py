"""The sample's own calendar, moved by whole weeks so that it never looks old."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAY = re.compile(r"w(\d+)d([1-7])")
WEEK = timedelta(days=7)


def offset(mark: str) -> timedelta:
    """How far a day like ``w2d3`` lies from the sample's first Monday."""
    found = DAY.fullmatch(mark)
    if found is None:
        raise ValueError(f"{mark} is no day of the sample")
    return timedelta(days=7 * int(found[1]) + int(found[2]) - 1)


def is_day(mark: object) -> bool:
    """Whether this is a day as the sample writes it."""
    return isinstance(mark, str) and DAY.fullmatch(mark) is not None


@dataclass(frozen=True)
class Calendar:
    """Where one couple's story lies in real days."""

    first_monday: date
    zone: ZoneInfo

    def day(self, mark: str) -> date:
        """The real day of one of the sample's."""
        return self.first_monday + offset(mark)

    def at(self, event: dict[str, Any]) -> datetime:
        """The real moment of an event, in the couple's zone."""
        hour, minute = (int(part) for part in str(event["time"]).split(":"))
        return datetime.combine(self.day(str(event["at"])), time(hour, minute), self.zone)


def calendar_for(story: dict[str, Any], now: datetime) -> Calendar:
    """Moved by whole weeks: the last event lies in the past, and at most seven days ago."""
    zone = ZoneInfo(str(story["timezone"]))
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    calendar = Calendar(monday, zone)
    last = max(calendar.at(event) for event in events_in(story))
    while last > now:
        last, monday = last - WEEK, monday - WEEK
    return Calendar(monday, zone)


def events_in(node: Any) -> Iterator[dict[str, Any]]:
    """Everything in a story that has a day and a time."""
    if isinstance(node, dict):
        if "at" in node and "time" in node:
            yield node
        for part in node.values():
            yield from events_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from events_in(part)
