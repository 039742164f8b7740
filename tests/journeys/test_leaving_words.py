"""Words that were just typed are kept whichever way somebody goes, and a page left alone is closed."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import leaf
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

pytestmark = pytest.mark.browser
BOX, SAVED = "#f-underneath", "[data-savestate-text]"


def kept(world: World, couple: CoupleHere, round_id: UUID) -> object:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id).reading.values.get("underneath")


def away_for(page: Page, minutes: int) -> None:
    page.clock.fast_forward(minutes * 60 * 1000)


def test_signing_out_in_the_middle_of_a_word(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    page.fill(BOX, "typed and gone")
    page.click("footer >> text=Sign out")
    page.wait_for_url("**/accounts/sign-in")
    assert kept(world, couple, round_id) == "typed and gone"


def test_a_page_left_alone_is_covered_and_then_closed(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, clock: StandingClock
) -> None:
    page = sit_down(couple.a)
    page.clock.install()
    page.goto(leaf(round_id, 3))
    page.fill(BOX, "left alone")
    away_for(page, 1)
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:00")
    expect(page.locator("dialog.cover")).to_have_count(0)
    away_for(page, 5)
    expect(page.locator("dialog.cover")).to_be_visible()
    clock.move(minutes=16)
    away_for(page, 11)
    page.wait_for_url("**/accounts/sign-in")
    assert "left alone" not in page.content()
    assert kept(world, couple, round_id) == "left alone"


def test_a_page_with_words_that_nobody_has_kept_stays_covered(
    couple: CoupleHere, round_id: UUID, sit_down: SitDown, clock: StandingClock
) -> None:
    page = sit_down(couple.a)
    page.clock.install()
    page.goto(leaf(round_id, 3))
    page.context.set_offline(True)
    page.fill(BOX, "not kept yet")
    clock.move(minutes=16)
    away_for(page, 17)
    expect(page.locator("dialog.cover")).to_be_visible()
    away_for(page, 17)
    assert page.url.endswith("/write/3")
    page.click("text=Come back")
    expect(page.locator(BOX)).to_have_value("not kept yet")
