"""Planning the next counselling hour."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.agenda.models import Appointment
from portal.audit import service as audit
from portal.policies import deeds
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import Act, Seat


def plan(
    visit: Visit,
    couple_id: UUID,
    starts_at: datetime,
    minutes: int = 60,
    with_seat: Seat | None = None,
) -> Appointment:
    """The counsellor plans the next hour with both, or with one of them, of which the other is not told.

    A later one that was planned with the same people is called off.
    """
    require(deeds.may_care_for(visit.viewer, couple_id))
    ahead = select(Appointment).where(
        Appointment.couple_id == couple_id,
        Appointment.with_seat.is_(None)
        if with_seat is None
        else Appointment.with_seat == with_seat,
        Appointment.called_off_at.is_(None),
        Appointment.starts_at >= visit.now,
    )
    for row in visit.db.scalars(ahead):
        row.called_off_at = visit.now
    appointment = Appointment(
        couple_id=couple_id,
        starts_at=starts_at,
        minutes=minutes,
        with_seat=with_seat,
        made_at=visit.now,
    )
    visit.db.add(appointment)
    audit.record(visit, Act.PLANNED_SESSION, appointment.id, couple_id)
    return appointment
