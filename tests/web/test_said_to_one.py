"""What a page has to say after a deed is said to who did it, and to nobody who comes next."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask, flash, session

from portal.web.said import Messages, said_to
from portal.web.visits import visit
from tests.support.browser import Browser, an_account
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
SAYS = "nobody else does"


@pytest.fixture
def ann(couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Browser:
    """She would rather not do this one, and the page that answers never arrives."""
    here = sit_down(couple.a)
    here.open(f"/reflections/{round_id}/decline")
    assert here.send_and_stay(to="/decline").status_code == 303
    return here


def test_it_is_said_once_to_who_did_it(ann: Browser) -> None:
    assert SAYS in ann.open("/desk/week").said
    assert SAYS not in ann.open("/desk/week").said


def test_the_front_door_says_nothing_of_who_was_here(ann: Browser, clock: StandingClock) -> None:
    clock.move(minutes=40)
    page = ann.open("/")
    assert page.path == "/accounts/sign-in"
    assert SAYS not in page.said
    assert not page.soup.select(".flashes")


def test_nor_does_it_wait_there_for_them(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock
) -> None:
    clock.move(minutes=40)
    ann.open("/")
    ann.sign_in(an_account(world, ann.app, couple.a))
    assert SAYS not in ann.open("/desk/week").said


def sits_down_beside(ann: Browser, other: Browser) -> Browser:
    """Another signs in on the same browser, and what it keeps besides the sign-in stays."""
    cookie = other.client.get_cookie("weft")
    assert cookie
    ann.client.set_cookie("weft", cookie.value)
    return ann


def test_nobody_else_hears_it_at_the_same_browser(
    couple: CoupleHere, ann: Browser, sit_down: SitDown
) -> None:
    assert couple.b is not None
    ben = sits_down_beside(ann, sit_down(couple.b))
    assert SAYS not in ben.open("/desk/week").said


def test_the_cookie_cannot_be_read_for_it(ann: Browser) -> None:
    with ann.client.session_transaction() as kept:
        assert SAYS not in str(dict(kept))


def said_by(app: Flask, whose: UUID | None, cookie: str = "") -> tuple[Messages, str]:
    """One request in which something is said to whoever is here; what waits then, and the cookie."""
    headers = {"Cookie": cookie} if cookie else {}
    with app.test_request_context("/", headers=headers):
        visit().viewer = replace(visit().viewer, person_id=whose)
        flash("It is gone.", "done")
        response = app.make_response("")
        app.session_interface.save_session(app, session, response)
        return said_to(visit(), whose), response.headers["Set-Cookie"].partition(";")[0]


def test_what_is_said_to_nobody_is_said_at_the_front_door(app: Flask, couple: CoupleHere) -> None:
    said, cookie = said_by(app, None)
    assert said == (("done", "It is gone."),)
    client, (name, _, value) = app.test_client(), cookie.partition("=")
    client.set_cookie(name, value)
    pages = [client.get("/accounts/sign-in").get_data(as_text=True) for _time in range(2)]
    assert ["It is gone." in page for page in pages] == [True, False]


def test_what_was_kept_for_another_is_dropped_before_more_is_said(
    app: Flask, couple: CoupleHere
) -> None:
    _, cookie = said_by(app, couple.a)
    assert said_by(app, couple.a, cookie)[0] == (("done", "It is gone."),) * 2
    assert said_by(app, couple.b, cookie)[0] == (("done", "It is gone."),)
    assert said_by(app, None, cookie)[0] == (("done", "It is gone."),)
