"""The long run goes on where it was interrupted, on the same tree alone."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.long_run import LongRun


def report(name: str, *, when: str = "call", passed: bool = True) -> Any:
    return SimpleNamespace(nodeid=name, when=when, passed=passed)


def left_of(run: LongRun, names: list[str]) -> tuple[list[str], list[str]]:
    """Which of these tests are run now, and which are left out."""
    out: list[str] = []
    hook = SimpleNamespace(pytest_deselected=lambda items: out.extend(i.nodeid for i in items))
    items: list[Any] = [SimpleNamespace(nodeid=name) for name in names]
    run.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)  # type: ignore[arg-type]
    return [item.nodeid for item in items], out


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "promises" / "long-of-a-tree.txt"


def test_what_passed_is_left_out_the_next_time(path: Path) -> None:
    LongRun(path).pytest_runtest_logreport(report("one"))
    assert left_of(LongRun(path), ["one", "two"]) == (["two"], ["one"])


def test_what_failed_or_only_began_is_run_again(path: Path) -> None:
    run = LongRun(path)
    run.pytest_runtest_logreport(report("one", passed=False))
    run.pytest_runtest_logreport(report("two", when="setup"))
    assert left_of(LongRun(path), ["one", "two"]) == (["one", "two"], [])


def test_a_worker_writes_nothing(path: Path) -> None:
    LongRun(path, writes=False).pytest_runtest_logreport(report("one"))
    assert not path.exists()
