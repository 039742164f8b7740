"""Persons, couples, seats, care, joint work and what each acknowledged."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.vault import Sealing
from portal.vocabulary import JointWork, OpeningRule, Role, Seat, SecretsPolicy


class Person(Sealing, Base):
    """Somebody whom the practice knows; their names and contact lie under their own key."""

    __tablename__ = "person"

    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    name: Mapped[bytes | None]
    first_name: Mapped[bytes | None]
    pronouns: Mapped[bytes | None]
    contact: Mapped[bytes | None]
    locale: Mapped[str] = mapped_column(String(16), default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="")
    theme: Mapped[str] = mapped_column(String(8), default="")
    hides_leave: Mapped[bool] = mapped_column(default=False)
    knows_leave_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class StaffRole(Base):
    """One of the roles that a person of the practice may act in."""

    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    until_at: Mapped[datetime | None]


class Couple(Sealing, Base):
    """The client file of one or two partners; the counsellor's view of it is sealed."""

    __tablename__ = "couple"

    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    contact_level: Mapped[bytes | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    secrets_policy: Mapped[SecretsPolicy]
    policy_since_at: Mapped[datetime]
    opening_rule: Mapped[OpeningRule]
    made_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    # A yes given up to this moment does not count: the two left ‘clear’ then.
    yes_counts_from_at: Mapped[datetime | None]


class Membership(Sealing, Base):
    """A person's seat in a couple; role and stance are the counsellor's alone."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("couple_id", "seat"),
        UniqueConstraint("couple_id", "person_id"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    seat: Mapped[Seat]
    participates: Mapped[bool]
    role: Mapped[bytes | None]
    stance: Mapped[bytes | None]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class Care(Base):
    """That a couple is in this counsellor's care, or shared with this supervisor."""

    __tablename__ = "care"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    since_at: Mapped[datetime]
    until_at: Mapped[datetime | None]


class JointWorkEntry(Sealing, Base):
    """One decision about joint work; the newest holds, none is ever changed."""

    __tablename__ = "joint_work_entry"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    status: Mapped[JointWork]
    reason: Mapped[bytes | None]
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
    lapses_at: Mapped[datetime | None]


class SafetyHold(Sealing, Base):
    """That the counsellor silently lets everything between the two wait, or no longer does."""

    __tablename__ = "safety_hold"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    stands: Mapped[bool]
    reason: Mapped[bytes | None]
    set_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]


class Parting(Sealing, Base):
    """The agreement by which the two come apart, or by which they are together again."""

    __tablename__ = "parting"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    stands: Mapped[bool]
    agreement: Mapped[bytes | None]
    set_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]


class PolicyAcknowledgement(Base):
    """That a partner has read the promise about private words, with its version and moment."""

    __tablename__ = "policy_acknowledgement"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    policy: Mapped[SecretsPolicy]
    text_version: Mapped[int]
    acknowledged_at: Mapped[datetime]
