"""What comes in after a file was put away still reaches its counsellor, and the file stays where it is."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import ask_to_talk
from portal.people.service import archive
from portal.vocabulary import Role
from tests.homework.conftest import couple, desk
from tests.homework.looking import Desk, issues
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.world import CoupleHere, World

__all__ = ["couple", "desk"]


@pytest.fixture
def round_id(world: World, couple: CoupleHere, desk: Desk) -> UUID:
    """Homework of two whose file is put away; the desk is opened a day later."""
    (made,) = world.an_assignment(couple)
    switch_on(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        archive(visit, couple.id)
    world.now += timedelta(days=1)
    desk.come_back(days=1, minutes=5)
    return made


def test_nothing_of_it_shows_while_nothing_comes_in(round_id: UUID, desk: Desk) -> None:
    assert str(round_id) not in desk.open("/review").text
    assert "Ann & Ben" not in desk.open("/desk/today").said
    assert "Put away (1) Ann & Ben" in desk.open("/people/couples").said


def test_what_was_sent_waits_to_be_read(
    world: World, couple: CoupleHere, round_id: UUID, desk: Desk
) -> None:
    world.a_reflection(couple.a, round_id, issues("ann"))
    page = desk.open("/review")
    assert str(round_id) in page.text
    assert "To read 1" in page.said
    assert "talk ann" in desk.open(f"/review/{round_id}").said
    desk.press("Mark as read D")
    assert str(round_id) not in desk.open("/review").text


def test_so_does_a_check_in(world: World, couple: CoupleHere, round_id: UUID, desk: Desk) -> None:
    a_check_in(world, couple.a, typed(5))
    page = desk.open("/review")
    assert "To read 1" in page.said
    assert "Ann & Ben" in page.said


def test_a_wish_to_talk_alone_stands_on_the_desk(
    world: World, couple: CoupleHere, round_id: UUID, desk: Desk
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        ask_to_talk(visit)
    assert "Would like to talk alone" in desk.open("/desk/today").said


def test_the_file_is_reached_from_the_list(couple: CoupleHere, round_id: UUID, desk: Desk) -> None:
    page = desk.open("/people/couples")
    assert page.link("Ann & Ben") == f"/desk/couples/{couple.id}"
    assert desk.open(page.link("Ann & Ben")).status == 200
