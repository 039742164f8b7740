"""What is owed is owed once, held by one worker at a time, and parked rather than forgotten."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.foundation.database import sessions
from portal.foundation.errors import Stale
from portal.jobs import queries, service
from portal.jobs.models import Job, JobState
from portal.jobs.service import Claim

MINUTE = timedelta(minutes=1)


def owed_one(rows: sa.Engine, due_at: datetime) -> UUID:
    with sessions(rows).begin() as db:
        return service.owe(db, "mark", uuid4(), due_at).id


def take(rows: sa.Engine, now: datetime, job_id: UUID | None = None) -> Claim | None:
    with sessions(rows).begin() as db:
        return service.claim(db, now, job_id)


def must_take(rows: sa.Engine, now: datetime) -> Claim:
    held = take(rows, now)
    assert held is not None
    return held


def job(rows: sa.Engine, job_id: UUID) -> Job:
    with sessions(rows)() as db:
        return db.get_one(Job, job_id)


class TestOwe:
    def test_twice_is_once(self, rows: sa.Engine, now: datetime) -> None:
        subject = uuid4()
        with sessions(rows).begin() as db:
            first = service.owe(db, "mark", subject, now)
            assert service.owe(db, "mark", subject, now + MINUTE).id == first.id
            assert service.owe(db, "mark", subject, now, period="2").id != first.id

    def test_goes_with_the_deed_that_owes_it(self, rows: sa.Engine, now: datetime) -> None:
        with sessions(rows)() as db:
            service.owe(db, "mark", uuid4(), now)
            db.rollback()
        assert take(rows, now) is None


class TestClaim:
    def test_not_before_it_is_due(self, rows: sa.Engine, now: datetime) -> None:
        job_id = owed_one(rows, now)
        assert take(rows, now - MINUTE, job_id) is None
        assert take(rows, now, job_id) is not None

    def test_by_one_worker_at_a_time(self, rows: sa.Engine, now: datetime) -> None:
        job_id = owed_one(rows, now)
        assert take(rows, now, job_id) is not None
        assert take(rows, now, job_id) is None
        assert take(rows, now + MINUTE) is None

    def test_again_when_the_lease_has_run_out(self, rows: sa.Engine, now: datetime) -> None:
        owed_one(rows, now)
        first = must_take(rows, now)
        second = must_take(rows, now + service.LEASE)
        assert second.job_id == first.job_id
        assert second.token != first.token

    def test_the_longest_waiting_first(self, rows: sa.Engine, now: datetime) -> None:
        owed_one(rows, now)
        older = owed_one(rows, now - MINUTE)
        assert must_take(rows, now).job_id == older

    def test_parks_what_lost_three_workers(self, rows: sa.Engine, now: datetime) -> None:
        job_id = owed_one(rows, now)
        for round_number in range(service.TRIES):
            must_take(rows, now + round_number * service.LEASE)
        assert take(rows, now + service.TRIES * service.LEASE, job_id) is None
        assert job(rows, job_id).state is JobState.PARKED
        assert job(rows, job_id).fault == "worker_lost"


class TestFinish:
    def test_is_refused_to_a_worker_that_was_too_slow(self, rows: sa.Engine, now: datetime) -> None:
        owed_one(rows, now)
        slow = must_take(rows, now)
        quick = must_take(rows, now + service.LEASE)
        with sessions(rows).begin() as db:
            service.finish(db, quick, now)
        with pytest.raises(Stale), sessions(rows).begin() as db:
            service.finish(db, slow, now)
        assert job(rows, slow.job_id).done_at == now

    def test_is_for_good(self, rows: sa.Engine, now: datetime) -> None:
        owed_one(rows, now)
        held = must_take(rows, now)
        with sessions(rows).begin() as db:
            service.finish(db, held, now)
        assert take(rows, now + 100 * service.LEASE, held.job_id) is None


class TestFail:
    def test_waits_longer_each_time_and_is_parked_in_the_end(
        self, rows: sa.Engine, now: datetime
    ) -> None:
        job_id = owed_one(rows, now)
        for wait in service.WAITS:
            self.fail_once(rows, now)
            assert job(rows, job_id).due_at == now + wait
            now += wait
        assert self.fail_once(rows, now) is JobState.PARKED
        assert take(rows, now + 100 * service.LEASE, job_id) is None

    def fail_once(self, rows: sa.Engine, now: datetime) -> JobState:
        held = must_take(rows, now)
        with sessions(rows).begin() as db:
            return service.fail(db, held, now, "RuntimeError")


class TestPostpone:
    def test_costs_no_try(self, rows: sa.Engine, now: datetime) -> None:
        owed_one(rows, now)
        for _ in range(service.TRIES + 1):
            held = must_take(rows, now)
            now += MINUTE
            with sessions(rows).begin() as db:
                service.postpone(db, held, now)
        assert must_take(rows, now).tries == 1


class TestRounds:
    def test_each_comes_once_however_often_it_is_thought_of(
        self, rows: sa.Engine, now: datetime
    ) -> None:
        with sessions(rows).begin() as db:
            seen = {
                service.owe_round(db, "tidy", 5 * MINUTE, now + n * MINUTE).id for n in range(10)
            }
        assert len(seen) == 2

    def test_are_forgotten_long_after(self, rows: sa.Engine, now: datetime) -> None:
        kept = owed_one(rows, now)
        with sessions(rows).begin() as db:
            service.owe_round(db, "tidy", 5 * MINUTE, now)
        while held := take(rows, now):
            with sessions(rows).begin() as db:
                service.finish(db, held, now)
        with sessions(rows).begin() as db:
            service.tidy(db, now + MINUTE)
            assert self.all_ids(db) == [kept]

    def all_ids(self, db: Session) -> list[UUID]:
        return list(db.scalars(sa.select(Job.id)))


class TestQueries:
    def test_the_lag_is_that_of_the_longest_waiting(self, rows: sa.Engine, now: datetime) -> None:
        with sessions(rows)() as db:
            assert queries.lag(db, now) == timedelta()
        owed_one(rows, now - 7 * MINUTE)
        owed_one(rows, now + MINUTE)
        with sessions(rows)() as db:
            assert queries.lag(db, now) == 7 * MINUTE

    def test_parked_ones_are_shown_to_their_practice(self, rows: sa.Engine, now: datetime) -> None:
        ours = uuid4()
        with sessions(rows).begin() as db:
            service.owe(db, "mark", uuid4(), now, ours)
            service.owe(db, "mark", uuid4(), now, uuid4())
            db.execute(sa.update(Job).values(state=JobState.PARKED))
        with sessions(rows)() as db:
            assert [found.practice_id for found in queries.parked(db, ours)] == [ours]
            assert len(queries.parked(db)) == 2

    def test_a_revived_job_is_taken_up_again(self, rows: sa.Engine, now: datetime) -> None:
        job_id = owed_one(rows, now)
        with sessions(rows).begin() as db:
            db.execute(sa.update(Job).values(state=JobState.PARKED, tries=3))
            service.revive(db, job_id, now)
        assert must_take(rows, now).job_id == job_id
