"""Asking the trail."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.visit import Visit
from portal.vocabulary import Act


def which_were_read(visit: Visit, object_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these things that somebody other than their writer has opened to read."""
    query = select(AuditEntry.object_id).where(
        AuditEntry.act == Act.READ, AuditEntry.object_id.in_(list(object_ids))
    )
    return {found for found in visit.db.scalars(query) if found is not None}


def first_done(visit: Visit, object_id: UUID, acts: Iterable[Act]) -> datetime | None:
    """When one of these deeds was first done to this thing; never undone by a later one."""
    query = select(func.min(AuditEntry.at)).where(
        AuditEntry.act.in_(list(acts)), AuditEntry.object_id == object_id
    )
    return visit.db.scalars(query).one()
