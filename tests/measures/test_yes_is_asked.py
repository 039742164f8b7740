"""The yes to totals on paper for both is asked for where there can be such paper, and a silent hold changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.people.service import CoupleTerms
from portal.vocabulary import ContactLevel, JointWork, Role
from tests.support.browser import Browser
from tests.support.world import REASON, CoupleHere, World

SitDown = Callable[[UUID, Role], Browser]
Deed = Callable[..., None]
ASKED = "My totals in the summary for both"


def decided(world: World, couple: CoupleHere, deed: Deed) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        deed(visit, couple.id)


APART: dict[str, Deed] = {
    "no contact": lambda v, c: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
    "come apart": lambda v, c: care.come_apart(v, c, "They live apart."),
}
UNTOLD: dict[str, Deed] = {
    "held": lambda v, c: care.hold(v, c, True, REASON),
    "paused": lambda v, c: care.set_joint_work(v, c, JointWork.PAUSED, REASON),
}


@pytest.mark.parametrize("how", [*APART, *UNTOLD])
def test_it_ends_where_nothing_is_printed_for_both_and_tells_nothing_of_what_nobody_is_told(
    world: World, couple: CoupleHere, sit_down: SitDown, how: str
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    assert ASKED in ann.open("/measures/mine").said
    decided(world, couple, {**APART, **UNTOLD}[how])
    assert (ASKED in ann.open("/measures/mine").said) is (how in UNTOLD)
