"""Accounts, invitations, signed-in visits, and passkeys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.vault import Sealing
from portal.vocabulary import Role


class Account(Sealing, Base):
    """A sign-in of one person; found by a keyed mark of the login name, never by the name."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    login_mark: Mapped[str] = mapped_column(String(64), unique=True)
    login: Mapped[bytes | None]
    password_hash: Mapped[str] = mapped_column(String(200))
    pepper_id: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]


class Invitation(Base):
    """A single-use code that lets one person make their account."""

    __tablename__ = "invitation"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_mark: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]


class AuthSession(Base):
    """One signed-in browser; ending the row ends it, wherever it is."""

    __tablename__ = "auth_session"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    token_mark: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role]
    device: Mapped[str] = mapped_column(String(60), default="")
    from_setup: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_seconds: Mapped[int]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Passkey(Base):
    """A key held by somebody's own device, in place of a password."""

    __tablename__ = "passkey"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
