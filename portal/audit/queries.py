"""Asking the trail."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.visit import Visit
from portal.vocabulary import Act


def which_were_read(visit: Visit, object_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these things that somebody other than their writer has opened to read."""
    query = select(AuditEntry.object_id).where(
        AuditEntry.act == Act.READ, AuditEntry.object_id.in_(list(object_ids))
    )
    return {found for found in visit.db.scalars(query) if found is not None}
