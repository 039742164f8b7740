"""The counselling hour and what was written about it, each note for its own readers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.vault import Sealing


class TherapySession(Sealing, Base):
    """One counselling hour."""

    __tablename__ = "therapy_session"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    shared_summary: Mapped[bytes | None]
    progress_note: Mapped[bytes | None]
    process_note: Mapped[bytes | None]


class Attendance(Base):
    """That this person was there."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("therapy_session_id", "person_id"),)

    therapy_session_id: Mapped[UUID] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class AgreedStep(Sealing, Base):
    """One thing that was agreed."""

    __tablename__ = "agreed_step"

    therapy_session_id: Mapped[UUID] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    position: Mapped[int]
    text: Mapped[bytes | None]
