"""No file is longer than somebody can read in one go."""

from tests.house.tree import PYTHON, TEMPLATES, lines_of, name_of, python_files

PYTHON_WALL, CONFTEST_WALL, TEMPLATE_WALL = 300, 150, 120


def _wall(name: str) -> int:
    return CONFTEST_WALL if name.endswith("conftest.py") else PYTHON_WALL


def test_no_python_file_is_behind_its_wall() -> None:
    files = python_files(*PYTHON)
    assert len(files) > 300
    long = {name_of(f): lines_of(f) for f in files if lines_of(f) > _wall(name_of(f))}
    assert not long


def test_no_template_is_behind_its_wall() -> None:
    files = [path for path in TEMPLATES.rglob("*.html") if path.is_file()]
    assert len(files) > 80
    assert not {name_of(f): lines_of(f) for f in files if lines_of(f) > TEMPLATE_WALL}
