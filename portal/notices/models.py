"""The outbox: a kind and an id, never an address or a word."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.vocabulary import NoticeKind


class Notice(Base):
    """That one person should hear of one thing."""

    __tablename__ = "notice"

    person_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[NoticeKind]
    subject_id: Mapped[UUID]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
