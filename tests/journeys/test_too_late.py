"""A page that is told that it comes too late does not say the same again until somebody types on."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, expect

from portal.reflections.drafts.queries import draft
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import issues, leaf
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BOX, SAVED = "#f-underneath", "[data-savestate-text]"
LATE = "the last long words"
A_WHILE = 3_500
HIDE = """Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
document.dispatchEvent(new Event("visibilitychange"))"""


def counted(page: Page) -> list[str]:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/autosave"):
            sent.append(request.method)

    page.on("request", note)
    return sent


def beside(world: World, couple: CoupleHere, round_id: UUID) -> list[str]:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return [one.text for one in draft(visit, round_id).kept]


@pytest.fixture
def page(world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Page:
    """An old page of a piece that was sent from another place."""
    world.a_draft(couple.a, round_id, issues("w"))
    made = sit_down(couple.a)
    made.goto(leaf(round_id, 3))
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    return made


def test_what_was_put_away_does_not_come_again_by_itself(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    sent = counted(page)
    page.fill(BOX, LATE)
    expect(page.locator(SAVED)).to_contain_text("This has been sent")
    other = page.context.new_page()
    other.goto(f"/reflections/{round_id}")
    expect(other.locator(".kept__text")).to_have_text(LATE)
    other.get_by_role("button", name="Put it away").click()
    expect(other.locator(".kept")).to_have_count(0)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(A_WHILE)
    page.evaluate(HIDE)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(500)
    assert len(sent) == 1
    assert beside(world, couple, round_id) == []


def test_what_is_typed_on_is_kept_once(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    sent = counted(page)
    page.fill(BOX, LATE)
    expect(page.locator(SAVED)).to_contain_text("This has been sent")
    page.fill(BOX, f"{LATE}, and more")
    page.wait_for_timeout(A_WHILE)
    assert len(sent) == 2
    assert beside(world, couple, round_id) == [f"{LATE}, and more"]
    expect(page.locator(SAVED)).to_contain_text("This has been sent")


def test_what_is_typed_while_the_answer_is_under_way_goes_as_well(
    world: World, couple: CoupleHere, round_id: UUID, page: Page
) -> None:
    sent = counted(page)
    with page.expect_request("**/autosave"):
        page.fill(BOX, LATE)
    page.fill(BOX, f"{LATE}, and more")
    page.wait_for_timeout(A_WHILE)
    assert len(sent) == 2
    assert beside(world, couple, round_id) == [f"{LATE}, and more"]


def test_the_button_has_the_whole_answer(page: Page) -> None:
    page.fill(BOX, LATE)
    expect(page.locator(SAVED)).to_contain_text("This has been sent")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".kept__text")).to_have_text(LATE)


def test_nor_does_a_check_in_that_was_sent_ask_again(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    switch_on(world, couple)
    page = sit_down(couple.a)
    page.goto("/measures/check-in")
    a_check_in(world, couple.a, typed(3, comment="from the phone"))
    sent = counted(page)
    page.fill("#comment", LATE)
    page.wait_for_timeout(A_WHILE)
    assert len(sent) == 1
    expect(page.locator("#comment")).to_have_value(LATE)
