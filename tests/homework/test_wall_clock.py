"""The whole process under a false clock: the day that the portal reads from the wall, at every change."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from portal.homework.windows import day_in
from portal.web.visits import WallClock
from tests.homework.seasons import ZONES
from tests.support.databases import HERE

LIBRARIES = [
    library
    for place in (Path("/usr/lib"), HERE / ".deps" / "sys" / "usr" / "lib")
    for library in sorted(place.glob("*/faketime/libfaketime.so.1"))
]


def moments() -> Iterator[tuple[str, datetime, date]]:
    """Around each change: the minutes before and after the four midnights nearest to it."""
    for zone, rule in ZONES.items():
        for change in rule.changes():
            midnight = datetime.combine(rule.day(change), datetime.min.time(), UTC)
            for days in (-1, 0, 1, 2):
                at = midnight + timedelta(days=days)
                for minutes in (-61, -31, -1, 0, 1, 31, 61):
                    moment = at - rule.offset(change) + timedelta(minutes=minutes)
                    yield zone, moment, rule.day(moment)


def test_the_portals_clock_names_the_right_day_at_every_change() -> None:
    wrong = []
    for zone, moment, day in moments():
        with time_machine.travel(moment, tick=False):
            now = WallClock().now()
        wrong += [(zone, moment)] if (now, day_in(now, zone)) != (moment, day) else []
    assert wrong == []


@pytest.mark.long
def test_under_libfaketime_too(tmp_path: Path) -> None:
    """The Debian package libfaketime; where it is missing this fails and says so."""
    assert LIBRARIES, "install the Debian package libfaketime for the long run"
    stamp = tmp_path / "now"
    stamp.write_text("2026-01-01 00:00:00", encoding="ascii")
    asked = [(zone, f"{at:%Y-%m-%d %H:%M:%S}", day) for zone, at, day in moments()]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.homework.under_faketime", str(stamp)],
        input=json.dumps([(zone, at) for zone, at, _ in asked]),
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE,
        env={
            **os.environ,
            "TZ": "UTC",
            "LD_PRELOAD": str(LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(stamp),
            "FAKETIME_NO_CACHE": "1",
        },
    )
    found = [tuple(each) for each in json.loads(answer.stdout)]
    assert found == [(at, day.isoformat()) for _, at, day in asked]
    assert len(found) == 5 * 10 * 28
