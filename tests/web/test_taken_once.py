"""One press too many makes nothing more: each form that makes something new is taken once."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.exercises.queries import newest_edition
from portal.review.models import Feedback
from portal.sessions.models import TherapySession
from portal.vocabulary import Role
from portal.web.models import TakenForm
from tests.promises.ledger import changed, ledger
from tests.reflections.material import issues
from tests.support.browser import Browser, an_account, filled_in
from tests.support.meeting import meet
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

ONCE = "This had arrived already. It was taken once."
WORDS = {"pocket": "a", "text": "Thank you for this"}
HOUR = {"clock": "10:00", "shared_summary": "Calm"}
NAMED = {"a_name": "Mira Stone", "a_first_name": "Mira", "contact": "together"}


Arrives = Callable[[Role], Browser]


@pytest.fixture
def arrives(world: World, app: Flask, couple: CoupleHere, clock: StandingClock) -> Arrives:
    """Somebody of the staff, who owns the practice too."""

    def come(role: Role) -> Browser:
        person_id = couple.counsellor_id
        if role is Role.OWNER:
            person_id = world.a_person(couple.practice_id, "Olu Owner", role)
        browser = Browser(app, clock)
        browser.sign_in(an_account(world, app, person_id, role))
        return browser

    return come


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> str:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("mine"))
    return str(made)


def _count(world: World, table: type[Any]) -> int:
    with world.visit() as visit:
        return visit.db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


FORMS: dict[str, tuple[Role, str, str, dict[str, str]]] = {
    "an hour": (Role.COUNSELLOR, "/sessions/{couple}/new", "", HOUR),
    "a plan": (Role.COUNSELLOR, "/agenda/{couple}/plan", "", {"day": "{later}", "clock": "10:00"}),
    "homework": (
        *(Role.COUNSELLOR, "/homework/{couple}/assign", "/assign"),
        {"exercise": "{edition}"},
    ),
    "a programme": (
        *(Role.COUNSELLOR, "/homework/{couple}/start", "/start"),
        {"programme": "first-four-weeks"},
    ),
    "a step": (
        *(Role.COUNSELLOR, "/homework/programmes/{programme}/add", "/add"),
        {"exercise": "self-care", "week": "2", "for_whom": "a"},
    ),
    "words": (Role.COUNSELLOR, "/review/{round}", "/feedback", WORDS),
    "a couple": (Role.COUNSELLOR, "/people/couples/new", "", NAMED),
    "a wish to hand out": (
        *(Role.COUNSELLOR, "/records/{couple}/releases", "/ask"),
        {"recipient": "A court", "purpose": "A hearing"},
    ),
    "a colleague": (Role.OWNER, "/people/staff", "", {"name": "Pat", "roles": "counsellor"}),
    "a help line": (
        *(Role.OWNER, "/practice/help-lines", "/help-lines"),
        {"name": "A line", "contact": "116 123"},
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_the_second_press_makes_nothing_and_leads_where_the_first_did(
    what: str, arrives: Arrives, world: World, couple: CoupleHere, round_id: str
) -> None:
    role, path, action, given = FORMS[what]
    browser = arrives(role)
    later = world.now.date().replace(year=world.now.year + 1).isoformat()
    programme_id, _ = world.a_programme(couple, "warmth-and-time")
    browser.open(path.format(couple=couple.id, round=round_id, programme=programme_id))
    with world.visit() as visit:
        edition = newest_edition(visit.db, "starting-point").id
    fields = {n: value.format(later=later, edition=edition) for n, value in given.items()}
    before = ledger(world)
    first = browser.send_and_stay(fields, to=action)
    assert first.status_code == 303, first.get_data(as_text=True)[-1500:]
    between = ledger(world)
    assert set(changed(before, between)) - {"taken_form", "auth_session"}
    second = browser.send_and_stay(fields, to=action)
    assert (second.status_code, second.location) == (303, first.location)
    assert changed(between, ledger(world)) == []
    assert ONCE in browser.open(str(second.location)).said


def test_a_page_that_was_gone_back_to_and_says_something_else_is_new(
    arrives: Arrives, world: World, round_id: str
) -> None:
    browser = arrives(Role.COUNSELLOR)
    browser.open(f"/review/{round_id}")
    browser.send_and_stay(WORDS, to="/feedback")
    browser.send_and_stay({**WORDS, "text": "And one thing more"}, to="/feedback")
    assert _count(world, Feedback) == 2
    said = browser.open(f"/review/{round_id}").said
    assert "Thank you for this" in said
    assert "And one thing more" in said


def test_the_same_words_from_a_new_page_are_new(
    arrives: Arrives, world: World, round_id: str
) -> None:
    browser = arrives(Role.COUNSELLOR)
    for _page in range(2):
        browser.client.delete_cookie("weft-form")  # a token of its own, as each later second gives
        browser.open(f"/review/{round_id}")
        assert browser.send_and_stay(WORDS, to="/feedback").status_code == 303
    assert _count(world, Feedback) == 2


def test_what_did_not_fit_may_be_sent_again(
    arrives: Arrives, world: World, couple: CoupleHere
) -> None:
    browser = arrives(Role.COUNSELLOR)
    browser.open(f"/sessions/{couple.id}/new")
    for _press in range(2):
        answer = browser.send_and_stay({**HOUR, "day": ""})
        assert answer.status_code == 422
        assert "Choose a day." in answer.get_data(as_text=True)
    assert _count(world, TakenForm) == 0
    assert browser.send_and_stay(HOUR).status_code == 303
    assert _count(world, TherapySession) == 1


def test_two_presses_in_one_instant(
    arrives: Arrives, world: World, app: Flask, couple: CoupleHere
) -> None:
    browser = arrives(Role.COUNSELLOR)
    page = browser.open(f"/sessions/{couple.id}/new")
    sent = filled_in(page.form(), HOUR)
    cookies = [browser.client.get_cookie(name) for name in ("weft", "weft-form")]

    def press(_world: World) -> tuple[int, str]:
        client = app.test_client()
        for cookie in cookies:
            if cookie is not None:
                client.set_cookie(cookie.key, cookie.value)
        answer = client.post(page.path, data=sent)
        return answer.status_code, str(answer.location)

    first, second = meet(world, press, press)
    assert first == second
    assert first == (303, f"/desk/couples/{couple.id}")
    assert _count(world, TherapySession) == 1


def test_it_is_forgotten_after_a_day(
    arrives: Arrives, world: World, couple: CoupleHere, clock: StandingClock
) -> None:
    browser = arrives(Role.COUNSELLOR)
    browser.open(f"/sessions/{couple.id}/new")
    browser.send_and_stay(HOUR)
    clock.move(hours=25)
    browser = arrives(Role.COUNSELLOR)
    browser.open(f"/sessions/{couple.id}/new")
    browser.send_and_stay({**HOUR, "shared_summary": "Calmer"})
    assert _count(world, TakenForm) == 1
