"""The table of audiences: who may be chosen as the reader of an answer, and what then holds."""

import pytest

from portal.policies.audiences import after_page, may_choose, settle
from portal.vocabulary import Audience
from tests.support.tables import cases

# What the exercise proposes, and whether anything is shared in this couple at all now.
CHOICES = """
proposed             | offered
counsellor, shared   | counsellor
after_both, shared   | after_both, counsellor
on_release, shared   | on_release, counsellor
at_once, shared      | at_once
counsellor, alone    | counsellor
after_both, alone    | counsellor
on_release, alone    | counsellor
at_once, alone       | counsellor
"""

SETTLED = """
proposed             | nothing chosen | counsellor | after_both | on_release | at_once
counsellor, shared   | counsellor     | counsellor | counsellor | counsellor | counsellor
after_both, shared   | after_both     | counsellor | after_both | after_both | after_both
on_release, shared   | on_release     | counsellor | on_release | on_release | on_release
at_once, shared      | at_once        | at_once    | at_once    | at_once    | at_once
counsellor, alone    | counsellor     | counsellor | counsellor | counsellor | counsellor
after_both, alone    | counsellor     | counsellor | counsellor | counsellor | counsellor
on_release, alone    | counsellor     | counsellor | counsellor | counsellor | counsellor
at_once, alone       | counsellor     | counsellor | counsellor | counsellor | counsellor
"""
WIDTH = (Audience.COUNSELLOR, Audience.ON_RELEASE, Audience.AFTER_BOTH, Audience.AT_ONCE)


def _stood(row: str) -> tuple[Audience, bool]:
    proposed, _, shared = row.partition(", ")
    return Audience(proposed), shared == "shared"


@pytest.mark.parametrize(("row", "_column", "cell"), list(cases(CHOICES)))
def test_what_is_offered(row: str, _column: str, cell: str) -> None:
    proposed, shared = _stood(row)
    assert may_choose(proposed, shared_now=shared) == tuple(map(Audience, cell.split(", ")))


@pytest.mark.parametrize(("row", "chosen", "cell"), list(cases(SETTLED)))
def test_what_holds(row: str, chosen: str, cell: str) -> None:
    proposed, shared = _stood(row)
    wanted = None if chosen == "nothing chosen" else Audience(chosen)
    assert settle(wanted, proposed, shared_now=shared) is Audience(cell)


def test_nothing_is_ever_wider_than_the_exercise_proposes() -> None:
    for proposed in Audience:
        for shared in (True, False):
            for wanted in (None, *Audience):
                held = settle(wanted, proposed, shared_now=shared)
                assert WIDTH.index(held) <= WIDTH.index(proposed)


def test_no_audience_is_missing_from_the_tables() -> None:
    for table in (CHOICES, SETTLED):
        assert {_stood(row)[0] for row, _, _ in cases(table)} == set(Audience)
    assert set(WIDTH) == set(Audience)


# What was chosen on a page, with what it was drawn, what holds by now, and what holds afterwards.
AFTER_A_PAGE = """
given       drawn       now         holds
-           after_both  counsellor  counsellor
-           -           after_both  after_both
after_both  after_both  counsellor  counsellor
after_both  after_both  after_both  after_both
counsellor  after_both  after_both  counsellor
after_both  counsellor  counsellor  after_both
counsellor  counsellor  after_both  after_both
counsellor  after_both  counsellor  counsellor
after_both  counsellor  after_both  after_both
after_both  -           counsellor  counsellor
counsellor  -           after_both  counsellor
after_both  -           after_both  after_both
"""


def _row(line: str) -> list[Audience | None]:
    return [None if cell == "-" else Audience(cell) for cell in line.split()]


@pytest.mark.parametrize("line", AFTER_A_PAGE.strip().splitlines()[1:])
def test_a_page_that_comes_back_widens_nothing_that_it_did_not_show(line: str) -> None:
    given, drawn, now, holds = _row(line)
    assert now is not None
    assert after_page(given, drawn, now) is holds
