"""No code knows an exercise by name: what is special about one stands in its data, as a typed rule."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.exercises.queries import catalogue
from tests.house.tree import HERE, name_of, python_files, templates

DATA = HERE / "portal" / "exercises" / "catalogue" / "data"
EXERCISES = catalogue().exercises
# An id of one word is an ordinary word as well: it counts where it is a whole text by itself.
ORDINARY = {key for key in EXERCISES if "-" not in key}
NAMES = {*EXERCISES, *(str(each["title"]) for each in EXERCISES.values())} - ORDINARY
NAMED = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in sorted(NAMES)))


def named_in_python(text: str) -> Iterator[str]:
    """Every name of an exercise in the texts of a Python file, its explanations set aside."""
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield from named_in(node.value)


def named_in(text: str) -> Iterator[str]:
    """Every name of an exercise in this text."""
    if text in ORDINARY:
        yield text
    yield from NAMED.findall(text)


def files() -> list[Path]:
    """Everything that decides or draws, the data set aside."""
    scripts = sorted((HERE / "static" / "js").rglob("*.js"))
    code = [path for path in python_files("portal") if DATA not in path.parents]
    return [*code, *templates(), *scripts]


def test_no_code_names_an_exercise() -> None:
    found = {}
    for path in files():
        text = path.read_text(encoding="utf-8")
        names = set(named_in_python(text) if path.suffix == ".py" else named_in(text))
        if names:
            found[name_of(path)] = names
    assert len(files()) > 250
    assert found == {}


@pytest.mark.parametrize("name", sorted({*EXERCISES, *NAMES}))
def test_a_planted_name_is_found(name: str) -> None:
    planted = f'"""About {name}."""\n\ndef weigh(key):\n    return key == {name!r}\n'
    assert set(named_in_python(planted)) == {name}
    if name in NAMES:
        assert name in set(named_in(f'{{% if key == "{name}" %}}'))
    assert not set(named_in_python(f'"""About {name}."""\n'))
