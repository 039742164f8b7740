"""Check 19: the description beside the files says what the files say."""

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.exercises.catalogue.check_readme import readme_faults
from portal.exercises.catalogue.load import check_readme
from portal.exercises.catalogue.shelf import Catalogue
from tests.exercises.catalogue.breaking import add, drop, put

# The part of the catalogue that changes behind the description's back, and how.
README_BREAKS: list[tuple[str, Callable[[Any], None]]] = [
    ("exercises", put("gentle-start", "minutes", to=21)),
    ("exercises", put("gentle-start", "suits", "together", to="never")),
    ("exercises", drop("gentle-start")),
    ("exercises", put("amends-plan", "safety", "rules", to=[])),
    ("exercises", put("accountability-letter", "safety", "rules", to=[])),
    ("exercises", drop("roadblocks", "fields", 0)),
    ("programmes", put("living-apart", "weeks", to=9)),
    ("programmes", drop("living-apart", "steps", 0)),
    ("trace", put("sections", 0, "practices", 0, "practice", to="Begin")),
    ("check_in", put("items", 0, "low", to="Never")),
    ("instruments", put("instruments", 0, "items", to=5)),
    ("common", add("core_shelf", item="letting-go")),
]
# What somebody might change in the description alone.
WORDS = [
    ("Your counsellor has changed the plan for now.", "The plan is another."),
    ("`fail_closed`", "`fail_open`"),
    ("`scheduled`, `open`, `closed`", "`scheduled`, `overdue`, `closed`"),
    ("| `never_print` | | printing |", "| `never_prints` | | printing |"),
    ("`end_date_required`, `must_tick`, `refuse_words` |", "`never_release` |"),
    ("`confirm_stance` on `date-night`", "`confirm_stance` on `chores-map`"),
]


class TestCheckReadme:
    def test_it_says_what_the_files_say(self, data: Path, catalogue: Catalogue) -> None:
        assert check_readme(data, catalogue) == []

    @pytest.mark.parametrize(("part", "change"), README_BREAKS)
    def test_a_change_of_a_file_is_seen(
        self, part: str, change: Callable[[Any], None], data: Path, catalogue: Catalogue
    ) -> None:
        node = copy.deepcopy(getattr(catalogue, part))
        change(node)
        found = check_readme(data, replace(catalogue, **{part: node}))
        assert found
        assert {(fault.check, fault.file) for fault in found} == {(19, "README.md")}

    @pytest.mark.parametrize(("words", "other"), WORDS)
    def test_a_change_of_the_description_is_seen(
        self, words: str, other: str, data: Path, catalogue: Catalogue
    ) -> None:
        readme = (data / "README.md").read_text(encoding="utf-8")
        assert words in readme
        assert list(readme_faults(readme.replace(words, other), catalogue))
