"""Putting another version away is a way of saving: what stands in the boxes goes along, and is kept first."""

from uuid import UUID

import pytest

from portal.homework import service as homework
from portal.homework.queries import task
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.reflections.material import SitDown, leaf
from tests.support.browser import Browser, Page
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

BUTTON = "Put it away"


def beside(page: Page) -> list[str]:
    return [one.get_text(strip=True) for one in page.soup.select(".kept__text")]


def stands(world: World, couple: CoupleHere, round_id: UUID) -> object:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id).reading.values.get("start_with")


@pytest.fixture
def phone(couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Browser:
    """A page of one question, above which lies what was typed here while the desk was faster."""
    desk, made, to = sit_down(couple.a), sit_down(couple.a), leaf(round_id, 2)
    desk.open(to)
    made.open(to)
    desk.send({"f.start_with": "of the desk"}, press="save", to=to)
    assert beside(made.send({"f.start_with": "of the phone"}, press="save", to=to))
    return made


def test_what_was_copied_into_the_box_is_kept(
    world: World, couple: CoupleHere, round_id: UUID, phone: Browser
) -> None:
    typed = "of the desk, and of the phone"
    page = phone.send({"f.start_with": typed}, press=BUTTON, to=leaf(round_id, 2))
    assert page.path == leaf(round_id, 2)
    assert not beside(page)
    assert stands(world, couple, round_id) == typed


def test_so_is_what_was_taken_over_whole_and_lies_there_no_more_by_itself(
    world: World, couple: CoupleHere, round_id: UUID, phone: Browser
) -> None:
    page = phone.send({"f.start_with": "of the phone"}, press=BUTTON, to=leaf(round_id, 2))
    assert not beside(page)
    assert stands(world, couple, round_id) == "of the phone"


def test_pressed_twice_nothing_else_goes(
    world: World, couple: CoupleHere, round_id: UUID, phone: Browser
) -> None:
    before = phone.page
    phone.send({}, press=BUTTON, to=leaf(round_id, 2))
    phone.page = before
    page = phone.send({}, press=BUTTON, to=leaf(round_id, 2))
    assert page.path == leaf(round_id, 2)
    assert stands(world, couple, round_id) == "of the desk"


def test_where_the_saving_clashes_the_version_stays(
    world: World, couple: CoupleHere, round_id: UUID, phone: Browser
) -> None:
    world.a_draft(couple.a, round_id, {"start_with": "of the desk again"})
    page = phone.send({"f.start_with": "both of them"}, press=BUTTON, to=leaf(round_id, 2))
    assert sorted(beside(page)) == ["both of them", "of the phone"]
    assert stands(world, couple, round_id) == "of the desk again"


def test_where_no_more_words_are_taken_it_stays_too(
    world: World, couple: CoupleHere, round_id: UUID, phone: Browser
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        homework.withdraw(visit, task(visit, round_id).assignment_id)
    page = phone.send({"f.start_with": "both of them"}, press=BUTTON, to=leaf(round_id, 2))
    assert sorted(beside(page)) == ["both of them", "of the phone"]


def test_and_after_a_rest(
    couple: CoupleHere, round_id: UUID, phone: Browser, sit_down: SitDown, clock: StandingClock
) -> None:
    clock.move(minutes=20)
    page = phone.send({"f.start_with": "both of them"}, press=BUTTON, to=leaf(round_id, 2))
    assert page.path == "/accounts/sign-in"
    page = sit_down(couple.a).open(leaf(round_id, 2))
    assert sorted(beside(page)) == ["both of them", "of the phone"]


def test_on_its_own_page_a_version_is_put_away_without_a_box(
    round_id: UUID, phone: Browser
) -> None:
    phone.open(f"/reflections/{round_id}")
    page = phone.send({}, press=BUTTON, to="/put-away")
    assert page.path == f"/reflections/{round_id}"
    assert not beside(page)


@pytest.fixture
def sheet_id(world: World, couple: CoupleHere) -> UUID:
    """A sheet for two beside which lies what the first typed while the second was faster."""
    made = a_sheet(world, couple)
    before = see(world, couple.a, made)
    put(world, second(couple), made, {"signal": "A raised hand"})
    put(world, couple.a, made, {"signal": "The kettle"}, before)
    return made


def test_on_a_sheet_for_two_what_was_copied_into_the_box_is_kept(
    world: World, couple: CoupleHere, sheet_id: UUID, sit_down: SitDown
) -> None:
    ann, at = sit_down(couple.a), f"/reflections/{sheet_id}/sheet"
    assert beside(ann.open(at)) == ["The kettle"]
    page = ann.send({"f.signal": "A raised hand, or the kettle"}, press=BUTTON, to=at)
    assert page.path == at
    assert not beside(page)
    assert value(see(world, couple.a, sheet_id), "signal") == "A raised hand, or the kettle"


def test_there_too_it_stays_where_the_saving_clashes(
    world: World, couple: CoupleHere, sheet_id: UUID, sit_down: SitDown
) -> None:
    ann, at = sit_down(couple.a), f"/reflections/{sheet_id}/sheet"
    ann.open(at)
    put(world, second(couple), sheet_id, {"signal": "A word"})
    page = ann.send({"f.signal": "Both of them"}, press=BUTTON, to=at)
    assert sorted(beside(page)) == ["Both of them", "The kettle"]
    assert value(see(world, couple.a, sheet_id), "signal") == "A word"


def test_nobody_puts_away_what_lies_beside_for_the_other(
    world: World, couple: CoupleHere, sheet_id: UUID, sit_down: SitDown
) -> None:
    ann, ben, at = sit_down(couple.a), sit_down(second(couple)), f"/reflections/{sheet_id}/sheet"
    button = ann.open(at).form("/sheet").select_one("[name=put_away]")
    assert button is not None
    token = ben.open(at).form("/sheet").select_one("[name=csrf_token]")
    assert token is not None
    pressed = {"put_away": str(button["value"]), "csrf_token": str(token["value"])}
    assert ben.client.post(at, data=pressed).status_code == 303
    assert beside(ann.open(at)) == ["The kettle"]
