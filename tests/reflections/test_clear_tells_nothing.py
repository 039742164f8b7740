"""Nothing tells whether ‘clear’ holds: on work of one never, on work of both not before its line is drawn.

Nor does leaving it undo any choice of readers.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import lapse, set_joint_work
from portal.foundation.errors import Refused
from portal.policies.viewer import SYSTEM
from portal.reflections.drafts.queries import draft
from portal.reflections.openings.service import open_round
from portal.vocabulary import Audience, JointWork, Role, Seat
from tests.care.deeds import PAIRED, both_send
from tests.support.browser import Browser
from tests.support.moments import StandingClock
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


def test_the_pages_of_both_stay_as_they_were_until_the_line_is_drawn(
    world: World, couple: CoupleHere, clock: StandingClock, sit_down: SitDown
) -> None:
    """The clock comes by once an hour; until then nothing on a page may tell that ‘clear’ ran out."""
    clock.at = world.now = world.now + timedelta(days=90, minutes=-10)
    (shared,) = world.an_assignment(couple, "name-the-issues")
    world.a_draft(second(couple), shared, {"start_with": "What I hope she reads."})
    ben = sit_down(second(couple))
    before = pages(ben, shared)
    assert "My partner too" in " ".join(before)
    clock.at = world.now = world.now + timedelta(minutes=12)
    assert pages(ben, shared) == before
    with world.visit(SYSTEM) as visit:
        assert lapse(visit) == 1
    now = " ".join(pages(ben, shared))
    assert "Your counsellor has changed the plan for now." in now
    assert "My partner too" not in now


def test_a_yes_said_meanwhile_opens_nothing(world: World, couple: CoupleHere) -> None:
    world.now += timedelta(days=90, minutes=-10)
    (shared,) = world.an_assignment(couple, PAIRED)
    world.now += timedelta(minutes=12)
    both_send(world, couple, shared)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(Refused):
        open_round(visit, shared)
    with world.visit(SYSTEM) as visit:
        assert lapse(visit) == 1
    set_to(world, couple, JointWork.CLEAR)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(Refused):
        open_round(visit, shared)


@pytest.mark.parametrize("status", LEFT)
def test_what_is_saved_meanwhile_keeps_its_readers(
    world: World, couple: CoupleHere, round_id: UUID, status: JointWork
) -> None:
    set_to(world, couple, status)
    world.a_draft(second(couple), round_id, {"for_now": "I would like her to read this."})
    set_to(world, couple, JointWork.CLEAR)
    with world.as_(second(couple), Role.PARTNER) as visit:
        assert draft(visit, round_id).audiences["for_now"] is Audience.ON_RELEASE
