"""The deeds around a thing owed: owe it, take it up, finish it, give it back, park it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.foundation.errors import Stale
from portal.jobs.models import Job, JobState
from portal.jobs.queries import is_due, job_for

LEASE = timedelta(minutes=2)
TRIES = 3
WAITS = (timedelta(minutes=1), timedelta(minutes=10))
NOBODY = UUID(int=0)
OWED = "jobs owed"


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one job; the token proves it is still theirs."""

    job_id: UUID
    kind: str
    subject_id: UUID
    token: UUID
    tries: int


def owe(
    db: Session,
    kind: str,
    subject_id: UUID,
    due_at: datetime,
    practice_id: UUID | None = None,
    period: str = "",
) -> Job:
    """Write down, within the deed's own transaction, what is owed; owing it twice is owing it once."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row: dict[str, Any] = {
        "id": uuid4(),
        "kind": kind,
        "subject_id": subject_id,
        "period": period,
        "practice_id": practice_id,
        "due_at": due_at,
        "state": JobState.QUEUED,
        "tries": 0,
        "fault": "",
    }
    db.execute(insert(Job).values(row).on_conflict_do_nothing())
    job = job_for(db, kind, subject_id, period)
    assert job is not None  # noqa: S101 - the line above has just made sure of it
    if job.state is JobState.QUEUED:
        db.info.setdefault(OWED, []).append(job.id)
    return job


def claim(
    db: Session, now: datetime, job_id: UUID | None = None, lease: timedelta = LEASE
) -> Claim | None:
    """Take up one due job, or the one named, for the length of a lease; nothing when others have it."""
    wanted = job_id or db.scalar(
        sa.select(Job.id).where(is_due(now)).order_by(Job.due_at, Job.id).limit(1)
    )
    token = uuid4()
    taken = db.execute(
        sa.update(Job)
        .where(Job.id == wanted, is_due(now), Job.tries < TRIES)
        .values(
            state=JobState.RUNNING,
            token=token,
            lease_until=now + lease,
            tries=Job.tries + 1,
        )
        .returning(Job.id, Job.kind, Job.subject_id, Job.token, Job.tries)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        _park_deadly(db, now, wanted)
        return None
    return Claim(taken.id, taken.kind, taken.subject_id, token, taken.tries)


def finish(db: Session, held: Claim, now: datetime) -> None:
    """The thing owed is given; refuses when another worker has taken the job over meanwhile."""
    _settle(db, held, state=JobState.DONE, done_at=now, fault="")


def fail(db: Session, held: Claim, now: datetime, fault: str) -> JobState:
    """It went wrong: try again after a while, or park it when it has gone wrong often enough."""
    if held.tries >= TRIES:
        _settle(db, held, state=JobState.PARKED, fault=fault)
        return JobState.PARKED
    _settle(db, held, state=JobState.QUEUED, fault=fault, due_at=now + WAITS[held.tries - 1])
    return JobState.QUEUED


def postpone(db: Session, held: Claim, due_at: datetime) -> None:
    """Nothing went wrong, but it is not yet time: come back then, with all tries left."""
    _settle(db, held, state=JobState.QUEUED, due_at=due_at, tries=0)


def revive(db: Session, job_id: UUID, now: datetime) -> None:
    """A person has looked at a parked job and wants it tried again."""
    db.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state == JobState.PARKED)
        .values(state=JobState.QUEUED, due_at=now, tries=0, fault="")
    )
    db.info.setdefault(OWED, []).append(job_id)


def owe_round(db: Session, kind: str, every: timedelta, now: datetime) -> Job:
    """The next round of something regular is owed once, however many workers think of it."""
    start = datetime.fromtimestamp(
        now.timestamp() // every.total_seconds() * every.total_seconds(), now.tzinfo
    )
    return owe(db, kind, NOBODY, start, period=start.isoformat(timespec="seconds"))


def tidy(db: Session, before: datetime) -> None:
    """Forget the rounds of regular work that are long done; everything owed to a person stays."""
    db.execute(
        sa.delete(Job).where(
            Job.state == JobState.DONE, Job.subject_id == NOBODY, Job.done_at < before
        )
    )


def _park_deadly(db: Session, now: datetime, job_id: UUID | None) -> None:
    # A job that ends its worker each time never reaches fail(); its lease runs out instead.
    db.execute(
        sa.update(Job)
        .where(Job.id == job_id, is_due(now), Job.tries >= TRIES)
        .values(state=JobState.PARKED, token=None, lease_until=None, fault="worker_lost")
        .execution_options(synchronize_session=False)
    )


def _settle(db: Session, held: Claim, **outcome: Any) -> None:
    settled = db.execute(
        sa.update(Job)
        .where(Job.id == held.job_id, Job.token == held.token)
        .values(token=None, lease_until=None, **outcome)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if settled is None:
        raise Stale("Another worker has taken this over.")
