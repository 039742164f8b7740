"""Words and names that the house does without, and the reason for each."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PYTHON, name_of, python_files

NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}
MINE = "tests/house/test_words.py"
# Who may look at the wall clock; everybody else is handed the moment.
CLOCKS = {
    "portal/web/visits.py": "each request's moment is taken here, once",
    "portal/commands/sample.py": "a command has no visit",
    "portal/commands/worker.py": "a worker has no request to ask",
    "portal/commands/start.py": "nobody visits before the start",
    "portal/commands/home.py": "migrations run before anybody visits",
    "portal/commands/doctor.py": "the doctor looks at the wall on purpose",
    "tests/jobs/crash_site.py": "a lease runs out in real time",
    "tests/tools/shots.py": "the pictures are of today",
    "tests/tools/bench.py": "the sample is of today",
}
WALLS = re.compile(r"\b(datetime|date)\.(now|utcnow|today)\(|\btime\.time\(")
BARE = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \S)")
NOT_AMONG_TABLES = re.compile(r"\.filter_by\(")


@pytest.mark.parametrize("path", python_files(*PYTHON), ids=name_of)
def test_no_file_is_a_drawer_for_everything(path: Path) -> None:
    parts = {path.stem, *(part.name for part in path.parents)}
    assert not parts & NO_NAMES


def test_every_file_introduces_itself_in_one_line() -> None:
    silent = []
    for path in python_files("portal", "tests", "migrations"):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if path.name != "__init__.py" and not (text or "").strip():
            silent.append(name_of(path))
    assert not silent


def test_every_room_introduces_itself() -> None:
    silent = [
        name_of(path)
        for path in python_files("portal")
        if path.name == "__init__.py"
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_nobody_looks_at_the_wall_clock_but_those_who_may() -> None:
    looking = {
        name_of(path)
        for path in python_files(*PYTHON)
        if name_of(path) != MINE and WALLS.search(path.read_text(encoding="utf-8"))
    }
    assert looking <= set(CLOCKS), looking - set(CLOCKS)
    assert "portal/web/visits.py" in looking


def test_nobody_filters_by_a_name_that_two_tables_could_have() -> None:
    found = [
        name_of(path)
        for path in python_files(*PYTHON)
        if name_of(path) != MINE and NOT_AMONG_TABLES.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_a_rule_is_only_silenced_with_its_reason() -> None:
    bare = [
        f"{name_of(path)}:{number}"
        for path in python_files(*PYTHON)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BARE.search(line) and name_of(path) != MINE
    ]
    assert not bare
