"""Finished summaries: sealed as they were printed, numbered, never changed."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.vocabulary import SummaryEdition


class PrintState(enum.Enum):
    """Where a summary is on its way to paper."""

    WAITING = "waiting"
    FINISHED = "finished"
    REFUSED = "refused"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class SummaryDocument(Base):
    """One printed summary for one reader; an amendment is a new version that says so."""

    __tablename__ = "summary_document"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    therapy_session_id: Mapped[UUID] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    edition: Mapped[SummaryEdition]
    reader_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[PrintState]
    number: Mapped[int]
    version: Mapped[int]
    ordered_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    ordered_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(40), default="")
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    document: Mapped[bytes | None]
