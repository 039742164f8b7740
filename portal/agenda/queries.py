"""When the next counselling hour is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.agenda.cards import AppointmentCard
from portal.agenda.models import Appointment
from portal.policies.sight import is_before_joining, may_enter
from portal.visit import Visit


def next_appointments(visit: Visit, couple_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """The next planned hour of each of these couples."""
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    query = select(Appointment).where(
        Appointment.couple_id.in_(ids),
        Appointment.called_off_at.is_(None),
        Appointment.starts_at >= visit.now,
    )
    found: dict[UUID, datetime] = {}
    for row in visit.db.scalars(query.order_by(Appointment.starts_at, Appointment.id)):
        if not is_before_joining(visit.viewer, row.couple_id, row.starts_at):
            found.setdefault(row.couple_id, row.starts_at)
    return found


def appointments_between(
    visit: Visit, couple_ids: Iterable[UUID], begin: datetime, end: datetime
) -> list[AppointmentCard]:
    """The planned hours of these couples in this stretch of time, the earliest first."""
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    query = select(Appointment).where(
        Appointment.couple_id.in_(ids),
        Appointment.called_off_at.is_(None),
        Appointment.starts_at >= begin,
        Appointment.starts_at < end,
    )
    return [
        AppointmentCard(row.couple_id, row.starts_at, row.minutes)
        for row in visit.db.scalars(query.order_by(Appointment.starts_at, Appointment.id))
        if not is_before_joining(visit.viewer, row.couple_id, row.starts_at)
    ]
