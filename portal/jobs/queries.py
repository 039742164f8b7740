"""Finding what is owed, what waits too long, and what was parked."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.jobs.models import Job, JobState


def is_due(now: datetime) -> sa.ColumnElement[bool]:
    """Waiting and due, or left lying by a worker whose lease has run out."""
    return sa.or_(
        sa.and_(Job.state == JobState.QUEUED, Job.due_at <= now),
        sa.and_(Job.state == JobState.RUNNING, Job.lease_until <= now),
    )


def due_ids(db: Session, now: datetime, most: int = 100) -> Sequence[UUID]:
    """What should be taken up now, the longest waiting first."""
    return db.scalars(
        sa.select(Job.id).where(is_due(now)).order_by(Job.due_at, Job.id).limit(most)
    ).all()


def job_for(db: Session, kind: str, subject_id: UUID, period: str = "") -> Job | None:
    """The one job of this kind for this subject, so that a page can say how far it is."""
    return db.scalars(
        sa.select(Job).where(Job.kind == kind, Job.subject_id == subject_id, Job.period == period)
    ).one_or_none()


def given_up(db: Session, kind: str, subjects: Collection[UUID]) -> set[UUID]:
    """Those of these subjects whose job of this kind went wrong too often: nobody is at it any more."""
    if not subjects:
        return set()
    return set(
        db.scalars(
            sa.select(Job.subject_id).where(
                Job.kind == kind, Job.subject_id.in_(subjects), Job.state == JobState.PARKED
            )
        )
    )


def lag(db: Session, now: datetime) -> timedelta:
    """How long the longest waiting thing has been waiting."""
    oldest = db.scalar(sa.select(sa.func.min(Job.due_at)).where(is_due(now)))
    return max(now - oldest, timedelta()) if oldest else timedelta()


def parked(db: Session, practice_id: UUID | None = None) -> Sequence[Job]:
    """What was given up after several tries and waits for a person to look."""
    found = sa.select(Job).where(Job.state == JobState.PARKED).order_by(Job.due_at)
    if practice_id is not None:
        found = found.where(Job.practice_id == practice_id)
    return db.scalars(found).all()
