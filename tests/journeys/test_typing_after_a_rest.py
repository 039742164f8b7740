"""What is typed on after a rest goes out too: calmly while somebody types, and at once on the way out."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect

from portal.measures.queries import writing
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown, sign_in
from tests.reflections.material import leaf
from tests.support.browser import an_account
from tests.support.check_ins import switch_on
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet, see
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BOX, SAVED = "main form textarea, main form input[type=text]", "[data-savestate-text]"
AWAY = "You have been away for a while."
FIRST, WHOLE = "the fir", "the first words, and a whole paragraph"
CALM = 7_000  # five seconds after the last key
HIDE = """Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
document.dispatchEvent(new Event("visibilitychange"))"""


class Rested:
    """A page on which somebody has typed a first word after their sign-in had rested."""

    def __init__(self, page: Page, to: str, left: Callable[[], list[str]]) -> None:
        self.page, self.to, self.left = page, to, left
        self.sent: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.endswith("/autosave"):
            self.sent.append(request.post_data or "")

    def types(self, text: str) -> None:
        self.page.locator(BOX).first.fill(text)

    def waits_for(self, *texts: str) -> None:
        for _time in range(100):
            if self.left() == list(texts):
                return
            self.page.wait_for_timeout(100)
        assert self.left() == list(texts)


@pytest.fixture(params=["piece", "check-in", "sheet"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rested(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock, kind: str
) -> Rested:
    to, left = _place(world, couple, kind)
    page = sit_down(couple.a)
    page.goto(to)
    clock.move(minutes=20)
    world.now = clock.now()
    made = Rested(page, to, left)
    made.types(FIRST)
    expect(page.locator(SAVED)).to_contain_text(AWAY)
    made.waits_for(FIRST)
    return made


def _place(world: World, couple: CoupleHere, kind: str) -> tuple[str, Callable[[], list[str]]]:
    """Where it is written, and what lies beside it."""
    if kind == "check-in":
        switch_on(world, couple)
        return "/measures/check-in", lambda: _left_in_check_in(world, couple)
    if kind == "sheet":
        sheet_id = a_sheet(world, couple)
        return f"/reflections/{sheet_id}/sheet", lambda: _left_on_sheet(world, couple, sheet_id)
    round_id: UUID = world.an_assignment(couple)[0]
    return leaf(round_id, 3), lambda: _left_in_draft(world, couple, round_id)


def _left_in_check_in(world: World, couple: CoupleHere) -> list[str]:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return [text for _, text in writing(visit).left]


def _left_on_sheet(world: World, couple: CoupleHere, sheet_id: UUID) -> list[str]:
    return [one.text for one in see(world, couple.a, sheet_id).draft.kept]


def _left_in_draft(world: World, couple: CoupleHere, round_id: UUID) -> list[str]:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return [one.text for one in draft(visit, round_id).kept]


def test_what_is_typed_on_is_left_calmly_once_and_the_page_goes_on_saying_so(
    rested: Rested,
) -> None:
    page = rested.page
    before = len(rested.sent)
    page.locator(BOX).first.press_sequentially("st words, and a whole", delay=100)
    assert len(rested.sent) == before, "not at every pause for breath"
    page.locator(BOX).first.press_sequentially(" paragraph")
    page.wait_for_timeout(CALM)
    rested.waits_for(WHOLE)
    assert len(rested.sent) == before + 1
    expect(page.locator(SAVED).first).to_contain_text(AWAY)
    assert page.locator(SAVED).first.get_by_text("Sign in again").count() == 1
    page.wait_for_timeout(CALM)
    page.evaluate(HIDE)
    page.wait_for_timeout(500)
    assert len(rested.sent) == before + 1, "the same is not left again"


@pytest.mark.parametrize("kind", ["piece", "check-in"])
@pytest.mark.parametrize("way", ["hidden", "closed", "another page"])
def test_on_the_way_out_it_goes_at_once(rested: Rested, way: str) -> None:
    page = rested.page
    rested.types(WHOLE)
    if way == "hidden":
        page.evaluate(HIDE)
    elif way == "closed":
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    else:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/accounts/sign-in")
    rested.waits_for(WHOLE)


@pytest.mark.parametrize("kind", ["piece", "check-in", "sheet"])
def test_whoever_signs_in_again_finds_all_of_it_in_the_box(
    world: World, app: Flask, couple: CoupleHere, rested: Rested
) -> None:
    page = rested.page
    rested.types(WHOLE)
    rested.waits_for(WHOLE)
    rested.types(f"{WHOLE}, and more")
    door = page.context.new_page()
    sign_in(door, an_account(world, app, couple.a))
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(SAVED).first).to_contain_text("saved")
    door.goto(rested.to)
    expect(door.locator(BOX).first).to_have_value(f"{WHOLE}, and more")


@pytest.mark.parametrize("kind", ["piece"])
def test_a_dead_line_in_between_is_tried_again_and_the_page_says_away_afterwards(
    rested: Rested,
) -> None:
    page = rested.page
    page.context.set_offline(True)
    rested.types(WHOLE)
    expect(page.locator(SAVED)).to_contain_text("Not saved yet", timeout=12_000)
    page.context.set_offline(False)
    rested.waits_for(WHOLE)
    expect(page.locator(SAVED)).to_contain_text(AWAY)
