"""When work may change chairs: one row for each reason, and one for none."""

from dataclasses import fields, replace

import pytest

from portal.policies.chairs import (
    ANSWERED,
    GOES_ON,
    NO_HOME,
    NOT_HERE,
    OPEN,
    RELEASED,
    TWO_WROTE,
    ChairFacts,
    why_it_stays,
)

FREE = ChairFacts(
    is_joint=False,
    is_open=False,
    is_released=False,
    has_home=True,
    is_here=True,
    goes_on=False,
    is_answered=False,
)
ROWS = (
    ({}, ()),
    ({"is_open": True}, (OPEN,)),
    ({"is_released": True}, (RELEASED,)),
    ({"has_home": False}, (NO_HOME,)),
    ({"is_here": False}, (NOT_HERE,)),
    ({"is_here": False, "has_home": False}, (NOT_HERE,)),
    ({"goes_on": True}, (GOES_ON,)),
    ({"is_answered": True}, (ANSWERED,)),
    ({"is_joint": True}, (TWO_WROTE,)),
    ({"is_joint": True, "is_open": True, "is_here": False}, (TWO_WROTE,)),
    ({"is_open": True, "is_released": True, "is_answered": True}, (OPEN, RELEASED, ANSWERED)),
)


@pytest.mark.parametrize(("changed", "reasons"), ROWS, ids=lambda value: str(value)[:60])
def test_each_reason(changed: dict[str, bool], reasons: tuple[str, ...]) -> None:
    assert why_it_stays(replace(FREE, **changed)) == reasons


def test_every_fact_has_a_row() -> None:
    named = {key for changed, _ in ROWS for key in changed}
    assert named == {field.name for field in fields(ChairFacts)}
