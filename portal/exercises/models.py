"""Editions: the frozen texts of the catalogue, numbered and never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.vocabulary import EditionKind


class Edition(Base):
    """What was assigned is what is answered and printed, even when the catalogue changes."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("kind", "key", "number"),)

    kind: Mapped[EditionKind]
    key: Mapped[str] = mapped_column(String(60), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    practice_id: Mapped[UUID | None] = mapped_column(ForeignKey("practice.id"))
    published_at: Mapped[datetime]
