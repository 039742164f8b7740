"""No test leaves itself out: what holds on one database alone is asked of that one."""

import ast

from tests.house.tree import name_of, python_files

LEAVES_OUT = {"skip", "skipif", "xfail", "importorskip"}


def test_no_test_leaves_itself_out() -> None:
    files = python_files("tests")
    assert len(files) > 200
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in LEAVES_OUT
    ]
    assert found == []
