"""A check-in typed after the sign-in had rested is kept, as homework is."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from portal.measures import queries
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown, sign_in
from tests.support.browser import an_account
from tests.support.check_ins import switch_on
from tests.support.moments import StandingClock
from tests.support.world import World

pytestmark = pytest.mark.browser
SAVED = "[data-savestate-text]"


def test_words_typed_after_a_rest_are_kept(
    world: World, app: Flask, sit_down: SitDown, clock: StandingClock
) -> None:
    couple = world.a_couple()
    switch_on(world, couple)
    page = sit_down(couple.a)
    page.goto("/measures/check-in")
    clock.move(minutes=20)  # asleep on the sofa
    page.fill("#comment", "before I fell asleep")
    expect(page.locator(SAVED)).to_contain_text("You have been away for a while.")
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = queries.writing(visit)
        assert "comment" not in card.typed
        assert ["comment", "before I fell asleep"] in card.left

    door = page.context.new_page()
    sign_in(door, an_account(world, app, couple.a))
    door.goto("/measures/check-in")
    expect(door.locator(".kept__text")).to_have_text("before I fell asleep")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:20")
    door.reload()
    expect(door.locator(".kept")).to_have_count(0)
    expect(door.locator("#comment")).to_have_value("before I fell asleep")
