"""For which couples a programme is, and who may know that there is one: in tables."""

import pytest

from portal.policies.gates import (
    PROGRAMME_CONTACT,
    PROGRAMME_FOR_ONE,
    PROGRAMME_FOR_TWO,
    CoupleFacts,
    SeatFacts,
    weigh_programme,
)
from portal.policies.sight import sees_programme
from portal.vocabulary import ContactLevel, JointWork, PartnerRole, Stance
from tests.policies.test_sight import HERE, VIEWERS
from tests.support.tables import cases

SUITING = """
couple              | for two, in contact | for two, together | for one, in contact
two together        | yes                 | yes               | one
two in contact      | yes                 | contact           | one
two without contact | contact             | contact           | contact one
one together        | two                 | two               | yes
one in contact      | two                 | contact two       | yes
one without contact | contact two         | contact two       | contact
"""
REASONS = {"contact": PROGRAMME_CONTACT, "one": PROGRAMME_FOR_ONE, "two": PROGRAMME_FOR_TWO}
LEVELS = {
    "together": ContactLevel.TOGETHER,
    "in contact": ContactLevel.SEPARATED_CONTACT,
    "without contact": ContactLevel.NO_CONTACT,
}
BOTH = ("together", "separated_contact")
PROGRAMMES = {
    "for two, in contact": (BOTH, False),
    "for two, together": (("together",), False),
    "for one, in contact": (BOTH, True),
}
SEES = """
viewer           | the programme
author           | no
partner          | no
later partner    | no
counsellor       | yes
supervisor       | yes
other counsellor | no
other partner    | no
owner            | no
nobody           | no
system           | no
"""


@pytest.mark.parametrize(("couple", "programme", "cell"), list(cases(SUITING)))
def test_for_whom_a_programme_is(couple: str, programme: str, cell: str) -> None:
    number, _, level = couple.partition(" ")
    seats = (_seat(takes_part=True), _seat(takes_part=number == "two"))
    facts = CoupleFacts(LEVELS[level], JointWork.NOT_ASKED, seats)
    levels, for_one = PROGRAMMES[programme]
    wanted = () if cell == "yes" else tuple(REASONS[word] for word in cell.split())
    assert weigh_programme(levels, facts, for_one=for_one) == wanted


@pytest.mark.parametrize(("viewer", "_column", "cell"), list(cases(SEES)))
def test_a_plan_exists_for_staff_with_the_couple_alone(
    viewer: str, _column: str, cell: str
) -> None:
    assert sees_programme(VIEWERS[viewer], HERE) is (cell == "yes")


def test_no_viewer_is_missing() -> None:
    assert {row for row, _, _ in cases(SEES)} == set(VIEWERS)


def _seat(*, takes_part: bool) -> SeatFacts:
    return SeatFacts(takes_part, PartnerRole.ANY, Stance.NOT_SET)
