"""A line that takes the words and loses the answer: the page does not clash with itself."""

from uuid import UUID

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from portal.measures.queries import writing
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import leaf
from tests.support.check_ins import switch_on
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BOX, SAVED = "#f-underneath", "[data-savestate-text]"
HALF, REST = "I wanted to say", " that I am afraid"


class Losing:
    """A line on which the answer to the first saving is lost, or comes never; the next go through."""

    def __init__(self, page: Page, *, resets: bool = True) -> None:
        self.resets = resets
        self.seen: list[APIResponse | None] = []
        page.route("**/autosave", self._take)

    def _take(self, route: Route) -> None:
        if self.seen:
            self.seen.append(None)
            route.continue_()
            return
        self.seen.append(route.fetch())  # the portal has it
        if self.resets:
            route.abort("connectionreset")


def stored(world: World, couple: CoupleHere, round_id: UUID) -> DraftCard:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id)


def test_what_was_typed_on_after_a_lost_answer_is_kept(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    Losing(page)
    page.fill(BOX, HALF)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    page.fill(BOX, "Something else altogether")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    page.fill(BOX, "Something else, and more")
    expect(page.locator(SAVED)).to_contain_text("Saving")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    card = stored(world, couple, round_id)
    assert card.reading.values["underneath"] == "Something else, and more"
    assert not card.kept
    expect(page.locator(".kept")).to_have_count(0)


def test_another_device_that_came_between_is_not_written_over(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    Losing(page)
    page.fill(BOX, HALF)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    page.locator(BOX).press_sequentially(REST)
    expect(page.locator(SAVED)).to_contain_text("changed on another device")
    card = stored(world, couple, round_id)
    assert card.reading.values["underneath"] == "from the desk"
    assert [each.text for each in card.kept] == [HALF + REST]


@pytest.mark.parametrize("way", ["link", "leave"])
def test_the_newest_words_are_in_the_draft_when_a_page_goes_with_a_saving_under_way(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, way: str
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    page.on("dialog", lambda dialog: dialog.accept())
    line = Losing(page, resets=False)
    page.fill(BOX, "I wanted to say nothing")
    wait_for(page, line)
    page.fill(BOX, HALF + REST)
    if way == "link":
        page.evaluate("document.querySelector('a[href=\"/desk/week\"]').click()")
    else:
        for _time in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(lambda at: "/write/" not in at)
    page.wait_for_timeout(1500)  # what is sent on the way out arrives behind the page
    card = stored(world, couple, round_id)
    assert card.reading.values["underneath"] == HALF + REST
    assert not card.kept


def test_so_it_is_on_a_sheet_for_two(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    round_id = a_sheet(world, couple, "weekly-meeting")
    page = sit_down(couple.a)
    page.goto(f"/reflections/{round_id}/sheet")
    Losing(page)
    page.fill('[name="f.went_well"]', HALF)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    put(world, second(couple), round_id, {"one_thing": "theirs"})
    page.fill('[name="f.went_well"]', "Something else")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    card = see(world, couple.a, round_id)
    assert (value(card, "went_well"), value(card, "one_thing")) == ("Something else", "theirs")
    assert not card.draft.kept


def test_and_in_a_check_in(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    switch_on(world, couple)
    page = sit_down(couple.a)
    page.goto("/measures/check-in")
    Losing(page)
    page.fill('[name="comment"]', HALF)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    page.fill('[name="comment"]', "Something else")
    expect(page.locator(SAVED)).to_contain_text("Draft saved")
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = writing(visit)
    assert card.typed["comment"] == "Something else"
    assert not card.left


def wait_for(page: Page, line: Losing) -> None:
    for _time in range(60):
        if line.seen:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")
