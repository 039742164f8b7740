"""Asking the trail."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.visit import Visit
from portal.vocabulary import Act


def which_were_read(
    visit: Visit, object_ids: Iterable[UUID], by_id: UUID | None = None
) -> set[UUID]:
    """Those of these things that somebody other than their writer, or this one, has opened to read."""
    query = select(AuditEntry.object_id).where(
        AuditEntry.act == Act.READ, AuditEntry.object_id.in_(list(object_ids))
    )
    if by_id is not None:
        query = query.where(AuditEntry.actor_id == by_id)
    return {found for found in visit.db.scalars(query) if found is not None}


def first_done(visit: Visit, object_id: UUID, acts: Iterable[Act]) -> datetime | None:
    """When one of these deeds was first done to this thing; never undone by a later one."""
    query = select(func.min(AuditEntry.at)).where(
        AuditEntry.act.in_(list(acts)), AuditEntry.object_id == object_id
    )
    return visit.db.scalars(query).one()
