"""Nobody is reminded of what is held: the one piece of homework, or everything between the two."""

from datetime import timedelta

import pytest

from portal.care import service as care
from portal.desk.letters.service import remind
from portal.homework.queries import task as task_of
from portal.homework.service import hold
from portal.policies.viewer import SYSTEM
from portal.vocabulary import Role
from tests.notices.outbox import DAY, later
from tests.support.post import Mailroom, PostOffice, wants_mail
from tests.support.world import World


@pytest.mark.parametrize("what", ["the homework", "everything"])
@pytest.mark.parametrize("when", ["before", "meanwhile", "lifted again"])
def test_nobody_is_reminded_under_a_hold(
    world: World, mailroom: Mailroom, office: PostOffice, when: str, what: str
) -> None:
    couple = world.a_couple()
    (round_id,) = world.an_assignment(couple)
    world.now += timedelta(minutes=1)
    wants_mail(world, couple.a)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        task = task_of(visit, round_id)

    def turn(*, to: bool) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            if what == "everything":
                care.hold(visit, couple.id, to, "")
            else:
                hold(visit, task.assignment_id, to)

    if when != "meanwhile":
        turn(to=True)
    world.now += (task.due_on - world.now.date() - DAY) // DAY * DAY
    for _ in range(2):
        if when == "lifted again":
            turn(to=False)
        with world.visit(SYSTEM) as visit:
            remind(visit)
        if when == "meanwhile":
            turn(to=True)
        later(world, mailroom)
    assert len(office.letters) == (1 if when == "lifted again" else 0)


@pytest.mark.parametrize("what", ["the homework", "everything"])
def test_once_it_is_lifted_on_the_day_before_they_are(
    world: World, mailroom: Mailroom, office: PostOffice, what: str
) -> None:
    couple = world.a_couple()
    (round_id,) = world.an_assignment(couple)
    world.now += timedelta(minutes=1)
    wants_mail(world, couple.a)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        task = task_of(visit, round_id)
    world.now += (task.due_on - world.now.date() - DAY) // DAY * DAY
    for to in (True, False):
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            if what == "everything":
                care.hold(visit, couple.id, to, "")
            else:
                hold(visit, task.assignment_id, to)
        with world.visit(SYSTEM) as visit:
            remind(visit)
        world.now += timedelta(minutes=30)
        later(world, mailroom)
    assert len(office.letters) == 1
