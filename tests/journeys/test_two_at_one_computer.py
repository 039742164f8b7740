"""A page of one is left open, and the other signs in beside it: neither's words go to the other's page."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SitDown, sign_in
from tests.support.browser import an_account
from tests.support.check_ins import switch_on
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.sheets import a_sheet
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.proof]
SAVED = "[data-savestate-text]"
BOX = "main form textarea, main form input[type=text]"
WORDS = "written by the first of them"


@pytest.fixture
def couple(world: World) -> CoupleHere:
    made = world.a_couple()
    switch_on(world, made)
    return made


@pytest.fixture
def place(world: World, couple: CoupleHere, kind: str) -> str:
    """Where both of them write: the address is the same for either."""
    if kind == "check-in":
        return "/measures/check-in"
    if kind == "sheet":
        return f"/reflections/{a_sheet(world, couple)}/sheet"
    return f"/reflections/{world.an_assignment(couple)[0]}/write/2"


def beside(page: Page, login: str) -> Page:
    """The other signs in in a second tab of the same browser, after signing out who was."""
    door = page.context.new_page()
    door.goto("/desk/week")
    if "/sign-in" not in door.url:
        door.click('form[action$="/sign-out"] button')
    sign_in(door, login)
    return door


@pytest.mark.parametrize("kind", ["piece", "check-in", "sheet"])
@pytest.mark.parametrize("rested", [True, False], ids=["after a rest", "at once"])
def test_words_on_a_page_that_was_left_open_stay_on_it(
    world: World,
    app: Flask,
    couple: CoupleHere,
    place: str,
    sit_down: SitDown,
    clock: StandingClock,
    *,
    rested: bool,
) -> None:
    assert couple.b
    page = sit_down(couple.a)
    page.goto(place)
    other = an_account(world, app, couple.b)
    if rested:
        clock.move(minutes=20)
        page.locator(BOX).first.fill(WORDS)
        expect(page.locator(SAVED)).to_contain_text("You have been away for a while.")
        door = beside(page, other)
    else:
        door = beside(page, other)
        page.locator(BOX).first.fill(WORDS)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(SAVED)).to_contain_text("You have been away for a while.")
    page.wait_for_timeout(1500)
    door.goto(place)
    assert WORDS not in door.content()
    expect(page.locator(BOX).first).to_have_value(WORDS)

    # The button gives the words back to who is at the page, and keeps them nowhere else.
    page.evaluate("document.querySelector('main form[data-autosave]').requestSubmit()")
    expect(page.locator("h1")).to_have_text("This page has rested too long")
    assert WORDS in page.content()
    door.reload()
    assert WORDS not in door.content()
    keep("P5", "beside", "a page left open beside another's sign-in keeps its words to itself")


@pytest.mark.parametrize("kind", ["piece"])
def test_the_writer_comes_back_and_the_words_are_kept(
    world: World,
    app: Flask,
    couple: CoupleHere,
    place: str,
    sit_down: SitDown,
) -> None:
    assert couple.b
    page = sit_down(couple.a)
    page.goto(place)
    door = beside(page, an_account(world, app, couple.b))
    page.locator(BOX).first.fill(WORDS)
    expect(page.locator(SAVED)).to_contain_text("You have been away for a while.")
    door.close()
    door = beside(page, an_account(world, app, couple.a))
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    door.goto(place)
    assert WORDS in door.content()


@pytest.mark.parametrize("kind", ["sheet"])
def test_what_one_answers_alone_does_not_come_to_the_page_of_the_other(
    world: World,
    app: Flask,
    couple: CoupleHere,
    place: str,
    sit_down: SitDown,
) -> None:
    """A sheet for two brings news: on the page that was left open there are none for who signs in."""
    assert couple.b
    page = sit_down(couple.a)
    page.goto(place)
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status))
    beside(page, an_account(world, app, couple.b))
    asked.clear()
    page.wait_for_timeout(4000)
    assert asked
    assert set(asked) == {401}
