"""A line that is dead: the button keeps the words on the page, says so, and goes on when it lives again."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import leaf
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BOX, SAVED = "#f-underneath", "[data-savestate-text]"
SPOKEN = "[data-savestate-spoken]"
TEXT = "written in a tunnel"


@pytest.fixture
def page(couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Page:
    made = sit_down(couple.a)
    made.goto(leaf(round_id, 3))
    return made


def kept(world: World, couple: CoupleHere, round_id: UUID) -> object:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id).reading.values.get("underneath")


def die(page: Page) -> None:
    """Nothing that is sent arrives any more."""

    def reset(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/reflections/**", reset)


def press(page: Page, button: str = "Save and continue") -> None:
    page.get_by_role("button", name=button).click(no_wait_after=True)


@pytest.mark.parametrize("how", ["offline", "reset"])
def test_the_button_stays_says_so_and_goes_on_when_pressed_again(
    world: World, couple: CoupleHere, round_id: UUID, page: Page, how: str
) -> None:
    if how == "offline":
        page.context.set_offline(True)
    else:
        die(page)
    page.fill(BOX, TEXT)
    press(page)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    expect(page.locator(SPOKEN)).to_contain_text("Not saved yet")
    page.evaluate("document.querySelector('[data-savestate-spoken]').textContent = 'read before'")
    press(page)
    expect(page.locator(SPOKEN)).to_contain_text("Not saved yet")
    assert page.url.endswith("/write/3")
    expect(page.locator(BOX)).to_have_value(TEXT)
    if how == "offline":
        page.context.set_offline(False)
    else:
        page.unroute("**/reflections/**")
    press(page)
    page.wait_for_url("**/write/4")
    assert kept(world, couple, round_id) == TEXT


def test_whoever_stays_is_kept_by_the_next_try(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    die(page)
    page.fill(BOX, TEXT)
    press(page, "Finish later")
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    page.unroute("**/reflections/**")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    expect(page.locator(SPOKEN)).to_contain_text("Saved again")
    assert page.url.endswith("/write/3")
    assert kept(world, couple, round_id) == TEXT


def test_on_a_living_line_the_words_go_once_and_the_page_goes_on(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    page.fill(BOX, TEXT)
    page.get_by_role("button", name="Save and continue").dblclick()
    page.wait_for_url("**/write/4")
    assert kept(world, couple, round_id) == TEXT


def test_what_waits_for_a_decision_is_not_lost_by_the_button_either(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    page.fill(BOX, "from the phone")
    expect(page.locator(".kept__text")).to_have_text("from the desk")
    die(page)
    page.fill(BOX, "from the phone, typed on")
    press(page)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    expect(page.locator(BOX)).to_have_value("from the phone, typed on")
    page.unroute("**/reflections/**")
    press(page)
    expect(page.locator(".kept__text")).to_have_text("from the phone, typed on")
    assert kept(world, couple, round_id) == "from the desk"


def test_a_saving_without_any_answer_is_given_up_and_sent_again(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    held = silent(page)
    page.fill(BOX, "first")
    wait_for(page, held)
    page.fill(BOX, TEXT)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet", timeout=12_000)
    page.unroute("**/autosave")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    assert kept(world, couple, round_id) == TEXT


def test_a_page_that_is_put_away_sends_what_has_no_answer_yet(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    held = silent(page)
    page.fill(BOX, TEXT)
    wait_for(page, held)
    page.unroute("**/autosave")
    page.evaluate(
        """Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
        document.dispatchEvent(new Event("visibilitychange"))"""
    )
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    assert kept(world, couple, round_id) == TEXT


def test_the_button_waits_for_no_answer_without_an_end(page: Page) -> None:
    held = silent(page)
    page.fill(BOX, TEXT)
    wait_for(page, held)
    press(page)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet", timeout=12_000)
    assert page.url.endswith("/write/3")
    page.unroute("**/autosave")
    press(page)
    page.wait_for_url("**/write/4")


def silent(page: Page) -> list[Route]:
    """What is sent is held and never answered."""
    held: list[Route] = []
    page.route("**/autosave", lambda route: held.append(route))
    return held


def wait_for(page: Page, held: list[Route]) -> None:
    for _time in range(60):
        if held:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")


def test_more_than_one_page_takes_is_said_and_not_sent_again_and_again(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    sent: list[int] = []

    def take(route: Route) -> None:
        sent.append(len(route.request.post_data or ""))
        if sent[-1] < 5000:
            route.continue_()
        else:  # what the portal says above its limit; so long a text itself takes a browser minutes
            route.fulfill(status=413, json={"state": "too_large", "message": ""})

    page.route("**/autosave", take)
    page.fill(BOX, TEXT)
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    page.fill(BOX, f"{TEXT} and pasted this: {'You said so. ' * 500}")
    expect(page.locator(SAVED)).to_contain_text("Write it in two parts")
    expect(page.locator(SPOKEN)).to_contain_text("Write it in two parts")
    page.wait_for_timeout(3000)
    assert len(sent) == 2, "the same text is not tried again"
    press(page)
    page.wait_for_timeout(1500)
    assert page.url.endswith("/write/3")
    expect(page.locator(SAVED)).to_contain_text("Write it in two parts")
    page.fill(BOX, f"{TEXT}, the first half")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    press(page)
    page.wait_for_url("**/write/4")
    assert kept(world, couple, round_id) == f"{TEXT}, the first half"
