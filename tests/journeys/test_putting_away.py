"""Another version of an answer is put away with a button of the page that is being written, words and all."""

from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.vocabulary import Role
from tests.journeys.conftest import SitDown
from tests.reflections.material import leaf
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
BUTTON, BESIDE = "Put it away", ".kept__text"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def piece(world: World, couple: CoupleHere, round_id: UUID) -> UUID:
    """A piece in which the desk was faster than the phone."""
    world.a_draft(couple.a, round_id, {"start_with": "of the desk"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        words = {"start_with": "of the phone"}
        save(visit, round_id, Reading(values=words, present=frozenset(words)))
    return round_id


@pytest.fixture
def sheet_id(world: World, couple: CoupleHere) -> UUID:
    made = a_sheet(world, couple)
    before = see(world, couple.a, made)
    put(world, second(couple), made, {"signal": "A raised hand"})
    put(world, couple.a, made, {"signal": "The kettle"}, before)
    return made


def stands(world: World, couple: CoupleHere, round_id: UUID) -> object:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id).reading.values.get("start_with")


def press(page: Page) -> None:
    """With the keyboard, as whoever does not use a mouse."""
    page.get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")


@SCRIPTS
def test_what_was_copied_into_the_box_is_there_afterwards(
    world: World, couple: CoupleHere, piece: UUID, sit_down: SitDown, *, scripts: bool
) -> None:
    page = sit_down(couple.a, scripts=scripts)
    page.goto(leaf(piece, 2))
    expect(page.locator(BESIDE)).to_have_text("of the phone")
    page.fill("#f-start_with", "of the desk, of the phone")
    press(page)
    expect(page.locator(BESIDE)).to_have_count(0)
    expect(page.locator("#f-start_with")).to_have_value("of the desk, of the phone")
    assert stands(world, couple, piece) == "of the desk, of the phone"


@SCRIPTS
def test_so_it_is_on_a_sheet_for_two(
    world: World, couple: CoupleHere, sheet_id: UUID, sit_down: SitDown, *, scripts: bool
) -> None:
    page = sit_down(couple.a, scripts=scripts)
    page.goto(f"/reflections/{sheet_id}/sheet")
    expect(page.locator(BESIDE)).to_have_text("The kettle")
    page.fill('[name="f.signal"]', "A raised hand or the kettle")
    press(page)
    expect(page.locator(BESIDE)).to_have_count(0)
    expect(page.locator('[name="f.signal"]')).to_have_value("A raised hand or the kettle")
    assert value(see(world, couple.a, sheet_id), "signal") == "A raised hand or the kettle"


@SCRIPTS
def test_enter_in_a_box_saves_and_puts_nothing_away(
    world: World, couple: CoupleHere, sheet_id: UUID, sit_down: SitDown, *, scripts: bool
) -> None:
    page = sit_down(couple.a, scripts=scripts)
    page.goto(f"/reflections/{sheet_id}/sheet")
    page.fill('[name="f.signal"]', "Something else")
    with page.expect_navigation():
        page.locator('[name="f.signal"]').press("Enter")
    expect(page.locator(BESIDE)).to_have_text("The kettle")
    assert value(see(world, couple.a, sheet_id), "signal") == "Something else"


def test_on_a_dead_line_the_words_and_the_other_version_stay(
    couple: CoupleHere, piece: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(piece, 2))
    page.context.set_offline(True)
    page.fill("#f-start_with", "of the desk, of the phone")
    page.get_by_role("button", name=BUTTON).click(no_wait_after=True)
    expect(page.locator("[data-savestate-text]")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    press(page)
    expect(page.locator(BESIDE)).to_have_count(0)
    expect(page.locator("#f-start_with")).to_have_value("of the desk, of the phone")


def test_both_pages_are_good_to_read_for_everybody(
    couple: CoupleHere, piece: UUID, sheet_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    for path in (leaf(piece, 2), f"/reflections/{sheet_id}/sheet"):
        page.goto(path)
        expect(page.locator(BESIDE)).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
