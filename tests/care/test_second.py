"""Somebody is added beside a person who came alone, and begins where they join."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import add_second
from portal.foundation.errors import NotFound, TooLate
from portal.homework.queries import own_tasks
from portal.people import service as people
from portal.people.queries import couple_card, joint_work_of
from portal.people.service import Naming
from portal.vocabulary import JointWork, Role, Seat
from tests.homework.looking import Desk
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]
ALONE = ("Ann Example",)
BEN = Naming("Ben Sample", "Ben")


@pytest.fixture
def alone(world: World, couple: CoupleHere) -> CoupleHere:
    return world.a_couple(couple.counsellor_id, names=ALONE, takes_part=(True,))


def add(world: World, alone: CoupleHere, naming: Naming = BEN) -> UUID:
    world.now += timedelta(minutes=1)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        add_second(visit, alone.id, naming)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        second = couple_card(visit, alone.id).member(Seat.B)
        assert second is not None
        return second.person.id


def test_who_takes_part_begins_with_nothing_and_joint_work_is_asked_anew(
    world: World, alone: CoupleHere
) -> None:
    (round_id,) = world.an_assignment(alone, "needs-and-values", to=(Seat.A,))
    world.a_draft(alone.a, round_id, {})
    ben = add(world, alone)
    with world.visit() as visit:
        people.join(visit, ben)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        assert joint_work_of(visit, alone.id) is JointWork.NOT_ASKED
        assert couple_card(visit, alone.id).title == "Ann & Ben"
    with world.as_(ben, Role.PARTNER) as visit:
        assert own_tasks(visit) == []
    with world.as_(alone.a, Role.PARTNER) as visit:
        assert [task.round_id for task in own_tasks(visit)] == [round_id]


def test_who_is_only_named_changes_nothing_of_what_was_decided(
    world: World, alone: CoupleHere
) -> None:
    add(world, alone, Naming("Ben", "Ben", participates=False))
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        assert joint_work_of(visit, alone.id) is JointWork.CLEAR
        assert [m.participates for m in couple_card(visit, alone.id).members] == [True, False]


def test_there_is_room_for_two(world: World, alone: CoupleHere) -> None:
    add(world, alone)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(TooLate):
        add_second(visit, alone.id, BEN)


def test_a_stranger_adds_nobody(world: World, alone: CoupleHere) -> None:
    stranger = world.a_couple()
    with world.as_(stranger.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
        add_second(visit, alone.id, BEN)


def test_the_page_adds_them_and_the_settings_no_longer_ask(desk: Desk, alone: CoupleHere) -> None:
    settings = f"/people/couples/{alone.id}/edit"
    desk.open(settings)
    assert desk.page is not None
    desk.open(desk.page.link("Add a second person"))
    desk.send({"first_name": "", "name": "Ben Sample", "participates": "y"})
    assert "Write what you call them." in desk.page.said
    assert "Ben Sample" in desk.page.text
    desk.send({"first_name": "Ben", "name": "Ben Sample", "participates": "y"})
    assert desk.page.path == settings
    assert "Nothing from before exists for them." in desk.page.said
    assert "Invite Ben" in desk.page.said
    assert "Add a second person" not in desk.page.said
    desk.open(f"/care/{alone.id}/second")
    assert "There are two of them already." in desk.page.said


def test_of_who_does_not_take_part_only_the_first_name_is_kept(
    world: World, desk: Desk, alone: CoupleHere
) -> None:
    desk.open(f"/care/{alone.id}/second")
    desk.send({"first_name": "Ben", "name": "Ben Sample", "pronouns": "he"})
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        second = couple_card(visit, alone.id).member(Seat.B)
    assert second is not None
    assert (second.person.name, second.person.pronouns) == ("Ben", "")
