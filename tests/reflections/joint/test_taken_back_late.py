"""A sheet that both sent, once its round takes no more words: neither takes it from the other."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.foundation.errors import TooLate
from portal.homework import service as homework
from portal.homework.queries import task as task_of
from portal.people.service import CoupleTerms
from portal.reflections.joint import agreeing
from portal.reflections.sending.queries import ENDED_ALREADY
from portal.review.service import hold
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, Role
from tests.support.browser import Browser
from tests.support.moments import StandingClock
from tests.support.sheets import fill, read, say_yes, second
from tests.support.world import REASON, CoupleHere, World

SitDown = Callable[[UUID], Browser]
Deed = Callable[[Visit, UUID, UUID], None]

ENDS: Mapping[str, Deed] = {
    "they come apart": lambda v, c, _: care.come_apart(v, c, "As agreed."),
    "no contact": lambda v, c, _: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
    "not clear": lambda v, c, _: care.set_joint_work(v, c, JointWork.INDIVIDUAL_ONLY, REASON),
    "paused": lambda v, c, _: care.set_joint_work(v, c, JointWork.PAUSED, REASON),
    "closed": lambda v, _, a: homework.close(v, a),
    "withdrawn": lambda v, _, a: homework.withdraw(v, a),
}
HOLDS: Mapping[str, Deed] = {
    "of everything": lambda v, c, _: care.hold(v, c, True, "She rang me."),
    "of the homework": lambda v, _, a: hold(v, a, True),
}


@pytest.fixture
def sent(world: World, couple: CoupleHere, round_id: UUID) -> UUID:
    """A sheet that both confirmed, of which nothing beside what they wrote together is open."""
    fill(world, couple, round_id)
    say_yes(world, couple.a, round_id, opens=False)
    assert say_yes(world, second(couple), round_id, opens=False)
    world.now += timedelta(minutes=1)
    return round_id


def decide(world: World, couple: CoupleHere, round_id: UUID, deed: Deed) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        deed(visit, couple.id, task_of(visit, round_id).assignment_id)
    world.now += timedelta(minutes=1)


def refused(world: World, person_id: UUID, round_id: UUID) -> str:
    with world.as_(person_id, Role.PARTNER) as visit, pytest.raises(TooLate) as no:
        agreeing.take_back(visit, round_id)
    return no.value.message


@pytest.mark.parametrize("how", ENDS)
def test_nobody_takes_away_what_both_confirmed(
    world: World, couple: CoupleHere, sent: UUID, sit_down: SitDown, how: str
) -> None:
    ann, ben, address = sit_down(couple.a), sit_down(second(couple)), f"/reflections/{sent}"
    left_open = ann.open(address)
    assert "Take it back" in left_open.said
    decide(world, couple, sent, ENDS[how])
    before = ben.open(address).said
    assert "A raised hand" in before
    assert refused(world, couple.a, sent) == ENDED_ALREADY
    page = ann.send({}, to="/sheet/take-back")
    assert page.status == 409
    assert ENDED_ALREADY in page.said
    assert ben.open(address).said == before
    shared, parts = read(world, couple.counsellor_id, sent, Role.COUNSELLOR)
    assert "A raised hand" in repr(shared)
    assert len(parts) == 2


@pytest.mark.parametrize("how", ENDS)
def test_it_is_not_offered_either(
    world: World, couple: CoupleHere, sent: UUID, sit_down: SitDown, how: str
) -> None:
    decide(world, couple, sent, ENDS[how])
    for person_id in (couple.a, second(couple)):
        assert "take it back" not in sit_down(person_id).open(f"/reflections/{sent}").said.lower()


def test_nor_once_clear_has_lapsed_and_the_clock_has_not_come_by_yet(
    world: World, couple: CoupleHere, sent: UUID, sit_down: SitDown, clock: StandingClock
) -> None:
    clock.at = world.now = world.now + timedelta(days=90)
    assert refused(world, couple.a, sent) == ENDED_ALREADY
    assert "Take it back" not in sit_down(couple.a).open(f"/reflections/{sent}").said


@pytest.mark.parametrize("kind", HOLDS)
def test_a_hold_takes_nothing_from_it_and_shows_nowhere(
    world: World, couple: CoupleHere, sent: UUID, sit_down: SitDown, kind: str
) -> None:
    ann = sit_down(couple.a)
    before = ann.open(f"/reflections/{sent}").said
    assert "Take it back" in before
    decide(world, couple, sent, HOLDS[kind])
    assert ann.open(f"/reflections/{sent}").said == before
    page = ann.send({}, to="/sheet/take-back")
    assert "You both have it back" in page.said


@pytest.mark.parametrize("kind", HOLDS)
@pytest.mark.parametrize("how", ["they come apart", "closed"])
def test_the_refusal_is_the_same_whatever_is_held(
    world: World, couple: CoupleHere, sent: UUID, how: str, kind: str
) -> None:
    decide(world, couple, sent, HOLDS[kind])
    decide(world, couple, sent, ENDS[how])
    assert refused(world, second(couple), sent) == ENDED_ALREADY
