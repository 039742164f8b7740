"""What the documents say is there is there, and what is promised is named once."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import HERE, name_of
from tests.support.promises import PARTS

DOCS = sorted([HERE / "README.md", HERE / "CHANGELOG.md", *(HERE / "docs").rglob("*.md")])
DECISIONS = sorted((HERE / "docs" / "decisions").glob("*.md"))
# Folders that an install makes for itself; a path below them is not in the tree.
MADE_LATER = ("var/", ".deps", "build/")
OURS = re.compile(
    r"(?:portal|tests|docs|deploy|static|templates|migrations|requirements)/[\w./-]+|pyproject\.toml"
)


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_path_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quoted = [word for part in re.findall(r"`([^`\n]+)`", text) for word in OURS.findall(part)]
    linked = [
        (path.parent / address).resolve().relative_to(HERE).as_posix()
        for address in re.findall(r"\]\(([^)#]+)\)", text)
        if "://" not in address
    ]
    missing = {
        name
        for name in {*quoted, *linked}
        if not name.startswith(MADE_LATER) and not (HERE / name.rstrip("./")).exists()
    }
    assert not missing


def test_the_tour_goes_through_the_house() -> None:
    tour = (HERE / "docs" / "tour.md").read_text(encoding="utf-8")
    assert len(set(OURS.findall(tour))) > 30


def test_every_room_is_on_the_map() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (HERE / "portal").iterdir() if (path / "__init__.py").exists()]
    assert not [room for room in rooms if f"(portal/{room})" not in readme]


def test_every_command_is_in_the_help() -> None:
    helped = set(re.findall(r"^\./run(?: (\w+))?", (HERE / "run").read_text(), re.MULTILINE))
    for path in DOCS:
        named = set(re.findall(r"`\./run (\w+)", path.read_text(encoding="utf-8")))
        assert named <= helped, name_of(path)


def test_every_setting_exists() -> None:
    fields = (HERE / "config.py").read_text(encoding="utf-8")
    install = (HERE / "docs" / "install.md").read_text(encoding="utf-8")
    for name in re.findall(r"`WEFT_(\w+)`", install):
        assert re.search(rf"^    {name.lower()}: ", fields, re.MULTILINE), name


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_says_what_it_costs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in ("# ", "## Context", "## Decision", "## Status", "## Consequences", "The price:"):
        assert f"\n{part}" in f"\n{text}", part
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_promise_has_one_line() -> None:
    text = (HERE / "docs" / "promises.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (P\d+) \|", text, re.MULTILINE) == list(PARTS)


def test_the_changelog_speaks_of_this_version() -> None:
    version = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]["version"]
    assert f"\n## {version}" in (HERE / "CHANGELOG.md").read_text(encoding="utf-8")
