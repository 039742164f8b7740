"""When the next counselling hour is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.agenda.cards import AppointmentCard
from portal.agenda.models import Appointment
from portal.people.seats.queries import coming_alone
from portal.policies.sight import may_enter, sees_hour
from portal.visit import Visit
from portal.vocabulary import Role, Seat


def next_appointments(visit: Visit, couple_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """The next planned hour of each of these couples: with all who take part, or for a partner also their own.

    What hangs on it for both, as the day on which homework is due, never tells of an hour with one alone.
    """
    is_own = visit.viewer.role is Role.PARTNER
    found: dict[UUID, datetime] = {}
    for card in _planned(visit, couple_ids, visit.now, None):
        if is_own or card.is_with_all:
            found.setdefault(card.couple_id, card.starts_at)
    return found


def soonest(visit: Visit, couple_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When somebody of each of these couples is next expected, for who looks after them."""
    found: dict[UUID, datetime] = {}
    for card in _planned(visit, couple_ids, visit.now, None):
        found.setdefault(card.couple_id, card.starts_at)
    return found


def next_hours(visit: Visit, couple_id: UUID) -> list[AppointmentCard]:
    """Every planned hour that is still to come, the earliest first."""
    return _planned(visit, [couple_id], visit.now, None)


def appointments_between(
    visit: Visit, couple_ids: Iterable[UUID], begin: datetime, end: datetime
) -> list[AppointmentCard]:
    """The planned hours of these couples in this stretch of time, the earliest first."""
    return _planned(visit, couple_ids, begin, end)


def _planned(
    visit: Visit, couple_ids: Iterable[UUID], begin: datetime, end: datetime | None
) -> list[AppointmentCard]:
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    query = select(Appointment).where(
        Appointment.couple_id.in_(ids),
        Appointment.called_off_at.is_(None),
        Appointment.starts_at >= begin,
    )
    if end is not None:
        query = query.where(Appointment.starts_at < end)
    alone = coming_alone(visit, ids) if visit.viewer.is_staff else {}
    return [
        _card(row, alone.get(row.couple_id))
        for row in visit.db.scalars(query.order_by(Appointment.starts_at, Appointment.id))
        if sees_hour(visit.viewer, row.couple_id, row.with_seat, row.starts_at)
    ]


def _card(row: Appointment, comes_alone: Seat | None) -> AppointmentCard:
    seat = row.with_seat
    with_all = seat is None or seat is comes_alone
    return AppointmentCard(row.id, row.couple_id, row.starts_at, row.minutes, seat, with_all)
