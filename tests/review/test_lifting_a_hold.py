"""The hold of one piece of homework: once it is lifted, what waited for nothing else opens."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import change_terms, set_joint_work
from portal.care.service import hold as hold_everything
from portal.homework.queries import task
from portal.people.service import CoupleTerms
from portal.review.service import hold
from portal.vocabulary import ContactLevel, JointWork, OpeningRule, Role
from tests.care.deeds import PAIRED, both_send, is_open
from tests.homework.looking import Desk
from tests.support.meeting import meet
from tests.support.world import REASON, CoupleHere, World


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple(opening=OpeningRule.AUTOMATIC)


@pytest.fixture
def held_round(world: World, couple: CoupleHere) -> UUID:
    """A round on which the counsellor's hold lies, and that both have sent and said yes to."""
    (round_id,) = world.an_assignment(couple, PAIRED)
    turn(world, couple, round_id, held=True)
    both_send(world, couple, round_id)
    assert not is_open(world, couple, round_id)
    return round_id


def turn(world: World, couple: CoupleHere, round_id: UUID, *, held: bool) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hold(visit, task(visit, round_id).assignment_id, held)


@pytest.mark.parametrize("where", ["review", "homework"])
def test_it_opens_where_the_rule_is_automatic(
    world: World, couple: CoupleHere, desk: Desk, held_round: UUID, where: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assignment_id = task(visit, held_round).assignment_id
    thing_id = held_round if where == "review" else assignment_id
    desk.open(f"/{where}/{thing_id}")
    page = desk.press("Lift the hold")
    assert "The hold is lifted." in page.said
    assert page.path == f"/{where}/{thing_id}"
    assert is_open(world, couple, held_round)


def test_putting_a_hold_opens_nothing(world: World, couple: CoupleHere, held_round: UUID) -> None:
    turn(world, couple, held_round, held=True)
    assert not is_open(world, couple, held_round)


@pytest.mark.parametrize("other", ["a hold of everything", "not clear"])
def test_what_waits_for_something_else_goes_on_waiting(
    world: World, couple: CoupleHere, held_round: UUID, other: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        if other == "not clear":
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, REASON)
        else:
            hold_everything(visit, couple.id, True, "She rang me.")
    turn(world, couple, held_round, held=False)
    assert not is_open(world, couple, held_round)


def test_with_the_counsellors_rule_it_waits_for_the_counsellor(world: World) -> None:
    couple = world.a_couple()
    (round_id,) = world.an_assignment(couple, PAIRED)
    turn(world, couple, round_id, held=True)
    both_send(world, couple, round_id)
    turn(world, couple, round_id, held=False)
    assert not is_open(world, couple, round_id)


def test_it_meets_a_decision_about_joint_work_and_neither_waits_for_ever(
    world: World, couple: CoupleHere, held_round: UUID
) -> None:
    def lift(own: World) -> None:
        turn(own, couple, held_round, held=False)

    def pause(own: World) -> None:
        with own.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.PAUSED, REASON)

    ends = meet(world, lift, pause)
    assert ends == [None, None]


def test_lifting_the_hold_of_one_piece_opens_no_other(world: World) -> None:
    couple = world.a_couple()
    (waits,) = world.an_assignment(couple, PAIRED)
    (other,) = world.an_assignment(couple)
    both_send(world, couple, waits)
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        terms = CoupleTerms(ContactLevel.TOGETHER, opening_rule=OpeningRule.AUTOMATIC)
        change_terms(visit, couple.id, terms)
    for held in (True, False):
        turn(world, couple, other, held=held)
    assert not is_open(world, couple, waits)


def test_an_old_page_lifts_no_later_hold(
    world: World, couple: CoupleHere, desk: Desk, held_round: UUID
) -> None:
    desk.open(f"/review/{held_round}")
    turn(world, couple, held_round, held=True)  # a colleague, for a reason of their own
    page = desk.press("Lift the hold")
    assert "Another hold was put here meanwhile" in page.said
    assert not is_open(world, couple, held_round)
    assert "The hold is lifted." in desk.press("Lift the hold").said
    assert is_open(world, couple, held_round)


def test_holding_counts_from_any_page(
    world: World, couple: CoupleHere, desk: Desk, held_round: UUID
) -> None:
    turn(world, couple, held_round, held=False)
    (other,) = world.an_assignment(couple, PAIRED)
    desk.open(f"/review/{other}")
    for held in (True, False):
        turn(world, couple, other, held=held)
    assert "Held." in desk.press("Hold it").said
    both_send(world, couple, other)
    assert not is_open(world, couple, other)
