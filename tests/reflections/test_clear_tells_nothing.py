"""On work of one person nothing tells whether ‘clear’ holds, and leaving it undoes no choice of readers."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import set_joint_work
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Audience, JointWork, Role, Seat
from tests.support.browser import Browser
from tests.support.sheets import second
from tests.support.world import REASON, CoupleHere, World

SitDown = Callable[[UUID], Browser]
TOKENS = re.compile(r'value="[^"]{30,}"')
LEFT = (JointWork.INDIVIDUAL_ONLY, JointWork.PAUSED)


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    """Work of one, with an answer that its exercise proposes for a release."""
    return world.an_assignment(couple, "letting-go", to=(Seat.B,))[0]


def set_to(world: World, couple: CoupleHere, status: JointWork) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        set_joint_work(visit, couple.id, status, REASON)


def pages(browser: Browser, round_id: UUID) -> list[str]:
    at = [f"/reflections/{round_id}", f"/reflections/{round_id}/check", "/desk/week"]
    at += [f"/reflections/{round_id}/write/{number}" for number in range(1, 9)]
    return [TOKENS.sub("", browser.client.get(each).get_data(as_text=True)) for each in at]


@pytest.mark.parametrize("status", LEFT)
def test_its_pages_stay_as_they_were(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, status: JointWork
) -> None:
    world.a_draft(second(couple), round_id, {"for_now": "I would like her to read this."})
    ben = sit_down(second(couple))
    before = pages(ben, round_id)
    set_to(world, couple, status)
    assert pages(ben, round_id) == before


@pytest.mark.parametrize("status", LEFT)
def test_what_is_saved_meanwhile_keeps_its_readers(
    world: World, couple: CoupleHere, round_id: UUID, status: JointWork
) -> None:
    set_to(world, couple, status)
    world.a_draft(second(couple), round_id, {"for_now": "I would like her to read this."})
    set_to(world, couple, JointWork.CLEAR)
    with world.as_(second(couple), Role.PARTNER) as visit:
        assert draft(visit, round_id).audiences["for_now"] is Audience.ON_RELEASE
