"""A place where workers are started to be killed: told by lines on stdin, it forks them quickly."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa

from portal.foundation.chest import make_chest
from portal.foundation.database import open_database, reading, sessions
from portal.foundation.keyring import Keyring
from portal.foundation.vault import Vault
from portal.jobs.queue import Queue
from portal.jobs.worker import Handler, Stop, Turn, Visiting, Worker
from portal.policies.viewer import SYSTEM
from portal.visit import Visit

EFFECTS = sa.MetaData()
EFFECT = sa.Table(
    "effect",
    EFFECTS,
    sa.Column("id", sa.Uuid, primary_key=True, default=uuid4),
    sa.Column("subject_id", sa.Uuid, nullable=False),
)
LEASE = timedelta(seconds=0.4)


def mark(turn: Turn, subject_id: UUID) -> None:
    """A deed with some way to go before it and within it, so that a kill can land anywhere."""
    with turn.looking() as visit:
        visit.db.execute(sa.select(EFFECT.c.id).limit(1))
    time.sleep(0.003)
    with turn() as visit:
        visit.db.execute(EFFECT.insert().values(subject_id=subject_id))
        time.sleep(0.003)


def linger(turn: Turn, subject_id: UUID) -> None:
    """A deed that is still in hand when the worker is told to stop."""
    time.sleep(0.6)
    mark(turn, subject_id)


def poison(_turn: Turn, _subject_id: UUID) -> None:
    """A deed that takes its worker with it each time."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(_turn: Turn, _subject_id: UUID) -> None:
    """A deed that goes wrong, in words that nobody else may read."""
    raise RuntimeError("Ann wrote this")


HANDLERS: dict[str, Handler] = {"mark": mark, "linger": linger, "poison": poison, "fail": fail}


def visits_upon(engine: sa.Engine) -> Visiting:
    """The visits of a worker without sealed words."""

    @contextmanager
    def visiting(now: datetime) -> Iterator[Visit]:
        with sessions(engine)() as db:
            yield Visit(db, SYSTEM, now, Vault(make_chest(), Keyring(engine)))
            db.commit()

    return visiting


def make_worker(url: str, queue_file: Path) -> Worker:
    """A worker upon these rows that lets go quickly of what it left lying."""
    engine = open_database(url)
    return Worker(
        sessions=sessions(engine),
        reading=reading(engine),
        queue=Queue(queue_file),
        visiting=visits_upon(engine),
        handlers=HANDLERS,
        clock=lambda: datetime.now(UTC),  # noqa: TID251 - leases run out in real time here
        lease=LEASE,
        sweep_seconds=0.05,
        pause_seconds=0.01,
    )


def _work(url: str, queue_file: Path) -> None:
    stop = Stop()
    signal.signal(signal.SIGTERM, lambda _sign, _frame: stop.say())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    worker = make_worker(url, queue_file)
    worker.stop = stop
    worker.run()


def _obey(words: list[str]) -> int:
    if words[0] == "start":
        # Who is told to stop before they can hear it is told as soon as they can.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        child = os.fork()
        if child == 0:
            _work(words[1], Path(words[2]))
            os._exit(0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        return child
    sign = {"kill": signal.SIGKILL, "end": signal.SIGTERM, "await": 0}[words[0]]
    os.kill(int(words[1]), sign)
    return os.waitstatus_to_exitcode(os.waitpid(int(words[1]), 0)[1])


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(f"{_obey(line.split())}\n")
        sys.stdout.flush()
