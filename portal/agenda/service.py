"""Planning the next counselling hour."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update

from portal.agenda.models import Appointment
from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.people.seats.queries import coming_alone
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

    A later one that was planned with the same people is called off. While only one person takes part it is
    an hour with them alone, whatever was asked for, so that whoever joins later is not told of it.
    """
    require(deeds.may_care_for(visit.viewer, couple_id))
    comes_alone = coming_alone(visit, [couple_id]).get(couple_id)
    with_seat = comes_alone or with_seat
    both, same = Appointment.with_seat.is_(None), Appointment.with_seat == with_seat
    with_whom = or_(both, same) if comes_alone else both if with_seat is None else same
    ahead = select(Appointment).where(
        Appointment.couple_id == couple_id,
        with_whom,
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


def call_off(visit: Visit, couple_id: UUID, appointment_id: UUID) -> None:
    """The counsellor calls one planned hour off: it stands on nobody's page any more, and no other is moved.

    One that is over, or was called off already, stays as it is.
    """
    require(deeds.may_care_for(visit.viewer, couple_id))
    query = select(Appointment).where(
        Appointment.id == appointment_id, Appointment.couple_id == couple_id
    )
    row = visit.db.scalars(held(query)).one_or_none()
    if row is None:
        raise NotFound
    if row.called_off_at is None and row.starts_at >= visit.now:
        row.called_off_at = visit.now
        audit.record(visit, Act.CALLED_OFF_SESSION, row.id, couple_id)


def keep_from_joiner(visit: Visit, couple_id: UUID, seat: Seat) -> None:
    """Hours that were planned while only this seat was taken stay with whoever sits there, alone."""
    require(deeds.may_care_for(visit.viewer, couple_id))
    unnamed = Appointment.couple_id == couple_id, Appointment.with_seat.is_(None)
    visit.db.execute(update(Appointment).where(*unnamed).values(with_seat=seat))
