"""Whoever writes for long on a page that saves nothing by itself is not signed out while they type."""

import pytest
from playwright.sync_api import Response, expect

from portal.sessions.queries import sessions_of
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

pytestmark = pytest.mark.browser
NOTES = "They came in quiet, and left talking."


def test_half_an_hour_of_notes_is_kept(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    page = sit_down(couple.counsellor_id, role=Role.COUNSELLOR)
    page.clock.install()
    page.goto(f"/sessions/{couple.id}/new")
    asked: list[Response] = []
    page.on("response", lambda answer: asked.append(answer))
    for start in range(0, len(NOTES), 4):
        clock.move(minutes=4)
        page.clock.fast_forward(4 * 60 * 1000)
        page.locator('[name="progress_note"]').press_sequentially(NOTES[start : start + 4])
        page.wait_for_timeout(100)
    stayed = [answer.status for answer in asked if answer.url.endswith("/accounts/stay")]
    assert stayed == [204] * 5, "every second time: no more than once in five minutes"
    page.fill('[name="clock"]', "09:00")
    page.click("text=Save session")
    page.wait_for_url(f"**/desk/couples/{couple.id}")
    expect(page.locator("main")).to_contain_text("One session")
    world.now = clock.now()
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert [each.progress_note for each in sessions_of(visit, couple.id)] == [NOTES]


def test_who_types_on_after_a_rest_signs_in_and_has_the_words(
    couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    page = sit_down(couple.counsellor_id, role=Role.COUNSELLOR)
    page.clock.install()
    page.goto(f"/sessions/{couple.id}/new")
    box = page.locator('[name="progress_note"]')
    box.press_sequentially("Before")
    clock.move(minutes=20)
    page.clock.fast_forward(20 * 60 * 1000)
    page.click("text=Come back")
    with page.expect_response("**/accounts/stay") as asked:
        box.press_sequentially(" and after")
    assert asked.value.status == 401
    page.fill('[name="clock"]', "09:00")
    page.click("text=Save session")
    expect(page.locator("main")).to_contain_text("Before and after")
