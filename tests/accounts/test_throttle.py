"""The counters: guesses that come at once all count, and what counts once is spent once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from portal.accounts.throttle import FREE_TRIES, WAITS, Counters
from portal.foundation.database import open_database
from tests.support.moments import START

MARK = "m" * 64


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[Counters]:
    made = Counters(open_database(f"sqlite:///{tmp_path / 'counters.db'}"))
    made.prepare()
    made.prepare()
    yield made
    made.engine.dispose()


class TestTake:
    def test_the_waits_in_order(self, counters: Counters) -> None:
        now, waited = START, []
        for _ in range(FREE_TRIES - 1):
            assert counters.take(MARK, now).seconds == 0
        for _ in range(len(WAITS) + 2):
            assert counters.take(MARK, now).seconds == 0
            wait = counters.take(MARK, now).seconds
            waited.append(wait)
            assert counters.take(MARK, now + timedelta(seconds=wait - 1)).seconds == 1
            now += timedelta(seconds=wait)
        assert waited == [*WAITS, 3600, 3600]

    def test_at_most_a_hundred_in_a_day(self, counters: Counters) -> None:
        taken = sum(
            counters.take(MARK, START + timedelta(seconds=n)).seconds == 0
            for n in range(0, 86400, 60)
        )
        assert 20 <= taken <= 100

    def test_guesses_at_once_all_count(self, counters: Counters) -> None:
        with ThreadPoolExecutor(8) as pool:
            tries = list(pool.map(lambda _n: counters.take(MARK, START).seconds, range(32)))
        assert tries.count(0) == FREE_TRIES

    def test_a_day_without_guesses_is_forgotten(self, counters: Counters) -> None:
        for _ in range(FREE_TRIES):
            counters.take(MARK, START)
        later = START + timedelta(hours=25)
        assert [counters.take(MARK, later).seconds for _ in range(FREE_TRIES)] == [0] * FREE_TRIES

    def test_others_are_not_slowed(self, counters: Counters) -> None:
        for _ in range(FREE_TRIES + 1):
            counters.take(MARK, START)
        assert counters.take("o" * 64, START).seconds == 0


class TestSpend:
    def test_once(self, counters: Counters) -> None:
        counters.issue(MARK, START + timedelta(minutes=5), START)
        assert counters.spend(MARK, START)
        assert not counters.spend(MARK, START)

    def test_not_when_it_has_rested(self, counters: Counters) -> None:
        counters.issue(MARK, START + timedelta(minutes=5), START)
        assert not counters.spend(MARK, START + timedelta(minutes=5, seconds=1))

    def test_not_what_was_never_issued(self, counters: Counters) -> None:
        assert not counters.spend(MARK, START)


class TestKnow:
    def test_a_device_is_known_for_half_a_year(self, counters: Counters) -> None:
        counters.know(MARK, START)
        assert counters.knows(MARK)
        counters.know("o" * 64, START + timedelta(days=181))
        assert not counters.knows(MARK)
