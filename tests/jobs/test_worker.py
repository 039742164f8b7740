"""The worker, driven by hand: one thing at a time, and a failing one harms nobody else."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.foundation.database import reading, sessions
from portal.jobs import service
from portal.jobs.models import Job, JobState
from portal.jobs.queue import Queue
from portal.jobs.worker import Later, Regular, Turn, Worker
from tests.jobs.crash_site import EFFECT, HANDLERS, visits_upon


@pytest.fixture
def worker(rows: sa.Engine, queue_file: Path, now: datetime) -> Iterator[Worker]:
    worker = Worker(
        sessions=sessions(rows),
        reading=reading(rows),
        queue=Queue(queue_file),
        visiting=visits_upon(rows),
        handlers=dict(HANDLERS),
        clock=lambda: now,
    )
    yield worker
    worker.queue.close()


def owe(worker: Worker, kind: str, now: datetime) -> UUID:
    with worker.sessions.begin() as db:
        job = service.owe(db, kind, uuid4(), now)
    worker.queue.announce(db)
    return job.id


def job(worker: Worker, job_id: UUID) -> Job:
    with worker.sessions() as db:
        return db.get_one(Job, job_id)


def effects(rows: sa.Engine) -> int:
    with rows.connect() as connection:
        return connection.scalar(sa.select(sa.func.count(EFFECT.c.id))) or 0


class TestTakeUp:
    def test_does_what_is_owed_once(self, worker: Worker, rows: sa.Engine, now: datetime) -> None:
        job_id = owe(worker, "mark", now)
        worker.take_up(job_id)
        worker.take_up(job_id)
        assert effects(rows) == 1
        assert job(worker, job_id).state is JobState.DONE

    def test_keeps_only_the_kind_of_a_fault(self, worker: Worker, now: datetime) -> None:
        job_id = owe(worker, "fail", now)
        worker.take_up(job_id)
        assert job(worker, job_id).fault == "RuntimeError"
        assert job(worker, job_id).state is JobState.QUEUED

    def test_a_kind_that_nobody_knows_is_given_back(self, worker: Worker, now: datetime) -> None:
        job_id = owe(worker, "unheard-of", now)
        worker.take_up(job_id)
        assert job(worker, job_id).fault == "KeyError"

    def test_a_handler_may_ask_to_come_later(self, worker: Worker, now: datetime) -> None:
        def not_yet(_turn: Turn, _subject_id: UUID) -> None:
            raise Later(now + timedelta(hours=1))

        worker.handlers = {"wait": not_yet}
        job_id = owe(worker, "wait", now)
        worker.take_up(job_id)
        assert job(worker, job_id).due_at == now + timedelta(hours=1)
        assert job(worker, job_id).tries == 0

    def test_nothing_to_do_is_done_too(self, worker: Worker, now: datetime) -> None:
        worker.handlers = {"gone": lambda _turn, _subject_id: None}
        job_id = owe(worker, "gone", now)
        worker.take_up(job_id)
        assert job(worker, job_id).state is JobState.DONE

    def test_a_deed_is_undone_when_the_job_was_taken_over(
        self, worker: Worker, rows: sa.Engine, now: datetime
    ) -> None:
        def overtaken(turn: Turn, subject_id: UUID) -> None:
            with worker.sessions.begin() as db:
                service.claim(db, now + service.LEASE, turn.held.job_id)
            with turn() as visit:
                visit.db.execute(EFFECT.insert().values(subject_id=subject_id))

        worker.handlers = {"slow": overtaken}
        job_id = owe(worker, "slow", now)
        worker.take_up(job_id)
        assert effects(rows) == 0
        assert job(worker, job_id).state is JobState.RUNNING

    def test_looking_changes_nothing(self, worker: Worker, rows: sa.Engine, now: datetime) -> None:
        def look(turn: Turn, subject_id: UUID) -> None:
            with turn.looking() as visit:
                visit.db.execute(EFFECT.insert().values(subject_id=subject_id))

        worker.handlers = {"look": look}
        worker.take_up(owe(worker, "look", now))
        assert effects(rows) == 0


class TestSweep:
    def test_finds_what_the_queue_forgot(self, worker: Worker, now: datetime) -> None:
        job_id = owe(worker, "mark", now)
        assert worker.queue.take() == job_id
        assert worker.queue.take() is None
        worker.sweep()
        assert worker.queue.take() == job_id

    def test_thinks_of_what_comes_round(self, worker: Worker, rows: sa.Engine) -> None:
        worker.timetable = (Regular("mark", timedelta(hours=1)),)
        worker.sweep()
        worker.sweep()
        while job_id := worker.queue.take():
            worker.take_up(job_id)
        assert effects(rows) == 1


class TestQueue:
    def test_holds_an_id_in_plain_text_and_nothing_that_could_run(
        self, worker: Worker, queue_file: Path, now: datetime
    ) -> None:
        job_id = owe(worker, "mark", now)
        with sqlite3.connect(queue_file) as connection:
            held = connection.execute("select data from task").fetchall()
        connection.close()
        assert held == [(str(job_id).encode(),)]

    def test_what_is_no_id_is_thrown_away(self, worker: Worker) -> None:
        worker.queue.storage.enqueue(b"\x80\x04cos\nsystem\n")
        assert worker.queue.take() is None
