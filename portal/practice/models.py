"""The practice and the help lines that it has checked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.vault import Sealing
from portal.vocabulary import OpeningRule, SecretsPolicy


class Practice(Sealing, Base):
    """The tenant: everything belongs to exactly one practice."""

    __tablename__ = "practice"

    name: Mapped[bytes | None]
    letterhead: Mapped[bytes | None]
    sender_name: Mapped[bytes | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16))
    currency: Mapped[str] = mapped_column(String(3))
    secrets_policy: Mapped[SecretsPolicy]
    opening_rule: Mapped[OpeningRule]
    clear_days: Mapped[int] = mapped_column(default=90)
    is_sample: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class CrisisContact(Base):
    """One help line; partners see it once somebody in the practice has checked it."""

    __tablename__ = "crisis_contact"

    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(120))
    text_line: Mapped[str] = mapped_column(String(120), default="")
    hours: Mapped[str] = mapped_column(String(120), default="")
    who_for: Mapped[str] = mapped_column(String(200), default="")
    confirmed_on: Mapped[date | None]


class SetupLink(Base):
    """The one-time link that an empty install prints in the terminal."""

    __tablename__ = "setup_link"

    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
