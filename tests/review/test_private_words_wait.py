"""Words for the counsellor alone wait to be read by themselves, whatever becomes of the piece they came with."""

from collections.abc import Callable
from uuid import UUID

import pytest

from portal.exercises.form.answers import to_json
from portal.reflections.drafts.queries import draft, own_reflection
from portal.reflections.queries import count_waiting, waiting_in
from portal.reflections.sending.freezing import write_private
from portal.reflections.sending.service import decline, take_back
from portal.vocabulary import Role
from tests.homework.looking import Desk, issues
from tests.support.world import CoupleHere, World

Road = Callable[[World, CoupleHere, UUID], None]
BOX = "I am afraid of what happens if I say this."


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return world.an_assignment(couple)[0]


def left_out(world: World, couple: CoupleHere, round_id: UUID) -> None:
    world.a_draft(couple.a, round_id, {"private_note": BOX})
    with world.as_(couple.a, Role.PARTNER) as visit:
        decline(visit, round_id)


def sent_and_taken_back(world: World, couple: CoupleHere, round_id: UUID) -> None:
    world.a_reflection(couple.a, round_id, issues("Ann"))
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)


def waits(world: World, couple: CoupleHere) -> int:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        found = len(waiting_in(visit, [couple.id]))
        assert (count_waiting(visit) > 0) == (found > 0)
        return found


@pytest.mark.parametrize("road", [left_out, sent_and_taken_back])
def test_they_are_in_the_queue_until_they_are_read(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID, road: Road
) -> None:
    road(world, couple, round_id)
    assert waits(world, couple) == 1
    queue = desk.open("/review")
    assert queue.soup.select(f'a[href="/review/{round_id}"]')
    page = desk.open(f"/review/{round_id}")
    assert (BOX if road is left_out else "secret Ann") in page.said
    desk.press("Mark as read D")
    assert waits(world, couple) == 0
    assert not desk.open("/review").soup.select(f'a[href="/review/{round_id}"]')


def test_what_came_in_after_the_page_was_drawn_is_looked_at_first(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    world.a_reflection(couple.a, round_id, issues("Ann"))
    desk.open(f"/review/{round_id}")
    with world.as_(couple.a, Role.PARTNER) as visit:
        piece = own_reflection(visit, round_id)
        (field,) = [each for each in draft(visit, round_id).fields if each.key == "private_note"]
        assert piece is not None
        write_private(visit, piece, field, to_json(field, BOX))
    page = desk.press("Mark as read D")
    assert "Something new came in while you were reading." in page.said
    assert BOX in page.said
    assert waits(world, couple) == 1
    desk.press("Mark as read D")
    assert waits(world, couple) == 0


def test_without_any_a_piece_that_was_left_out_does_not_wait(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        decline(visit, round_id)
    assert waits(world, couple) == 0
