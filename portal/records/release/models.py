"""When the couple's file may leave, to whom, on whose yes, and what left."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.foundation.vault import Place, Sealing


class FileRelease(Sealing, Base):
    """One wish to hand the couple's file to somebody; a line of the log, kept whatever comes of it."""

    __tablename__ = "file_release"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    recipient: Mapped[bytes | None]
    purpose: Mapped[bytes | None]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    document: Mapped[bytes | None]

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be answered, handed out or taken back."""
        return self.released_at is None and self.ended_at is None

    def require_waiting(self) -> None:
        """What has left cannot be answered any more, and what was taken back cannot leave."""
        if self.released_at is not None:
            raise TooLate("The file has been handed out already.")
        if self.ended_at is not None:
            raise TooLate("Nobody asks for this any more.")

    @property
    def place(self) -> Place:
        """Where the file lies as it left, as its seal knows it."""
        return Place("file_release", self.id, "document", self.couple_id)


class FileConsent(Base):
    """One answer of one partner to one wish; the newest counts until the file leaves, all are kept."""

    __tablename__ = "file_consent"

    release_id: Mapped[UUID] = mapped_column(ForeignKey("file_release.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    says_yes: Mapped[bool]
    text_version: Mapped[int]
    given_at: Mapped[datetime]
