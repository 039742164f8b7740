"""Every typed rule of every exercise and every rule of safety.yaml holds, each by a case listed from the data."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.exercises.catalogue import known
from portal.exercises.queries import catalogue
from portal.foundation.chest import Chest
from portal.foundation.database import open_database
from portal.foundation.keyring import Keyring
from tests.exercises.rules import cases_of_all, cases_of_exercises
from tests.exercises.rules.bench import Bench
from tests.support.world import World

# Where a case takes long, one entry of each shape is tried in every run, all in the long one.
HEAVY = {"read_first", "stop_release", "confirm_release", "confirm_stance", "needs_confirm"}
ENTRIES = [
    (key, number, rule)
    for key, exercise in catalogue().exercises.items()
    for number, rule in enumerate(exercise["safety"]["rules"])
]


def listed() -> Iterator[Any]:
    """Every entry of the data; those of a shape that had its turn are for the long run."""
    seen = set()
    for key, number, rule in ENTRIES:
        kind = rule["rule"]
        shape = (kind, *(sorted(rule) if kind == "stop_release" else ()))
        marks = [pytest.mark.long] if kind in HEAVY and shape in seen else []
        seen.add(shape)
        yield pytest.param(key, number, kind, marks=marks, id=f"{key}-{number}-{kind}")


NAMES = [rule["rule"] for rule in catalogue().safety["rules"]]


@pytest.fixture(scope="module")
def bench(
    sqlite_template: Path, chest: Chest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """One world for all cases; each makes its own couples and homework in it."""
    folder = tmp_path_factory.mktemp("rules")
    shutil.copy(sqlite_template, folder / "weft.db")
    engine = open_database(f"sqlite:///{folder / 'weft.db'}")
    ring = Keyring(open_database(f"sqlite:///{folder / 'keyring.db'}"))
    ring.prepare()
    yield Bench(World(engine, ring, chest))
    engine.dispose()
    ring.engine.dispose()


@pytest.fixture(autouse=True)
def _same_day(bench: Bench) -> Iterator[None]:
    """A case in which weeks go by leaves the day where it was for the next."""
    began = bench.world.now
    yield
    bench.world.now = began + timedelta(minutes=30)


def test_every_kind_in_the_data_has_a_case_and_no_case_is_of_no_kind() -> None:
    assert (
        {rule["rule"] for _, _, rule in ENTRIES}
        == set(cases_of_exercises.CASES)
        == set(known.RULES)
    )
    assert set(NAMES) == set(cases_of_all.CASES)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(("key", "number", "kind"), list(listed()))
def test_the_rule_of_an_exercise_holds(bench: Bench, key: str, number: int, kind: str) -> None:
    rule: Any = bench.edition(key).content.exercise.safety.rules[number]
    assert rule.rule == kind
    cases_of_exercises.CASES[kind](bench, key, rule)


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_for_every_couple_holds(bench: Bench, name: str) -> None:
    (rule,) = [each for each in catalogue().safety["rules"] if each["rule"] == name]
    cases_of_all.CASES[name](bench, rule)
