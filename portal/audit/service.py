"""Writing the trail, and finding whether anybody has touched it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry, AuditHead
from portal.audit.queries import which_were_read
from portal.foundation.chest import Chest
from portal.visit import Trace, Visit
from portal.vocabulary import Act


def record(
    visit: Visit,
    act: Act,
    object_id: UUID | None = None,
    couple_id: UUID | None = None,
    by_id: UUID | None = None,
) -> None:
    """Note a deed; it is written when the visit ends well, with everything else or not at all."""
    visit.traces.append(Trace(act, object_id, couple_id, by_id))


def note_read(
    visit: Visit, object_ids: Iterable[UUID], couple_id: UUID, by_id: UUID | None = None
) -> None:
    """Note of each of many things that this person has read it, the first time that they do."""
    ids = dict.fromkeys(object_ids)
    before = which_were_read(visit, ids, by_id or visit.viewer.person_id) if ids else set()
    for each in ids:
        if each not in before:
            record(visit, Act.READ, each, couple_id, by_id)


def write_traces(visit: Visit) -> None:
    """Write down what was noted, each line bound to the one before it."""
    if not visit.traces:
        return
    head = visit.db.scalars(select(AuditHead).with_for_update()).one()
    for trace in visit.traces:
        entry = AuditEntry(
            number=head.number + 1,
            at=visit.now,
            practice_id=trace.practice_id or visit.viewer.practice_id,
            actor_id=trace.actor_id or visit.viewer.person_id,
            role=visit.viewer.role,
            act=trace.act,
            object_id=trace.object_id,
            couple_id=trace.couple_id,
            mark="",
        )
        entry.mark = mark_of(visit.chest, head.mark, entry)
        visit.db.add(entry)
        head.number, head.mark = entry.number, entry.mark
    visit.traces.clear()


def mark_of(chest: Chest, before: str, entry: AuditEntry) -> str:
    """The keyed mark of one line, given the mark of the line before."""
    parts = (
        before,
        str(entry.number),
        entry.at.isoformat(timespec="microseconds"),
        str(entry.practice_id),
        str(entry.actor_id),
        entry.role.value,
        entry.act.value,
        str(entry.object_id),
        str(entry.couple_id),
    )
    return chest.mark("audit", *parts)


def first_break(db: Session, chest: Chest) -> int | None:
    """The number of the first line that was altered, moved or is missing; None if all is well."""
    before, expected = "", 1
    for entry in db.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        if entry.number != expected or entry.mark != mark_of(chest, before, entry):
            return expected
        before, expected = entry.mark, expected + 1
    head = db.scalars(select(AuditHead)).one()
    return None if (head.number, head.mark) == (expected - 1, before) else expected
