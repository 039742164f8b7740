"""Words for the counsellor alone wait to be read by themselves, whatever becomes of the piece they came with."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.exercises.form.answers import to_json
from portal.reflections.drafts.queries import draft, own_reflection
from portal.reflections.models import Reflection
from portal.reflections.queries import count_waiting, waiting_in
from portal.reflections.sending.freezing import write_private
from portal.reflections.sending.service import decline, give_back, take_back
from portal.review.queries import reading
from portal.vocabulary import Act, Role
from tests.care.wrong_chair import a_round_for_both, rehome
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


def test_the_page_of_the_couple_leads_to_them(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    sent_and_taken_back(world, couple, round_id)
    page = desk.open(f"/desk/couples/{couple.id}")
    assert page.soup.select(f'.tasks a[href="/review/{round_id}"]')
    desk.open(f"/review/{round_id}")
    desk.press("Mark as read D")
    assert not desk.open(f"/desk/couples/{couple.id}").soup.select(
        f'.tasks a[href="/review/{round_id}"]'
    )


def test_looking_at_them_leaves_its_trace(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    left_out(world, couple, round_id)
    desk.open(f"/review/{round_id}")
    with world.visit() as visit:
        piece = visit.db.scalars(sa.select(Reflection.id)).one()
        read = sa.select(AuditEntry.object_id).where(AuditEntry.act == Act.READ)
        assert visit.db.scalars(read).all() == [piece]


def test_what_was_returned_was_read_and_what_came_since_waits(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    world.a_reflection(couple.a, round_id, issues("Ann"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (part,) = reading(visit, round_id).parts
        give_back(visit, part.id, "Say more.", part.text_mark)
    assert waits(world, couple) == 0
    world.now += timedelta(minutes=1)
    left_out(world, couple, round_id)
    assert waits(world, couple) == 1


def test_they_wait_since_they_came_whatever_is_typed_on(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    sent_and_taken_back(world, couple, round_id)
    came = world.now
    world.now += timedelta(days=1)
    world.a_draft(couple.a, round_id, {"unfinished": "and on"})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (one,) = waiting_in(visit, [couple.id])
        assert one.sent_at == came


def test_shown_under_one_name_they_are_not_marked_as_read_under_the_other(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    made = a_round_for_both(world, couple)
    left_out(world, couple, made)
    desk.open(f"/review/{made}")
    rehome(world, couple, made)
    page = desk.press("Mark as read D")
    assert "Something new came in while you were reading." in page.said
    assert waits(world, couple) == 1
