"""The few facts at the head of a summary: which hour, what it covers, when the next one is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from portal.agenda.queries import next_appointments
from portal.people.cards import CoupleCard
from portal.reports.cards import Span
from portal.reports.paper import Fact
from portal.reports.queries import end_of
from portal.sessions.cards import SessionCard
from portal.visit import Visit


def facts_of(
    visit: Visit, couple: CoupleCard, session: SessionCard, span: Span, locale: str
) -> tuple[Fact, ...]:
    """What somebody wants to know at a glance, in the couple's own time."""
    zone = ZoneInfo(couple.time_zone)
    starts, ends = session.starts_at.astimezone(zone), end_of(session).astimezone(zone)

    def day(at: datetime) -> str:
        return str(format_date(at.astimezone(zone), "long", locale=locale))

    def clock(at: datetime) -> str:
        return str(format_time(at, "short", locale=locale))

    facts = [
        Fact("Session", day(starts)),
        Fact("Time", f"{clock(starts)} – {clock(ends)}"),
    ]
    if span.after:
        facts.append(Fact("Covers", f"{day(span.after)} – {day(ends)}"))
    following = next_appointments(visit, [couple.id]).get(couple.id)
    if following and following > end_of(session):
        facts.append(Fact("Next", f"{day(following)}, {clock(following.astimezone(zone))}"))
    return tuple(facts)
