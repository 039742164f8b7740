"""The locks name every package with the extras that it is asked for with.

An older pip looks past the plain name for a package asked for with extras, takes the newest it can find, and
then refuses it because nothing pins it. So the lock has to say the extras too.
"""

import re
from importlib.metadata import distributions

import pytest

from tests.house.tree import HERE

ASKED = re.compile(r"^([A-Za-z0-9._-]+)\[([^\]]+)\]")
MARKER = re.compile(r"extra\s*==")


def named(lock: str) -> set[str]:
    """What is locked, with extras, in one spelling."""
    text = (HERE / "requirements" / f"{lock}.txt").read_text()
    return {plain(line) for line in re.findall(r"^(\S+)==", text, re.M)}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_with_extras() -> set[str]:
    """Every package that an installed one asks for with extras, whatever is asked of it besides."""
    found = set()
    for package in distributions():
        for line in package.requires or []:
            asked = ASKED.match(line)
            if asked and not MARKER.search(line):
                found.add(plain(asked[0]))
    return found


@pytest.mark.parametrize("lock", ["run", "test"])
def test_no_extras_are_left_to_pip(lock: str) -> None:
    locked = named(lock)
    bare = {name.partition("[")[0] for name in locked}
    asked = {name for name in asked_with_extras() if name.partition("[")[0] in bare}
    assert asked
    assert asked <= locked
