"""The trail and its head; each line is bound to the one before it by a keyed mark."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.vocabulary import Act, Role


class AuditEntry(Base):
    """Who did what to which thing, and when."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    practice_id: Mapped[UUID | None] = mapped_column(index=True)
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    role: Mapped[Role]
    act: Mapped[Act]
    object_id: Mapped[UUID | None] = mapped_column(index=True)
    couple_id: Mapped[UUID | None] = mapped_column(index=True)
    mark: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """How long the trail is and how it ends; one row, kept in step with the trail."""

    __tablename__ = "audit_head"

    number: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64))
