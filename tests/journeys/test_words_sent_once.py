"""Forms that are kept only by being sent: on a dead line the words stay, on a slow one they are let go, once."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from portal.sessions.models import TherapySession
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BOX, SAYS = 'textarea[name="process_note"]', "[data-line-says]"
SAVE = 'main form:has(textarea) button[type="submit"]:visible'
NOTES = "forty minutes of notes"


@pytest.fixture
def page(couple: CoupleHere, sit_down: SitDown) -> Page:
    made = sit_down(couple.counsellor_id, role=Role.COUNSELLOR)
    made.goto(f"/sessions/{couple.id}/new")
    made.fill('[name="clock"]', "09:00")
    made.fill(BOX, NOTES)
    return made


def hours(world: World) -> int:
    with world.visit() as visit:
        return visit.db.scalar(sa.select(sa.func.count()).select_from(TherapySession)) or 0


@pytest.mark.parametrize("how", ["offline", "reset"])
def test_notes_of_an_hour_stay_on_the_page_of_a_dead_line(
    world: World, page: Page, how: str
) -> None:
    at = page.url
    if how == "offline":
        page.context.set_offline(True)
    else:
        page.route("**/*", lambda route: route.abort("connectionreset"))
    page.click(SAVE, no_wait_after=True)
    expect(page.locator(SAYS)).to_contain_text("stays here while this page is open")
    page.click(SAVE, no_wait_after=True)
    expect(page.locator(SAYS)).to_have_count(1)
    assert page.url == at
    expect(page.locator(BOX)).to_have_value(NOTES)
    assert hours(world) == 0
    if how == "offline":
        page.context.set_offline(False)
    else:
        page.unroute("**/*")
    page.click(SAVE)
    page.wait_for_url(lambda now: now != at)
    assert hours(world) == 1


def test_on_a_slow_line_the_notes_go_after_five_seconds_and_once(world: World, page: Page) -> None:
    at = page.url
    asked: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "HEAD":
            asked.append(route)
        else:
            route.continue_()

    page.route("**/line.js*", hold)
    page.locator(SAVE).first.dblclick(no_wait_after=True)
    page.wait_for_url(lambda now: now != at, timeout=8000)
    assert len(asked) == 1
    assert hours(world) == 1
