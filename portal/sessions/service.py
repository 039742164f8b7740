"""Writing down a counselling hour: who came, what was said for whom, what was agreed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Stale, Unfit
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.sessions.models import AgreedStep, Attendance, TherapySession
from portal.visit import Visit
from portal.vocabulary import Act, Seat

NOTES = ("shared_summary", "progress_note", "process_note")
NOT_TAKING_PART = "Only somebody who takes part can have been there."
CHANGED = (
    "These notes were changed in another place. What you left alone is as it stands there now; "
    "of what you changed, both versions are here."
)


@dataclass(frozen=True)
class Hour:
    """A counselling hour as the counsellor writes it down."""

    starts_at: datetime
    minutes: int
    attended: tuple[Seat, ...]
    shared_summary: str = ""
    progress_note: str = ""
    process_note: str = ""
    agreed: tuple[str, ...] = ()


def write_session(visit: Visit, couple_id: UUID, hour: Hour) -> TherapySession:
    """Write down an hour that took place."""
    require(deeds.may_care_for(visit.viewer, couple_id))
    row = TherapySession(
        couple_id=couple_id,
        starts_at=hour.starts_at,
        minutes=hour.minutes,
        written_by_id=visit.viewer.me(),
        written_at=visit.now,
    )
    visit.db.add(row)
    visit.db.flush()  # attendance and agreed steps point at it
    _fill(visit, row, hour)
    audit.record(visit, Act.SESSION_WRITTEN, row.id, couple_id)
    return row


def change_session(visit: Visit, session_id: UUID, hour: Hour, version: int) -> TherapySession:
    """Go on writing; a page that another place overtook is told so."""
    query = select(TherapySession).where(TherapySession.id == session_id)
    row = visit.db.scalars(held(query)).one_or_none()
    if row is None or not deeds.may_care_for(visit.viewer, row.couple_id):
        raise NotFound
    if row.version != version:
        raise Stale(CHANGED)
    row.version += 1
    row.starts_at, row.minutes, row.written_at = hour.starts_at, hour.minutes, visit.now
    for table in (Attendance, AgreedStep):
        visit.db.execute(delete(table).where(table.therapy_session_id == row.id))
    _fill(visit, row, hour)
    audit.record(visit, Act.SESSION_WRITTEN, row.id, row.couple_id)
    return row


def _fill(visit: Visit, row: TherapySession, hour: Hour) -> None:
    couple = couple_card(visit, row.couple_id)
    for note in NOTES:
        row.put(visit.vault, note, getattr(hour, note), row.couple_id)
    for seat in hour.attended:
        member = couple.member(seat)
        if member is None or not member.participates:
            raise Unfit({"attended": NOT_TAKING_PART})
        visit.db.add(Attendance(therapy_session_id=row.id, person_id=member.person.id))
    for position, text in enumerate(hour.agreed):
        step = AgreedStep(therapy_session_id=row.id, position=position)
        step.put(visit.vault, "text", text, row.couple_id)
        visit.db.add(step)
