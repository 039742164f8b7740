"""Asking to talk alone: only the counsellor learns of it, and nothing shows that it was asked."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.care import service as care
from portal.care.models import TalkRequest
from portal.foundation.errors import NotAllowed, NotFound
from portal.notices.models import Notice
from portal.vocabulary import Act, Role, Seat
from tests.homework.looking import Desk
from tests.support.browser import Browser, filled_in
from tests.support.world import CoupleHere, World

WORDS = "would like to talk alone"
PAGES = ("/desk/week", "/accounts/settings", "/reflections/mine", "/records/mine", "/reports/mine")


def press(browser: Browser, at: str = "/accounts/settings") -> None:
    browser.open(at)
    assert browser.page is not None
    form = browser.page.form("/care/time")
    fields = {box["name"]: box["value"] for box in form.select("input")}
    assert browser.client.post("/care/time", data=fields).status_code == 303


def seen(browser: Browser, *more: str) -> list[str]:
    return [browser.open(path).said for path in (*PAGES, *more)]


def test_the_counsellor_sees_it_until_it_is_marked(
    world: World, couple: CoupleHere, desk: Desk, sit_down: Callable[[UUID], Browser]
) -> None:
    assert "Would like" not in desk.open("/desk/today").said
    press(sit_down(couple.a))
    page = desk.open("/desk/today")
    assert "Would like to talk alone" in page.said
    assert "Ann" in page.said
    page = desk.open(f"/desk/couples/{couple.id}")
    assert f"Ann {WORDS}" in page.said
    assert WORDS not in desk.press("I have seen it").said
    assert "Would like" not in desk.open("/desk/today").said
    with world.visit() as visit:
        (row,) = visit.db.scalars(sa.select(TalkRequest))
        assert row.seen_by_id == couple.counsellor_id
        acts = set(visit.db.scalars(sa.select(AuditEntry.act)))
    assert {Act.ASKED_TO_TALK, Act.SAW_TALK_REQUEST} <= acts


def test_nothing_shows_to_either_partner_and_nobody_is_written_to(
    world: World, couple: CoupleHere, desk: Desk, sit_down: Callable[[UUID], Browser]
) -> None:
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    world.a_draft(couple.a, round_id, {"happy_times": "by the sea"})
    check = f"/reflections/{round_id}/check"
    ann, ben = sit_down(couple.a), sit_down(couple.b)
    before = seen(ann, check), seen(ben)
    with world.visit() as visit:
        owed = visit.db.scalar(sa.select(sa.func.count()).select_from(Notice))
    press(ann, check)
    assert "Noted." in ann.open(check).said
    assert (seen(ann, check), seen(ben)) == before
    press(ann)
    assert "Noted." in ann.open(check).said  # the same answer, whatever was asked before
    desk.open(f"/desk/couples/{couple.id}")
    desk.press("I have seen it")
    assert (seen(ann, check), seen(ben)) == before
    with world.visit() as visit:
        assert visit.db.scalar(sa.select(sa.func.count()).select_from(Notice)) == owed


def test_a_second_wish_adds_nothing_until_the_first_was_seen(
    world: World, couple: CoupleHere
) -> None:
    def ask() -> int:
        world.now += timedelta(minutes=1)
        with world.as_(couple.a, Role.PARTNER) as visit:
            care.ask_to_talk(visit)
        with world.visit() as visit:
            return len(visit.db.scalars(sa.select(TalkRequest.id)).all())

    assert (ask(), ask()) == (1, 1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.note_talk_seen(visit, couple.id, Seat.A)
    assert ask() == 2


def test_an_old_page_marks_the_wish_that_stood_on_it_and_no_newer_one(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    def ask() -> None:
        with world.as_(couple.a, Role.PARTNER) as visit:
            care.ask_to_talk(visit)

    ask()
    old = desk.open(f"/desk/couples/{couple.id}")
    desk.press("I have seen it")
    ask()
    desk.page = old
    page = desk.press("I have seen it")
    assert page.status == 200
    assert f"Ann {WORDS}" in page.said
    assert "Would like to talk alone" in desk.open("/desk/today").said
    desk.open(f"/desk/couples/{couple.id}")
    assert WORDS not in desk.press("I have seen it").said


def test_a_page_that_names_no_wish_marks_none(world: World, couple: CoupleHere, desk: Desk) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        care.ask_to_talk(visit)
    desk.open(f"/desk/couples/{couple.id}")
    form = desk.form_with("I have seen it")
    desk.client.post(str(form["action"]), data=filled_in(form, {}))
    assert "Would like to talk alone" in desk.open("/desk/today").said


def test_it_is_read_by_who_looks_after_the_couple_alone(
    world: World, couple: CoupleHere, desk: Desk, seat_at_desk: Callable[[UUID, Role], Desk]
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        care.ask_to_talk(visit)
    colleague = world.a_counsellor(couple.practice_id, "Kim Another")
    other = seat_at_desk(colleague, Role.COUNSELLOR)
    assert "talk alone" not in other.open("/desk/today").said
    assert other.client.get(f"/desk/couples/{couple.id}").status_code == 404
    with world.as_(colleague, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
        care.note_talk_seen(visit, couple.id, Seat.A)
    with (
        world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
        pytest.raises((NotFound, NotAllowed)),
    ):
        care.ask_to_talk(visit)
    assert "talk alone" in desk.open("/desk/today").said


def test_what_it_means_is_told_on_the_first_visit(
    world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser]
) -> None:
    page = sit_down(couple.a).open("/accounts/welcome")
    assert "speak with your counsellor alone" in page.said
