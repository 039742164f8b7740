"""Every rule of who may see and do what stands in a table that somebody can read and sign."""

import ast

import pytest

from tests.house.tree import HERE, PORTAL, name_of, public_functions

RULES = sorted(
    (path.stem, function.name)
    for path in (PORTAL / "policies").glob("*.py")
    for function in public_functions(path)
)
EDGES = "test_edges_of_"  # beside the tables: what happens at their rims, one thing at a time
TABLES = sorted(
    path
    for path in (HERE / "tests" / "policies").glob("test_*.py")
    if not path.name.startswith(EDGES)
)


def _asked() -> set[tuple[str, str]]:
    """The rules that the tables import and really call."""
    found = set()
    for path in TABLES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "portal.policies."
            ):
                module = (node.module or "").rpartition(".")[2]
                found |= {(module, name.name) for name in node.names if name.name in called}
    return found


@pytest.mark.parametrize(("module", "name"), RULES)
def test_a_rule_has_a_table(module: str, name: str) -> None:
    assert (module, name) in _asked()


def test_the_tables_are_tables() -> None:
    """A table is text that a counsellor could read, not a list of calls."""
    plain = [name_of(path) for path in TABLES if "cases(" not in path.read_text(encoding="utf-8")]
    assert not plain
    assert len(RULES) >= 15
