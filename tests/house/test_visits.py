"""What stands behind a page is handed the visit first, and so knows who is asking."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import PORTAL, name_of, public_functions

BEHIND = ("service.py", "queries.py", "page.py")
# Functions that are handed the bare database, each group with its reason.
WITHOUT_A_VISIT = {
    "portal/accounts/queries.py": "before anybody is known, an account is looked for by its mark",
    "portal/accounts/service.py": "the door recognises a cookie before there is a viewer",
    "portal/audit/service.py": "the trail is looked through for breaks by nobody in particular",
    "portal/exercises/queries.py": "the catalogue is the same for everybody",
    "portal/exercises/service.py": "the catalogue is installed before anybody visits",
    "portal/jobs/queries.py": "the worker is nobody; who may do a job is asked when it is done",
    "portal/jobs/service.py": "the worker is nobody; who may do a job is asked when it is done",
    "portal/people/queries.py": "finding out who the viewer is, and the fence itself",
    "portal/people/seats/queries.py": "asked at the door, before there is a viewer",
    "portal/people/staff/queries.py": "asked at the door, before there is a viewer",
    "portal/practice/queries.py": "whether there is a sample is asked before anybody is known",
    "portal/practice/service.py": "the set-up link is made before there is anybody",
}
FILES = sorted(path for path in PORTAL.rglob("*.py") if path.name in BEHIND)


def _types(function: ast.FunctionDef) -> list[str]:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [ast.unparse(each.annotation) if each.annotation else "" for each in given]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_visit_comes_first(path: Path) -> None:
    late = [
        function.name
        for function in public_functions(path)
        if "Visit" in (types := _types(function)) and types[0] != "Visit"
    ]
    assert not set(late) - {"leave_at_once"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_whoever_reads_rows_without_a_visit_has_a_reason(path: Path) -> None:
    bare = [f.name for f in public_functions(path) if "Session" in _types(f)]
    assert not bare or name_of(path) in WITHOUT_A_VISIT, bare


def test_the_reasons_are_still_needed() -> None:
    bare = {
        name_of(path)
        for path in FILES
        if any("Session" in _types(function) for function in public_functions(path))
    }
    assert bare == set(WITHOUT_A_VISIT)


def test_nothing_that_knows_the_words_goes_without_a_visit() -> None:
    for room in ("reflections", "review", "sessions", "reports", "homework", "desk", "care"):
        assert not [name for name in WITHOUT_A_VISIT if name.startswith(f"portal/{room}/")]
