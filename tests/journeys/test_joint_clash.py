"""Two real browsers on one sheet: what somebody has decided about a clash is theirs until it is kept."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from portal.measures.queries import writing
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import leaf
from tests.support.check_ins import a_begun_check_in, switch_on, typed
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
KEY, OTHER = "went_well", "one_thing"
# How long a page waits at most before it looks for what the other has changed.
A_LOOK = 3_500

LOOK_NOW = "document.querySelector('form[data-sheet-state]').dispatchEvent(new Event('focusout'))"


def box(key: str) -> str:
    return f'[name="f.{key}"]'


def in_a_clash(world: World, couple: CoupleHere, sit_down: SitDown) -> tuple[Page, UUID]:
    """A page of the first on which both have changed one answer; the other was faster."""
    round_id = a_sheet(world, couple, "weekly-meeting")
    page = sit_down(couple.a)
    page.goto(f"/reflections/{round_id}/sheet")
    put(world, second(couple), round_id, {KEY: "theirs"})
    page.locator(box(KEY)).press_sequentially("mine")
    return page, round_id


def test_what_was_decided_stays_in_the_box_while_another_saving_is_under_way(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    page, round_id = in_a_clash(world, couple, sit_down)
    expect(page.locator(".kept")).to_be_visible()
    page.wait_for_timeout(A_LOOK)

    under_way: list[Route] = []
    address = page.locator("form[data-autosave]").get_attribute("data-autosave")
    page.route(f"**{address}", lambda route: under_way.append(route))
    page.locator(box(KEY)).fill("mine theirs")
    page.locator(box(OTHER)).press_sequentially("something else")
    wait_for(page, under_way)
    page.get_by_role("button", name="Keep what I wrote here").click()
    page.evaluate("document.activeElement.blur()")
    with page.expect_response(f"**{address}"):
        under_way.pop().continue_()
    page.wait_for_timeout(150)  # the answer has been read, and the next saving waits for its second
    with page.expect_response(lambda answer: "fresh=1" in answer.url):
        page.evaluate(LOOK_NOW)
    wait_for(page, under_way)
    assert "mine theirs" in (under_way[0].request.post_data or "")
    under_way.pop().continue_()
    page.unroute(f"**{address}")
    expect(page.locator("[data-savestate-text]").first).to_contain_text("saved")
    assert page.locator(box(KEY)).input_value() == "mine theirs"
    assert value(see(world, couple.a, round_id), KEY) == "mine theirs"


def test_the_other_text_can_be_taken_and_ones_own_stays_beside(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    page, round_id = in_a_clash(world, couple, sit_down)
    page.get_by_role("button", name="Take the other text").click()
    expect(page.locator(box(KEY))).to_have_value("theirs")
    expect(page.locator(".kept__text")).to_have_text("mine")
    assert value(see(world, couple.a, round_id), KEY) == "theirs"


@pytest.mark.parametrize("way", ["Leave now", "Sign out"])
def test_what_is_typed_on_in_a_clash_goes_along_on_the_way_out(
    world: World, couple: CoupleHere, sit_down: SitDown, way: str
) -> None:
    page, round_id = in_a_clash(world, couple, sit_down)
    expect(page.locator(".kept")).to_be_visible()
    page.locator(box(KEY)).press_sequentially(" and so much more")
    page.get_by_text(way, exact=True).first.click()
    page.wait_for_url(lambda at: "/sheet" not in at)
    page.wait_for_timeout(
        A_LOOK
    )  # the address changes at once, and the words are sent behind a blank page
    card = see(world, couple.a, round_id)
    assert value(card, KEY) == "theirs"
    assert [each.text for each in card.draft.kept] == ["mine and so much more"]


def test_nor_does_it_write_over_the_other_device_of_a_draft(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id, *_) = world.an_assignment(couple)
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    page.locator(box("underneath")).press_sequentially("from the phone")
    expect(page.locator(".kept")).to_be_visible()
    page.locator(box("underneath")).press_sequentially(", typed on")
    page.get_by_text("Leave now", exact=True).first.click()
    page.wait_for_url(lambda at: "/write/" not in at)
    page.wait_for_timeout(A_LOOK)
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
    assert card.reading.values["underneath"] == "from the desk"
    assert [each.text for each in card.kept] == ["from the phone, typed on"]


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("way", ["Leave now", "Sign out"])
def test_nor_is_it_lost_in_a_check_in(
    world: World, couple: CoupleHere, sit_down: SitDown, way: str, *, waits: bool
) -> None:
    switch_on(world, couple)
    page = sit_down(couple.a)
    page.goto("/measures/check-in")
    a_begun_check_in(world, couple.a, typed(comment="from the desk"))
    page.locator('[name="comment"]').press_sequentially("from the phone")
    expect(page.locator(".kept")).to_be_visible()
    if waits:  # what does not wait for a decision is saved meanwhile
        page.locator("#heard-7").check(force=True)
        page.wait_for_timeout(A_LOOK)
    page.locator('[name="comment"]').press_sequentially(", typed on")
    page.get_by_text(way, exact=True).first.click()
    page.wait_for_url(lambda at: "/check-in" not in at)
    page.wait_for_timeout(A_LOOK)
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = writing(visit)
    assert card.typed["comment"] == "from the desk"
    assert [list(pair) for pair in card.left] == [["comment", "from the phone, typed on"]]


def wait_for(page: Page, under_way: list[Route]) -> None:
    """Until the page has sent something that is held back here."""
    for _time in range(60):
        if under_way:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")
