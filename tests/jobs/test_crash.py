"""What is owed survives its worker: nothing is lost and nothing happens twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.foundation.database import sessions
from portal.jobs import service
from portal.jobs.models import Job, JobState
from portal.jobs.queries import parked
from portal.jobs.queue import Queue
from tests.jobs.crash_site import EFFECT

STANDSTILL = 60  # seconds without anything done
PAST = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Site:
    """Where workers are started and killed."""

    process: subprocess.Popen[str]
    place: str = ""

    def start(self) -> int:
        return self._tell(f"start {self.place}")

    def kill(self, worker: int) -> int:
        return self._tell(f"kill {worker}")

    def end(self, worker: int) -> int:
        return self._tell(f"end {worker}")

    def wait_for(self, worker: int) -> int:
        return self._tell(f"await {worker}")

    def _tell(self, words: str) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def foreman() -> Iterator[Site]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.crash_site"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Site(process)


@pytest.fixture
def site(foreman: Site, rows: sa.Engine, jobs_url: str, queue_file: Path) -> Site:
    foreman.place = f"{jobs_url} {queue_file}"
    return foreman


@pytest.fixture
def queue(queue_file: Path) -> Iterator[Queue]:
    queue = Queue(queue_file)
    yield queue
    queue.close()


def owe(rows: sa.Engine, kind: str, count: int) -> list[UUID]:
    with sessions(rows).begin() as db:
        return [service.owe(db, kind, uuid4(), PAST).id for _ in range(count)]


def states(rows: sa.Engine) -> Counter[JobState]:
    with sessions(rows)() as db:
        return Counter(db.scalars(sa.select(Job.state)))


def effects(rows: sa.Engine) -> Counter[UUID]:
    with rows.connect() as connection:
        return Counter(connection.scalars(sa.select(EFFECT.c.subject_id)))


def tries(rows: sa.Engine) -> int:
    with sessions(rows)() as db:
        return db.scalar(sa.select(sa.func.sum(Job.tries))) or 0


def wait_until_done(rows: sa.Engine, count: int) -> None:
    done, until = 0, time.monotonic() + STANDSTILL
    while done < count and time.monotonic() < until:
        with sessions(rows).begin() as db:
            _look_at_parked(db)
        time.sleep(0.05)
        before, done = done, states(rows)[JobState.DONE]
        if done > before:  # a busy machine is slow, and not at a standstill
            until = time.monotonic() + STANDSTILL


def _look_at_parked(db: Session) -> None:
    # The same job may be in hand at three kills; a person then says: try again.
    for job in parked(db):
        assert job.fault == "worker_lost"
        service.revive(db, job.id, PAST)


def kill_again_and_again(site: Site, chance: random.Random, kills: int, at_once: int) -> None:
    workers = [site.start() for _ in range(at_once)]
    for _ in range(kills):
        time.sleep(chance.uniform(0.01, 0.15))
        victim = workers.pop(chance.randrange(len(workers)))
        assert site.kill(victim) == -9
        workers.append(site.start())
    for worker in workers:
        site.kill(worker)


def wake_most(queue: Queue, owed: Sequence[UUID], chance: random.Random) -> None:
    """One wake-up in five is lost, as a queue may."""
    for job_id in owed:
        if chance.random() > 0.2:
            queue.wake(job_id)


class TestKilled:
    def run_through(self, rows: sa.Engine, site: Site, queue: Queue, scale: int) -> None:
        chance = random.Random(20260302)
        owed = owe(rows, "mark", 40 * scale)
        wake_most(queue, owed, chance)
        kill_again_and_again(site, chance, kills=12 * scale, at_once=2)
        worker = site.start()
        wait_until_done(rows, len(owed))
        assert site.end(worker) == 0
        assert states(rows) == {JobState.DONE: len(owed)}
        assert set(effects(rows).values()) == {1}
        assert effects(rows).total() == len(owed)

    def test_each_thing_owed_happens_exactly_once(
        self, rows: sa.Engine, site: Site, queue: Queue
    ) -> None:
        self.run_through(rows, site, queue, scale=1)

    @pytest.mark.long
    def test_through_many_kills(self, rows: sa.Engine, site: Site, queue: Queue) -> None:
        self.run_through(rows, site, queue, scale=8)

    def test_poison_is_parked_after_three_workers(self, rows: sa.Engine, site: Site) -> None:
        owe(rows, "poison", 1)
        for _ in range(3):
            assert site.wait_for(site.start()) == -9
        last = site.start()
        until = time.monotonic() + 10
        while not states(rows)[JobState.PARKED] and time.monotonic() < until:
            time.sleep(0.02)
        assert site.end(last) == 0
        assert states(rows) == {JobState.PARKED: 1}
        assert tries(rows) == 3


class TestTold:
    def test_what_is_in_hand_is_ended_first(
        self, rows: sa.Engine, site: Site, queue: Queue
    ) -> None:
        owed = owe(rows, "linger", 1)
        worker = site.start()
        queue.wake(owed[0])
        while not states(rows)[JobState.RUNNING]:
            time.sleep(0.01)
        assert site.end(worker) == 0
        assert states(rows) == {JobState.DONE: 1}
        assert effects(rows).total() == 1
