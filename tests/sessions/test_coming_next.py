"""The next hour, written down with this one: with whom it is, and who is told of it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from portal.agenda.queries import next_hours
from portal.agenda.service import plan
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.homework.looking import Desk
from tests.reflections.conftest import sit_down
from tests.support.browser import Browser, Sent
from tests.support.moments import START
from tests.support.world import CoupleHere, World

__all__ = ["sit_down"]
NEXT = {"clock": "08:30", "next_day": "2026-03-05", "next_clock": "10:00"}
BOTH, ANN, BEN = ("a", "b"), ("a",), ("b",)
Hours = list[tuple[Seat | None, int]]


def hours_of(world: World, couple: CoupleHere, person_id: UUID, role: Role) -> Hours:
    """With whom, and on which day of March."""
    with world.as_(person_id, role) as visit:
        return [(hour.with_seat, hour.starts_at.day) for hour in next_hours(visit, couple.id)]


def for_counsellor(world: World, couple: CoupleHere) -> Hours:
    return hours_of(world, couple, couple.counsellor_id, Role.COUNSELLOR)


def for_both(world: World, couple: CoupleHere) -> tuple[Hours, Hours]:
    assert couple.b
    return (
        hours_of(world, couple, couple.a, Role.PARTNER),
        hours_of(world, couple, couple.b, Role.PARTNER),
    )


@pytest.mark.parametrize(
    ("fields", "seat"),
    [
        ({"attended": BOTH}, None),
        ({"attended": ANN}, Seat.A),
        ({"attended": BEN}, Seat.B),
        ({"attended": ANN, "next_with": "both"}, None),
        ({"attended": BOTH, "next_with": "b"}, Seat.B),
        ({"attended": ANN, "next_with": "b"}, Seat.B),
    ],
)
def test_it_is_with_whoever_was_there_unless_it_is_said(
    world: World, desk: Desk, couple: CoupleHere, fields: Mapping[str, str], seat: Seat | None
) -> None:
    desk.open(f"/sessions/{couple.id}/new")
    page = desk.press("Save session", {**NEXT, **fields})
    assert page.path == f"/desk/couples/{couple.id}"
    assert for_counsellor(world, couple) == [(seat, 5)]
    of_ann, of_ben = for_both(world, couple)
    assert bool(of_ann) is (seat is not Seat.B)
    assert bool(of_ben) is (seat is not Seat.A)


def test_a_next_hour_with_one_alone_stands_on_no_page_of_the_other(
    world: World, desk: Desk, couple: CoupleHere, sit_down: Callable[[UUID], Browser]
) -> None:
    assert couple.b
    before = sit_down(couple.b).open("/desk/week").said
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(START - timedelta(hours=2), 60, (Seat.A,))
        session_id = write_session(visit, couple.id, hour).id
    desk.open(f"/sessions/{session_id}")
    page = desk.press("Save session", NEXT)
    assert "next Thursday 5 March, 10:00 (Ann alone)" in page.said
    assert sit_down(couple.b).open("/desk/week").said == before
    assert "Thursday 5 March, 10:00" in sit_down(couple.a).open("/desk/week").said


@pytest.mark.parametrize("seat", [None, Seat.A])
def test_what_is_planned_with_other_people_stays(
    world: World, desk: Desk, couple: CoupleHere, seat: Seat | None
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for other in (None, Seat.A, Seat.B):
            plan(visit, couple.id, START + timedelta(days=10), with_seat=other)
    page = desk.open(f"/sessions/{couple.id}/new")
    assert "Planned so far" in page.said
    assert "(Ann alone)" in page.said
    desk.press("Save session", {**NEXT, "next_with": seat.value if seat else "both"})
    found = for_counsellor(world, couple)
    assert found[0] == (seat, 5)
    assert set(found[1:]) == {(other, 12) for other in (None, Seat.A, Seat.B) if other is not seat}


def test_where_nobody_came_it_is_asked_with_the_words_kept(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    desk.open(f"/sessions/{couple.id}/new")
    nobody: Sent = {**NEXT, "attended": (), "progress_note": "They both forgot."}
    page = desk.press("Save session", nobody)
    assert page.status == 422
    assert "Nobody was there this time. Choose with whom the next one is." in page.said
    assert "They both forgot." in page.text
    assert for_counsellor(world, couple) == []
    desk.press("Save session", {"next_with": "a"})
    assert for_counsellor(world, couple) == [(Seat.A, 5)]


def test_a_page_that_does_not_ask_takes_whoever_was_there(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    page = desk.open(f"/sessions/{couple.id}/new")
    for box in page.soup.select('[name="next_with"]'):
        box.decompose()
    desk.press("Save session", {**NEXT, "attended": ANN})
    assert for_counsellor(world, couple) == [(Seat.A, 5)]


@pytest.mark.parametrize("attended", [ANN, ()])
def test_of_one_who_comes_alone_it_is_not_asked(
    world: World, desk: Desk, couple: CoupleHere, attended: tuple[str, ...]
) -> None:
    names = ("Ann Example",)
    alone = world.a_couple(couple.counsellor_id, names=names, takes_part=(True,))
    page = desk.open(f"/sessions/{alone.id}/new")
    assert not page.soup.select('[name="next_with"]')
    page = desk.press("Save session", {**NEXT, "attended": attended})
    assert "next Thursday 5 March, 10:00" in page.said
    assert "alone)" not in page.said
    assert for_counsellor(world, alone) == [(Seat.A, 5)]
    page = desk.open(f"/sessions/{alone.id}/new")
    assert "Planned so far: Thursday 5 March, 10:00." in page.said
