"""When work may change chairs: a table with a row for each reason, and one for none."""

from dataclasses import fields

import pytest

from portal.policies.chairs import (
    ANSWERED,
    GOES_ON,
    NO_HOME,
    NOT_HERE,
    OPEN,
    RELEASED,
    TAKES_OVER,
    TWO_WROTE,
    ChairFacts,
    why_it_stays,
)
from tests.support.tables import cases

# What is said of the piece in each row; `home` and `here` are there unless the row says no.
STAYS = """
the piece                          | reasons
nothing stands against it          | -
open                               | open
released                           | released
no home                            | home
not here                           | here
not here, no home                  | here
goes on                            | on
takes over                         | over
answered                           | answered
joint                              | two
joint, open, not here              | two
open, released, goes on, answered  | open released on answered
"""
REASONS = {
    "open": OPEN,
    "released": RELEASED,
    "home": NO_HOME,
    "here": NOT_HERE,
    "on": GOES_ON,
    "over": TAKES_OVER,
    "answered": ANSWERED,
    "two": TWO_WROTE,
}
SAYS = {
    "open": "is_open",
    "released": "is_released",
    "no home": "has_home",
    "not here": "is_here",
    "goes on": "goes_on",
    "takes over": "takes_over",
    "answered": "is_answered",
    "joint": "is_joint",
}


def facts(piece: str) -> ChairFacts:
    said = {SAYS[part] for part in piece.split(", ") if part in SAYS}
    turned = {"has_home", "is_here"}
    return ChairFacts(
        **{
            field.name: (field.name in said) ^ (field.name in turned)
            for field in fields(ChairFacts)
        }
    )


@pytest.mark.parametrize(("piece", "_column", "cell"), list(cases(STAYS)))
def test_why_it_stays(piece: str, _column: str, cell: str) -> None:
    assert why_it_stays(facts(piece)) == tuple(
        REASONS[word] for word in cell.split() if word != "-"
    )


def test_every_fact_is_named() -> None:
    assert set(SAYS.values()) == {field.name for field in fields(ChairFacts)}
