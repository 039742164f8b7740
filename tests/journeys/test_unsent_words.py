"""What somebody at the desk has typed and not sent does not go with another button, a link or a key."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send
from portal.vocabulary import Role
from tests.journeys.asking import asked
from tests.journeys.conftest import SitDown
from tests.reflections.material import issues
from tests.support.world import CoupleHere, World

pytestmark = pytest.mark.browser
BOX = ".compose textarea"


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    round_id: UUID = world.an_assignment(couple)[0]
    world.a_draft(couple.a, round_id, issues("w"))
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    return round_id


@pytest.fixture
def page(couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Page:
    made = sit_down(couple.counsellor_id, role=Role.COUNSELLOR)
    made.goto(f"/review/{round_id}")
    return made


@pytest.mark.parametrize(
    "deed",
    [
        lambda page: page.click("text=Mark as read", no_wait_after=True),
        lambda page: page.keyboard.press("d"),
        lambda page: page.click("header nav a >> nth=0", no_wait_after=True),
    ],
    ids=["another button", "a single key", "a link"],
)
def test_words_are_not_left_behind_unasked(page: Page, deed: Callable[[Page], None]) -> None:
    questions = asked(page)
    page.locator(BOX).fill("I have read this, and I")
    page.evaluate("document.activeElement.blur()")
    at = page.url
    deed(page)
    page.wait_for_timeout(500)
    assert questions == ["beforeunload"]
    assert page.url == at
    expect(page.locator(BOX)).to_have_value("I have read this, and I")


def test_nobody_is_asked_about_words_that_are_just_being_sent(page: Page) -> None:
    questions = asked(page)
    page.locator(BOX).fill("I have read this.")
    page.locator(".compose input[type=radio]").first.check(force=True)
    page.click(".compose >> text=Keep as a draft")
    expect(page.locator("main")).to_contain_text("Only you see it")
    page.click("header nav a >> nth=0")
    page.wait_for_url(lambda at: "/review/" not in at)
    assert questions == []
