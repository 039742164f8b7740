"""Nobody is reminded of what is held: the one piece of homework, or everything between the two."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from portal.care import service as care
from portal.desk.letters.service import remind
from portal.homework.cards import TaskCard
from portal.homework.queries import task as task_of
from portal.homework.service import hold
from portal.policies.viewer import SYSTEM
from portal.vocabulary import Role
from tests.notices.outbox import DAY, later
from tests.support.post import Mailroom, PostOffice, wants_mail
from tests.support.world import CoupleHere, World


@dataclass
class Homework:
    """A piece that one of the two is to be reminded of, and the hold that may lie on it."""

    world: World
    couple: CoupleHere
    task: TaskCard
    what: str

    def turn(self, *, to: bool) -> None:
        """The counsellor holds it, or lifts the hold."""
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            if self.what == "everything":
                care.hold(visit, self.couple.id, to, "")
            else:
                hold(visit, self.task.assignment_id, to)

    def is_due_tomorrow(self) -> None:
        """Time goes by until the day before."""
        self.world.now += (self.task.due_on - self.world.now.date() - DAY) // DAY * DAY


@pytest.fixture(params=["the homework", "everything"])
def homework(world: World, request: pytest.FixtureRequest) -> Homework:
    couple = world.a_couple()
    (round_id,) = world.an_assignment(couple)
    world.now += timedelta(minutes=1)
    wants_mail(world, couple.a)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return Homework(world, couple, task_of(visit, round_id), request.param)


def reminds(world: World) -> None:
    with world.visit(SYSTEM) as visit:
        remind(visit)


@pytest.mark.parametrize("when", ["before", "meanwhile", "lifted again"])
def test_nobody_is_reminded_under_a_hold(
    world: World, homework: Homework, mailroom: Mailroom, office: PostOffice, when: str
) -> None:
    if when != "meanwhile":
        homework.turn(to=True)
    homework.is_due_tomorrow()
    for _ in range(2):
        if when == "lifted again":
            homework.turn(to=False)
        reminds(world)
        if when == "meanwhile":
            homework.turn(to=True)
        later(world, mailroom)
    assert len(office.letters) == (1 if when == "lifted again" else 0)


def test_once_it_is_lifted_on_the_day_before_they_are(
    world: World, homework: Homework, mailroom: Mailroom, office: PostOffice
) -> None:
    homework.is_due_tomorrow()
    for to in (True, False):
        homework.turn(to=to)
        reminds(world)
        world.now += timedelta(minutes=30)
        later(world, mailroom)
    assert len(office.letters) == 1
