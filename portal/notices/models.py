"""The outbox: what is owed to whom, who wants to be written to, and the letters that went out."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.vault import Sealing
from portal.vocabulary import NoticeKind


class Notice(Base):
    """That one person should hear of one thing: a kind and an id, never an address or a word."""

    __tablename__ = "notice"

    person_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[NoticeKind]
    subject_id: Mapped[UUID]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    letter_id: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is owed: it was sent, or there is nothing to say any more."""
        return self.sent_at is not None or self.dropped_at is not None


class MailChoice(Sealing, Base):
    """That somebody wants to be written to: where, and in which hours of their own day."""

    __tablename__ = "mail_choice"
    __table_args__ = (
        CheckConstraint("from_hour BETWEEN 0 AND 23", name="from_hour"),
        CheckConstraint("until_hour BETWEEN 1 AND 24", name="until_hour"),
        CheckConstraint("from_hour != until_hour", name="hours"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    address: Mapped[bytes | None]
    address_mark: Mapped[str] = mapped_column(String(64), index=True)
    shares: Mapped[bool]
    from_hour: Mapped[int]
    until_hour: Mapped[int]
    chosen_at: Mapped[datetime]


class Letter(Sealing, Base):
    """One mail to one person: at most one a day, and the same one however often it is tried."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("person_id", "meant_on"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    meant_on: Mapped[date]
    message_id: Mapped[UUID]
    kind: Mapped[NoticeKind]
    subject_id: Mapped[UUID | None]
    code: Mapped[bytes | None]
    code_mark: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    busy_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    @property
    def is_settled(self) -> bool:
        """Whether this letter will not be tried again."""
        return not (self.sent_at is None and self.failed_at is None and self.dropped_at is None)
