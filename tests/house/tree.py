"""The house as it stands on the shelf: its files, its pages, its templates."""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent.parent.parent
PORTAL = HERE / "portal"
TEMPLATES = HERE / "templates"
PYTHON = ("portal", "tests", "migrations")


def python_files(*folders: str) -> list[Path]:
    """Every Python file of ours in these folders."""
    found = [path for folder in folders for path in (HERE / folder).rglob("*.py")]
    return sorted(found + ([HERE / "config.py"] if folders == PYTHON else []))


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def name_of(path: Path) -> str:
    """Where a file lies, as one would say it."""
    return path.relative_to(HERE).as_posix()


def lines_of(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text(encoding="utf-8").splitlines())


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions that a file offers to others."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
