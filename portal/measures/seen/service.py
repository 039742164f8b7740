"""Marking check-ins as seen: a note of the counsellor's to themselves, and to nobody else."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.audit import service as audit
from portal.foundation.errors import NotFound
from portal.measures.models import CheckIn, CheckInSeen
from portal.policies import deeds
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import Act


def note_seen(visit: Visit, couple_id: UUID, check_in_ids: Iterable[UUID]) -> None:
    """The counsellor has looked at these; what was marked before stays as it was marked."""
    require(deeds.may_note_check_in(visit.viewer, couple_id))
    wanted = set(check_in_ids)
    query = select(CheckIn.id).where(
        CheckIn.id.in_(wanted), CheckIn.couple_id == couple_id, CheckIn.sent_at.is_not(None)
    )
    # Locked, so that of two presses at once the second finds the mark of the first.
    there = visit.db.scalars(query.order_by(CheckIn.id).with_for_update()).all()
    if wanted != set(there):
        raise NotFound
    marked = select(CheckInSeen.check_in_id).where(CheckInSeen.check_in_id.in_(there))
    known = set(visit.db.scalars(marked))
    for check_in_id in there:
        if check_in_id not in known:
            mark = CheckInSeen(
                check_in_id=check_in_id, seen_at=visit.now, seen_by_id=visit.viewer.me()
            )
            visit.db.add(mark)
            audit.record(visit, Act.SAW_CHECK_IN, check_in_id, couple_id)
