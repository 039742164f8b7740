"""Two real browsers on one sheet: what both type at once is all there, and a yes counts for what it saw."""

import random
from collections.abc import Iterator
from itertools import count
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.reflections.joint.cards import SheetCard
from portal.vocabulary import ReflectionState, Role
from tests.journeys.conftest import SitDown
from tests.support.sheets import a_sheet, fill, put, read, second, see, the_row, value
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
SHORT, LONG = 20, 200
CLASH = "[data-sheet-line] .kept"
PRESS_WHAT_COMES = """() => {
  const observer = new MutationObserver(() => {
    const kept = document.querySelector("[data-sheet-line] .kept");
    if (!kept?.textContent.includes("cake")) return;
    observer.disconnect();
    kept.querySelector("button").click();
    document.body.dataset.pressed = "twice";
  });
  observer.observe(document.body, { childList: true, subtree: true });
}"""
# Long answers of the weekly meeting, and one that each has alone.
SHARED, ALONE = ("went_well", "one_thing"), "thanks_each"


def at(round_id: UUID, more: str = "") -> str:
    return f"/reflections/{round_id}/sheet{more}"


def box(page: Page, key: str) -> str:
    return page.locator(f'[name="f.{key}"]').input_value()


class Hand:
    """One of the two at their own browser, with everything that this person typed."""

    def __init__(self, page: Page, letter: str) -> None:
        self.page, self.letter = page, letter
        self.said: dict[str, list[str]] = {key: [] for key in (*SHARED, ALONE)}

    def add(self, key: str, word: str) -> None:
        """Type a word behind what stands there, as anybody would; sometimes go on to another box."""
        self.decide()
        field = self.page.locator(f'[name="f.{key}"]')
        field.focus()
        field.press("Control+End")
        field.press_sequentially(f" {word}")
        self.said[key].append(word)

    def rest(self) -> None:
        """Look up from the keyboard: nothing holds the focus."""
        self.page.evaluate("document.activeElement.blur()")

    def decide(self) -> None:
        """Where both changed one answer both texts are there: lay them together and keep that."""
        while self.page.locator(CLASH).count():
            clash = self.page.locator(CLASH).first
            key = str(clash.get_attribute("id")).removeprefix("kept-")
            # The box of this answer and no other: while one reads, a second may come to stand above it.
            kept = self.page.locator(f"{CLASH}#kept-{key}")
            theirs = kept.locator(".kept__text").inner_text()
            mine = box(self.page, key)
            assert mine, "one's own text has gone from the box"
            missing = [word for word in theirs.split() if word not in mine.split()]
            self.page.locator(f'[name="f.{key}"]').fill(" ".join([mine, *missing]))
            kept.get_by_role("button", name="Keep what I wrote here").click()

    def settle(self) -> None:
        """Wait until everything is saved and nothing is left to decide."""
        self.rest()
        for _time in range(50):
            self.page.wait_for_timeout(400)
            self.decide()
            said = self.page.locator("[data-savestate-text]").first.inner_text()
            if "saved" in said and not self.page.locator(CLASH).count():
                return
        raise AssertionError(said)


def edits(seed: int, most: int) -> Iterator[tuple[int, str, str, bool]]:
    """Whose turn, which box, which word, and whether a pause follows."""
    dice, number = random.Random(seed), count()
    for _edit in range(most):
        key = dice.choice((*SHARED, *SHARED, ALONE))
        yield dice.randrange(2), key, f"w{next(number)}", dice.random() < 0.4


def play(world: World, couple: CoupleHere, sit_down: SitDown, most: int) -> None:
    round_id = a_sheet(world, couple, "weekly-meeting")
    hands = [Hand(sit_down(couple.a), "a"), Hand(sit_down(second(couple)), "b")]
    for hand in hands:
        hand.page.goto(at(round_id))
    for who, key, word, pauses in edits(most, most):
        hands[who].add(key, word)
        if pauses:
            hands[who].rest()
            hands[who].page.wait_for_timeout(700)
    for hand in (*hands, *hands):
        hand.settle()
    cards = [see(world, person_id, round_id) for person_id in (couple.a, second(couple))]
    for key in SHARED:
        nothing_is_lost(hands, cards, key)
    for hand, card, other in zip(hands, cards, hands[::-1], strict=True):
        alone = str(value(card, ALONE) or "").split()
        assert alone == hand.said[ALONE]
        assert not set(other.said[ALONE]) & set(hand.page.content().split())


def nothing_is_lost(hands: list[Hand], cards: list[SheetCard], key: str) -> None:
    """Every word of both stands there once, and has come in on both screens without a button."""
    every = {word for hand in hands for word in hand.said[key]}
    stands = str(value(cards[0], key) or "").split()
    assert set(stands) == every, f"lost: {every - set(stands)}"
    assert len(stands) == len(every), "doubled"
    assert value(cards[1], key) == value(cards[0], key)
    for hand in hands:
        expect(hand.page.locator(f'[name="f.{key}"]')).to_have_value(
            str(value(cards[0], key) or ""), timeout=20_000
        )


def test_what_two_type_at_once_is_all_there(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    play(world, couple, sit_down, SHORT)


@pytest.mark.long
def test_two_hundred_interleaved_edits(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    play(world, couple, sit_down, LONG)


def test_the_others_change_comes_in_beside_what_i_type(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {"signal": "Tea"})
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    for page in (ann, ben):
        page.goto(at(round_id))
    ben.locator('[name="f.used_it"]').press_sequentially("I am in the middle of")
    ann.locator('[name="f.signal"]').fill("Coffee")
    expect(ben.locator('[name="f.signal"]')).to_have_value("Coffee", timeout=15_000)
    assert box(ben, "used_it") == "I am in the middle of"
    assert ben.evaluate("document.activeElement.name") == "f.used_it"
    # Both change one answer: mine stays in my box, theirs stands beside it.
    ben.locator('[name="f.signal"]').focus()
    ann.locator('[name="f.signal"]').fill("Water")
    ann.wait_for_timeout(2500)
    ben.locator('[name="f.signal"]').fill("Milk")
    expect(ben.locator(".kept__text")).to_have_text("Water", timeout=15_000)
    assert box(ben, "signal") == "Milk"
    assert value(see(world, couple.a, round_id), "signal") == "Water"
    assert [kept.text for kept in see(world, second(couple), round_id).draft.kept] == ["Milk"]
    # Whose text gives way to that choice finds it beside the sheet, without asking.
    ann.evaluate("document.activeElement.blur()")
    ben.get_by_role("button", name="Keep what I wrote here").click()
    expect(ann.locator('[name="f.signal"]')).to_have_value("Milk", timeout=15_000)
    expect(ann.locator("[data-sheet-kept] .kept__text")).to_have_text("Water")
    # Ann typed in that box, waited until it was saved and left it: what comes still comes in.
    ben.locator('[name="f.signal"]').fill("Cocoa")
    expect(ann.locator('[name="f.signal"]')).to_have_value("Cocoa", timeout=15_000)


def test_a_second_press_is_no_answer_to_what_came_with_the_first(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple)
    ben = sit_down(second(couple))
    ben.goto(at(round_id))
    put(world, couple.a, round_id, {"signal": "Coffee"})
    ben.locator('[name="f.signal"]').fill("Milk")
    expect(ben.locator(".kept__text")).to_have_text("Coffee", timeout=15_000)
    put(world, couple.a, round_id, {"signal": "Coffee, and cake"})
    # The other goes on writing: in the instant in which that is here, the impatient finger comes down again.
    ben.evaluate(PRESS_WHAT_COMES)
    ben.get_by_role("button", name="Keep what I wrote here").click()
    expect(ben.locator("body[data-pressed]")).to_be_visible()
    ben.wait_for_timeout(1500)
    assert value(see(world, couple.a, round_id), "signal") == "Coffee, and cake"
    expect(ben.locator(".kept__text")).to_have_text("Coffee, and cake")


def test_no_yes_counts_for_words_it_did_not_see(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    ann.goto(at(round_id, "/check"))
    ben.goto(at(round_id))
    confirm = '#send button[type="submit"]'
    ben.locator('[name="f.signal"]').fill("Another word")
    ben.wait_for_timeout(2500)
    ann.click(confirm)
    expect(ann.locator("main")).to_contain_text("Another word")
    assert not see(world, couple.a, round_id).has_confirmed
    ann.click(confirm)
    assert see(world, couple.a, round_id).has_confirmed
    ben.locator('[name="f.signal"]').fill("A last word")
    ben.wait_for_timeout(2500)
    assert not see(world, couple.a, round_id).has_confirmed
    assert read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)[0] is None
    for page in (ann, ben):
        page.goto(at(round_id, "/check"))
    ann.click(confirm)
    ann.goto(at(round_id))
    ben.click(confirm)
    assert the_row(world, round_id).state is ReflectionState.SUBMITTED
    # The open page of the other goes on to what was sent.
    ann.wait_for_url(lambda where: not where.endswith("/sheet"), timeout=15_000)
    expect(ann.locator("main")).to_contain_text("A last word")


@pytest.mark.parametrize("light", ["light", "dark"])
def test_its_pages_are_for_everybody(
    world: World, couple: CoupleHere, sit_down: SitDown, light: str
) -> None:
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    page = sit_down(couple.a, dark=light == "dark")
    for path in (at(round_id), at(round_id, "/check"), at(round_id, "/decline")):
        page.goto(path)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
