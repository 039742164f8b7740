"""Weekly check-ins: one a person and week, and who said that totals may stand on paper."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.foundation.vault import Sealing
from portal.vocabulary import CheckInWording, SecretsPolicy

SENT = "The check-in for the week of this page has been sent already."


class CheckInSetting(Base):
    """Whether a couple is asked every week; the counsellor's choice."""

    __tablename__ = "check_in_setting"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), unique=True)
    is_on: Mapped[bool]
    changed_at: Mapped[datetime]


class CheckIn(Sealing, Base):
    """One person's check-in of one week: a draft of what was typed, then what was sent."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("person_id", "week_on"),)

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    week_on: Mapped[date]
    wording: Mapped[CheckInWording]
    policy: Mapped[SecretsPolicy]
    policy_version: Mapped[int]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    draft: Mapped[bytes | None]
    answers: Mapped[bytes | None]
    comment: Mapped[bytes | None]

    def require_unsent(self) -> None:
        """One a person and week: what was sent stays as it was sent."""
        if self.sent_at is not None:
            raise TooLate(SENT)


class CheckInWord(Sealing, Base):
    """Something for the counsellor alone: written once, never changed, never shown again."""

    __tablename__ = "check_in_word"
    __table_args__ = (UniqueConstraint("check_in_id", "field_key"),)

    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_in.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(60))
    sent_at: Mapped[datetime]
    value: Mapped[bytes | None]


class CheckInSeen(Base):
    """That the counsellor has looked at a check-in; in a table apart, which no partner's page reads."""

    __tablename__ = "check_in_seen"

    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_in.id"), unique=True)
    seen_at: Mapped[datetime]
    seen_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class TotalsConsent(Base):
    """One answer to: may my total stand in the summary for both? The newest counts, all are kept."""

    __tablename__ = "totals_consent"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    says_yes: Mapped[bool]
    text_version: Mapped[int]
    given_at: Mapped[datetime]
