"""Finding invitations that still hold."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Invitation
from portal.visit import Visit


def open_invitation(visit: Visit, person_id: UUID) -> datetime | None:
    """Until when the newest invitation of somebody can be used."""
    query = select(Invitation.expires_at).where(
        Invitation.person_id == person_id,
        Invitation.used_at.is_(None),
        Invitation.taken_back_at.is_(None),
        Invitation.expires_at > visit.now,
    )
    return visit.db.scalars(query.order_by(Invitation.made_at.desc()).limit(1)).first()
