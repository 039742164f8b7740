"""Finding counselling hours."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.agenda.cards import AppointmentCard
from portal.foundation.errors import NotFound
from portal.people.queries import memberships_of
from portal.policies.sight import is_before_joining, may_enter, sees_private
from portal.sessions.cards import SessionCard
from portal.sessions.models import AgreedStep, Attendance, TherapySession
from portal.visit import Visit


def sessions_of(visit: Visit, couple_id: UUID) -> list[SessionCard]:
    """A couple's hours that exist for this viewer, oldest first, numbered from one for each reader."""
    if not may_enter(visit.viewer, couple_id):
        raise NotFound
    query = select(TherapySession).where(TherapySession.couple_id == couple_id)
    rows = visit.db.scalars(query.order_by(TherapySession.starts_at, TherapySession.id)).all()
    seen = [row for row in rows if not is_before_joining(visit.viewer, couple_id, row.starts_at)]
    attended = attended_in(visit, [row.id for row in seen])
    agreed = _agreed(visit, couple_id, [row.id for row in seen])
    cards = [
        _card(visit, row, number, attended.get(row.id, ()), agreed.get(row.id, ()))
        for number, row in enumerate(seen, start=1)
    ]
    if sees_private(visit.viewer, couple_id):
        return cards
    mine = [card for card in cards if visit.viewer.person_id in card.attended]
    return [replace(card, number=number) for number, card in enumerate(mine, start=1)]


def session_card(visit: Visit, session_id: UUID) -> SessionCard:
    """One hour, where it exists for this viewer."""
    row = visit.db.get(TherapySession, session_id)
    if row is None or not may_enter(visit.viewer, row.couple_id):
        raise NotFound
    found = [card for card in sessions_of(visit, row.couple_id) if card.id == session_id]
    if not found:
        raise NotFound
    return found[0]


def unwritten(
    visit: Visit, couple_id: UUID, planned: Sequence[AppointmentCard]
) -> list[AppointmentCard]:
    """Those of a couple's planned hours about which nothing is written yet, in the same order.

    What was written tells of one hour only: of those that it touches, the one that began nearest to it.
    """
    if not planned or not may_enter(visit.viewer, couple_id):
        return []
    query = select(TherapySession.starts_at, TherapySession.minutes).where(
        TherapySession.couple_id == couple_id,
        TherapySession.starts_at > planned[0].starts_at - timedelta(days=1),
    )
    written: set[AppointmentCard] = set()
    for starts_at, minutes in visit.db.execute(query):
        ends_at = starts_at + timedelta(minutes=minutes)
        touched = [h for h in planned if h.starts_at < ends_at and starts_at < h.ends_at]
        if touched:
            written.add(min(touched, key=lambda h: abs(h.starts_at - starts_at)))
    return [hour for hour in planned if hour not in written]


def _card(
    visit: Visit,
    row: TherapySession,
    number: int,
    attended: tuple[UUID, ...],
    agreed: tuple[str, ...],
) -> SessionCard:
    card = SessionCard(
        id=row.id,
        couple_id=row.couple_id,
        number=number,
        starts_at=row.starts_at,
        minutes=row.minutes,
        attended=attended,
        written_by_id=row.written_by_id,
        shared_summary=row.words(visit.vault, "shared_summary", row.couple_id),
        agreed=agreed,
        version=row.version,
    )
    if not sees_private(visit.viewer, row.couple_id):
        return card
    return replace(
        card,
        progress_note=row.words(visit.vault, "progress_note", row.couple_id),
        process_note=row.words(visit.vault, "process_note", row.couple_id),
    )


def attended_in(visit: Visit, ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Who was in each of these hours, as it is written down by now; no key where nobody was."""
    query = select(Attendance).where(Attendance.therapy_session_id.in_(list(ids)))
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in visit.db.scalars(query.order_by(Attendance.person_id)):
        key = row.therapy_session_id
        found[key] = (*found.get(key, ()), row.person_id)
    return found


def _agreed(visit: Visit, couple_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    query = select(AgreedStep).where(AgreedStep.therapy_session_id.in_(list(ids)))
    visit.vault.warm([couple_id, *(seat.person_id for seat in memberships_of(visit, [couple_id]))])
    found: dict[UUID, tuple[str, ...]] = {}
    for row in visit.db.scalars(query.order_by(AgreedStep.position, AgreedStep.id)):
        key = row.therapy_session_id
        found[key] = (*found.get(key, ()), row.words(visit.vault, "text", couple_id))
    return found
