"""Which hour stands on the page when one is written down: the planned one that waits for it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.agenda.service import plan
from portal.sessions.service import Hour, write_session
from portal.vocabulary import ContactLevel, Role, Seat
from tests.homework.looking import Desk
from tests.support.browser import filled_in
from tests.support.moments import START
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]


@pytest.mark.parametrize(
    ("written", "minutes", "begins", "there"),
    [
        ((), 55, "10:00", ["a"]),  # the eleven o'clock has not begun
        (("10:00",), 55, "11:00", ["b"]),
        (("10:20",), 55, "11:00", ["b"]),  # it began late, and went on into the next
        (("11:00",), 155, "10:00", ["a"]),
        ((), 155, "11:00", []),  # it may be either that is written down first
        (("10:00", "11:00"), 155, "", []),
    ],
)
def test_of_two_hours_alone_on_one_day_it_is_the_latest_that_is_not_written_yet(
    world: World,
    desk: Desk,
    couple: CoupleHere,
    written: tuple[str, ...],
    minutes: int,
    begins: str,
    there: list[str],
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        plan(visit, couple.id, START + timedelta(hours=1), 50, Seat.A)
        plan(visit, couple.id, START + timedelta(hours=2), 50, Seat.B)
        for at in written:
            hour = START.replace(hour=int(at[:2]), minute=int(at[3:]))
            write_session(visit, couple.id, Hour(hour, 50, (Seat.A,)))
    desk.come_back(hours=1, minutes=minutes)
    desk.open(f"/sessions/{couple.id}/new")
    boxes = filled_in(desk.form_with("Save session"), {})
    assert (boxes["clock"], boxes.get("attended", [])) == ([begins], there)


def test_an_hour_of_another_day_does_not_make_it_unclear_who_was_there(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        plan(visit, couple.id, START + timedelta(hours=1), 50, Seat.B)
        plan(visit, couple.id, START + timedelta(days=2), 50)
        plan(visit, couple.id, START + timedelta(days=2, hours=8), 50, Seat.A)
    desk.come_back(days=2, minutes=30)
    desk.open(f"/sessions/{couple.id}/new")
    boxes = filled_in(desk.form_with("Save session"), {})
    assert (boxes["day"], boxes["clock"]) == (["2026-03-04"], ["09:00"])
    assert boxes["attended"] == ["a", "b"]


@pytest.mark.parametrize("contact", list(ContactLevel))
def test_an_hour_that_nobody_planned_was_with_both_only_where_they_meet(
    world: World, seat_at_desk: SeatAtDesk, contact: ContactLevel
) -> None:
    couple = world.a_couple(contact=contact)
    desk = seat_at_desk(couple.counsellor_id, Role.COUNSELLOR)
    desk.open(f"/sessions/{couple.id}/new")
    boxes = filled_in(desk.form_with("Save session"), {})
    meets = contact is not ContactLevel.NO_CONTACT
    assert boxes.get("attended", []) == (["a", "b"] if meets else [])
