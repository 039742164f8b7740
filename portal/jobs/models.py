"""One table: a thing owed, when, and who is at it."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class JobState(enum.Enum):
    """How far a thing owed has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARKED = "parked"


class Job(Base):
    """Something owed to a subject, written down in the same breath as the deed that owes it.

    `practice_id` is no foreign key: this room lies below the practice and serves every room alike.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject_id", "period"),
        sa.CheckConstraint("(state = 'running') = (token IS NOT NULL)", name="held"),
        sa.CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="leased"),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'parked')", name="state"),
        sa.Index("ix_job_state_due_at", "state", "due_at"),
    )

    kind: Mapped[str] = mapped_column(sa.String(64))
    subject_id: Mapped[UUID]
    period: Mapped[str] = mapped_column(sa.String(64), default="")
    practice_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(sa.String(64), default="")
