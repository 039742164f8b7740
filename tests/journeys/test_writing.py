"""A partner writes on a phone: interrupted, timed out, on two devices, and without scripts."""

from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, Route, expect

from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.vocabulary import Audience, Role, Seat
from tests.journeys.conftest import SitDown, sign_in
from tests.reflections.material import issues
from tests.support.browser import an_account
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
BOX = "#f-underneath"
SAVED = "[data-savestate-text]"
READERS = '[name="audience.underneath"]'


def leaf(round_id: UUID, number: int) -> str:
    return f"/reflections/{round_id}/write/{number}"


def kept_words(world: World, person_id: UUID, round_id: UUID, key: str = "underneath") -> object:
    with world.as_(person_id, Role.PARTNER) as visit:
        return draft(visit, round_id).reading.values.get(key)


def answer_everything(page: Page) -> None:
    """From the first question to the check page, pressing on."""
    page.check('[name="f.areas.talking.hard"][value="6"]', force=True)
    page.click("text=Save and continue")
    page.fill("#f-start_with", "Talking")
    page.click("text=Save and continue")
    page.fill(BOX, "I felt alone")
    for number in range(4, 9):
        page.click("text=Save and continue")
        page.wait_for_url(f"**/write/{number}")
    page.click("text=Save and continue")


def test_a_killed_tab_loses_nothing(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    page.locator(BOX).press_sequentially("I think I needed you to stop", delay=5)
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:00")
    page.close()  # the phone rings

    again = page.context.new_page()
    again.goto("/desk/week")
    again.click("text=Continue writing")
    assert again.url.endswith("/write/4")
    again.click("text=Back")
    expect(again.locator(BOX)).to_have_value("I think I needed you to stop")


def test_a_rest_in_the_middle_of_a_sentence(
    world: World,
    app: Flask,
    couple: CoupleHere,
    round_id: UUID,
    sit_down: SitDown,
    clock: StandingClock,
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    page.fill(BOX, "I think I needed")
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:00")
    clock.move(minutes=20)  # asleep on the sofa
    page.locator(BOX).press_sequentially(" you to stop")
    expect(page.locator(SAVED)).to_contain_text("You have been away for a while.")
    expect(page.locator(BOX)).to_have_value("I think I needed you to stop")

    with page.context.expect_page() as opening:
        page.click("text=Sign in again")
    door = opening.value
    sign_in(door, an_account(world, app, couple.a))
    door.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:20")
    assert kept_words(world, couple.a, round_id) == "I think I needed you to stop"
    page.reload()
    expect(page.locator(".kept")).to_have_count(0)


def test_a_second_device(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.goto(leaf(round_id, 3))
    desk.goto(leaf(round_id, 3))
    desk.fill(BOX, "from the desk")
    expect(desk.locator(SAVED)).to_have_text("Draft saved 09:00")
    phone.fill(BOX, "from the phone")
    expect(phone.locator(SAVED)).to_contain_text("changed on another device")
    expect(phone.locator(".kept__text")).to_have_text("from the desk")

    # Sending the page now overwrites nothing either: both texts stand on the page that follows.
    phone.click("text=Save and continue")
    phone.wait_for_load_state()
    expect(phone.locator(BOX)).to_have_value("from the desk")
    expect(phone.locator(".kept__text")).to_have_text("from the phone")
    assert kept_words(world, couple.a, round_id) == "from the desk"
    phone.click("text=Put it away")
    expect(phone.locator(".kept")).to_have_count(0)


def test_keeping_what_was_written_here(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    phone = sit_down(couple.a)
    phone.goto(leaf(round_id, 3))
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    phone.fill(BOX, "from the phone")
    phone.click("text=Keep what I wrote here")
    expect(phone.locator(SAVED)).to_have_text("Draft saved 09:00")
    assert kept_words(world, couple.a, round_id) == "from the phone"
    phone.reload()
    expect(phone.locator(BOX)).to_have_value("from the phone")
    expect(phone.locator(".kept")).to_have_count(0)  # what stands in the box lies nowhere beside it


def test_keeping_it_widens_nothing_that_was_narrowed_elsewhere(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    phone = sit_down(couple.a)
    phone.goto(leaf(round_id, 3))
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        reading = Reading(
            values={"underneath": "from the desk"},
            present=frozenset({"underneath"}),
            counters=card.counters,
            audiences={"underneath": "counsellor"},
        )
        save(visit, round_id, reading)
    expect(phone.locator(READERS)).not_to_have_value("counsellor")
    phone.fill(BOX, "from the phone")
    phone.click("text=Keep what I wrote here")
    expect(phone.locator(SAVED)).to_have_text("Draft saved 09:00")
    expect(phone.locator(READERS)).to_have_value("counsellor")
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
    assert card.reading.values["underneath"] == "from the phone"
    assert card.audiences["underneath"] is Audience.COUNSELLOR


def test_nothing_is_called_saved_while_a_word_waits(
    couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a)
    page.goto(leaf(round_id, 3))
    held: list[Route] = []
    page.route("**/autosave", lambda route: held.append(route))
    page.evaluate(
        """window.said = []; const line = document.querySelector("[data-savestate]");
        new MutationObserver(() => said.push(line.dataset.state)).observe(line, { attributes: true })"""
    )
    page.fill(BOX, "I think")
    assert page.evaluate("said") == ["saving"]
    with page.expect_request("**/autosave"):
        pass
    page.fill(BOX, "I think I needed you")  # the saving that is under way knows nothing of this
    with page.expect_request("**/autosave"):
        held[0].continue_()
    assert "saved" not in page.evaluate("said")
    held[1].continue_()
    expect(page.locator(SAVED)).to_have_text("Draft saved 09:00")


def test_taking_the_other_text_keeps_ones_own_beside(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    phone = sit_down(couple.a)
    phone.goto(leaf(round_id, 3))
    world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
    phone.fill(BOX, "from the phone")
    expect(phone.locator(".kept__text")).to_have_text("from the desk")
    phone.fill(BOX, "from the phone, and more")
    phone.click("text=Take the other text")
    expect(phone.locator(BOX)).to_have_value("from the desk")
    expect(phone.locator(".kept__text").first).to_contain_text("from the phone")
    beside = phone.locator(".kept__text").all_text_contents()
    assert beside == ["from the phone, and more"], "the beginning gives way to the whole"
    assert phone.url.endswith("/3")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_main_road(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, *, scripts: bool
) -> None:
    page = sit_down(couple.a, scripts=scripts)
    page.click("text=Naming what gets in the way")
    page.click("text=Begin")
    answer_everything(page)
    expect(page.locator("h1")).to_have_text("Check before sending")
    expect(page.locator("main")).to_contain_text("I felt alone")

    # One answer becomes more private, here on the check page.
    page.click("#answer-underneath summary")
    page.select_option("#audience-underneath", "counsellor")
    page.click("#answer-underneath button")
    expect(page.locator("#answer-underneath")).to_contain_text("you chose this")

    page.click('label[for="open_round--open"]')
    expect(page.locator("#open_round--open")).to_be_checked()
    page.get_by_role("button", name="Send to your counsellor").dblclick()
    page.wait_for_url("**/sent")
    expect(page.locator("h1")).to_have_text("Sent")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("You have it back")
    page.click("text=Check and send")
    expect(page.locator("#answer-underneath")).to_contain_text("you chose this")


@pytest.mark.proof
def test_every_page_for_everybody(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    assert couple.b is not None
    (opened,) = world.an_assignment(couple)
    (diary,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
    world.a_draft(couple.a, round_id, issues("mine"))
    for person in (couple.a, couple.b):
        world.a_reflection(person, opened, issues(person.hex))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for part in reading(visit, opened).parts:
            mark_read(visit, part.id)
        visit.db.flush()
        open_round(visit, opened)
    paths = (
        "/desk/week",
        "/reflections/mine",
        f"/reflections/{round_id}",
        f"/reflections/{diary}",
        f"/reflections/{opened}",
        f"/reflections/{opened}/sent",
        leaf(round_id, 1),
        leaf(round_id, 3),
        leaf(round_id, 7),
        leaf(round_id, 8),
        leaf(diary, 1),
        f"/reflections/{round_id}/check",
        f"/reflections/{diary}/decline",
    )
    for dark in (False, True):
        page = sit_down(couple.a, dark=dark)
        for path in paths:
            page.goto(path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}, dark={dark}: {found.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert width <= 0, f"{path} runs sideways by {width}"
