"""The worker: takes up what is owed, one thing and one transaction at a time."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from portal.foundation.errors import Stale
from portal.jobs import service
from portal.jobs.queries import due_ids
from portal.jobs.queue import Queue
from portal.jobs.service import LEASE, Claim
from portal.visit import Visit

log = logging.getLogger(__name__)

Visiting = Callable[[datetime], AbstractContextManager[Visit]]
Handler = Callable[["Turn", UUID], None]


class Later(Exception):  # noqa: N818 - an answer, not an error
    """A handler's word for: nothing is wrong, but come back at this moment."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(due_at.isoformat())
        self.due_at = due_at


class Turn:
    """One worker's turn at one job, and the maker of the visits that its handler needs."""

    def __init__(self, worker: "Worker", held: Claim) -> None:
        self.worker = worker
        self.held = held
        self.is_finished = False

    @contextmanager
    def __call__(self) -> Iterator[Visit]:
        """The visit that does the deed: its change and the job's end are saved together, or neither."""
        now = self.worker.clock()
        with self.worker.visiting(now) as visit:
            yield visit
            service.finish(visit.db, self.held, now)
        self.is_finished = True

    @contextmanager
    def beforehand(self) -> Iterator[Visit]:
        """A visit that is saved by itself while the job goes on, so that a crash finds it done."""
        with self.worker.visiting(self.worker.clock()) as visit:
            yield visit

    @contextmanager
    def looking(self) -> Iterator[Visit]:
        """A visit to read with beforehand, so that slow work outside holds nothing locked."""
        with self.worker.visiting(self.worker.clock()) as visit:
            yield visit
            visit.db.rollback()


class Stop:
    """The word that it is enough; a signal may say it at any moment, in the midst of a pause as well.

    A plain mark, and no Event of threading: whoever waits for one holds its lock, and a signal's handler
    that came just then would wait for it in the same thread, for ever.
    """

    is_said = False

    def say(self) -> None:
        """It is enough; what is in hand is ended first."""
        self.is_said = True

    def pause(self, seconds: float) -> None:
        """Wait a little, where there is still something to wait for."""
        if not self.is_said:
            time.sleep(seconds)


@dataclass(frozen=True)
class Regular:
    """Work that comes round by the clock."""

    kind: str
    every: timedelta


@dataclass
class Worker:
    """Everything a worker needs, handed in: where rows are, who does what, and the time."""

    sessions: sessionmaker[Session]
    reading: sessionmaker[Session]
    queue: Queue
    visiting: Visiting
    handlers: Mapping[str, Handler]
    clock: Callable[[], datetime]
    timetable: tuple[Regular, ...] = ()
    lease: timedelta = LEASE
    sweep_seconds: float = 5.0
    pause_seconds: float = 0.2
    stop: Stop = field(default_factory=Stop)

    def run(self) -> None:
        """Work until told to stop; what is in hand is ended first."""
        idle = self.sweep_seconds
        while not self.stop.is_said:
            try:
                job_id = self.queue.take()
                if job_id is not None:
                    self.take_up(job_id)
                elif idle >= self.sweep_seconds:
                    idle = 0.0
                    self.sweep()
                else:
                    idle += self.pause_seconds
                    self.stop.pause(self.pause_seconds)
            except OperationalError as problem:
                log.warning("the database does not answer: %s", type(problem.orig).__name__)
                self.stop.pause(1.0)

    def sweep(self) -> None:
        """Put back on the queue what is due, whatever the queue has forgotten meanwhile."""
        now = self.clock()
        if self.timetable:
            with self.sessions.begin() as db:
                for regular in self.timetable:
                    service.owe_round(db, regular.kind, regular.every, now)
                service.tidy(db, now - timedelta(days=7))
        with self.reading() as db:
            waiting = due_ids(db, now)
        for job_id in waiting:
            self.queue.wake(job_id)

    def take_up(self, job_id: UUID) -> None:
        """Do one job, if it is still to be done and nobody else is at it."""
        with self.sessions.begin() as db:
            held = service.claim(db, self.clock(), job_id, self.lease)
        if held is None:
            return
        try:
            self._do(Turn(self, held))
        except Stale:
            log.warning("job %s was taken over", held.job_id)
        except OperationalError:
            raise
        except Exception as problem:  # whatever it is, the job is given back
            self._give_back(held, problem)

    def _do(self, turn: Turn) -> None:
        held = turn.held
        try:
            self.handlers[held.kind](turn, held.subject_id)
        except Later as later:
            with self.sessions.begin() as db:
                service.postpone(db, held, later.due_at)
            return
        if not turn.is_finished:
            with self.sessions.begin() as db:
                service.finish(db, held, self.clock())

    def _give_back(self, held: Claim, problem: Exception) -> None:
        # The kind of error and no more: an error's own words may be a person's.
        fault = type(problem).__name__[:64]
        with self.sessions.begin() as db:
            state = service.fail(db, held, self.clock(), fault)
        log.warning("job %s (%s): %s, now %s", held.job_id, held.kind, fault, state.value)
