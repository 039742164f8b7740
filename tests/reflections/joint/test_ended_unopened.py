"""A sheet that both sent and that ended before their own answers opened: one sentence, whatever the cause."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.homework import service as homework
from portal.homework.queries import task as task_of
from portal.people.service import CoupleTerms
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, Role
from tests.reflections.material import SitDown
from tests.support.sheets import fill, say_yes, second
from tests.support.world import REASON, CoupleHere, World

Deed = Callable[[Visit, UUID, UUID], None]
PLAN = "Your counsellor has changed the plan for now."
QUESTION = "Between the two of you"

ENDS: Mapping[str, Deed] = {
    "they come apart": lambda v, c, _: care.come_apart(v, c, "As agreed."),
    "no contact": lambda v, c, _: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
    "not clear": lambda v, c, _: care.set_joint_work(v, c, JointWork.INDIVIDUAL_ONLY, REASON),
    "closed": lambda v, _, a: homework.close(v, a),
    "withdrawn": lambda v, _, a: homework.withdraw(v, a),
}


def send(world: World, couple: CoupleHere, round_id: UUID, *, yes: bool) -> None:
    fill(world, couple, round_id)
    say_yes(world, couple.a, round_id, opens=True)
    assert say_yes(world, second(couple), round_id, opens=yes)
    world.now += timedelta(minutes=1)


def end(world: World, couple: CoupleHere, round_id: UUID, how: str) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        ENDS[how](visit, couple.id, task_of(visit, round_id).assignment_id)
    world.now += timedelta(minutes=1)


@pytest.mark.parametrize("how", ENDS)
def test_both_read_one_sentence_where_the_question_stood(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, how: str
) -> None:
    send(world, couple, round_id, yes=False)
    people = [sit_down(couple.a), sit_down(second(couple))]
    for person in people:
        page = person.open(f"/reflections/{round_id}")
        assert QUESTION in page.said
        assert PLAN not in page.said
    end(world, couple, round_id, how)
    for person in people:
        page = person.open(f"/reflections/{round_id}")
        assert QUESTION not in page.said
        assert page.said.count(PLAN) == 1


def test_nothing_is_said_of_what_is_open(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    send(world, couple, round_id, yes=True)
    end(world, couple, round_id, "closed")
    for person_id in (couple.a, second(couple)):
        assert PLAN not in sit_down(person_id).open(f"/reflections/{round_id}").said
