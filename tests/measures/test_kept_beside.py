"""What came later than what stands on a check-in is kept beside it until its writer decides."""

import pytest

from tests.measures.test_two_places import AT, AUTO, QUIETLY, SitDown, stored
from tests.support.browser import Browser, filled_in
from tests.support.check_ins import EVERY, a_check_in, typed
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


def in_two_places(couple: CoupleHere, sit_down: SitDown) -> tuple[Browser, Browser]:
    """The phone has the page of before open, and the desk has kept something since."""
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.open(AT)
    desk.client.post(
        AT, data=filled_in(desk.open(AT).form("/check-in"), {"comment": "desk"}, "keep")
    )
    return phone, desk


def test_what_came_later_is_kept_beside_until_it_is_decided(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = in_two_places(couple, sit_down)
    page = phone.page
    assert page is not None
    for words in ("phone", "phone, and on", "something else"):
        sent = filled_in(page.form("/check-in"), {"comment": words})
        assert phone.client.post(AUTO, data=sent, headers=QUIETLY).status_code == 409
    card = stored(world, couple, clock)
    assert card.typed["comment"] == "desk"
    assert [text for _, text in card.left] == ["phone, and on", "something else"]
    seen = desk.open(AT).said
    assert "phone, and on" in seen
    assert "You also wrote this" in seen


def test_what_was_decided_for_is_not_kept_twice_and_is_sent_without_a_question(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, _desk = in_two_places(couple, sit_down)
    assert phone.send({"comment": "phone"}, "keep", "/check-in").status == 409
    assert [text for _, text in stored(world, couple, clock).left] == ["phone"]
    assert phone.send({"comment": "phone, and on"}, "send", "/check-in").path == "/measures/mine"
    card = stored(world, couple, clock)
    assert card.sent_at is not None
    assert list(card.left) == []


def test_who_decides_against_their_own_words_sees_them_once_more_before_sending(
    couple: CoupleHere, sit_down: SitDown
) -> None:
    phone, _desk = in_two_places(couple, sit_down)
    assert phone.send({"comment": "phone"}, "keep", "/check-in").status == 409
    page = phone.send({"comment": "desk"}, "send", "/check-in")
    assert page.path == AT
    assert "You also wrote this" in page.said
    assert phone.send({}, "send", "/check-in").path == "/measures/mine"


def test_what_also_was_written_can_be_put_away_and_what_was_typed_meanwhile_is_kept(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = in_two_places(couple, sit_down)
    phone.send({"comment": "phone"}, "keep", "/check-in")
    page = desk.open(AT)
    assert page.form("/check-in").select("button")[0]["name"] == "keep", "what Enter presses"
    page = desk.send({"private_note": "of the desk"}, "put_away", "/check-in")
    assert "Put away." in page.said
    assert "You also wrote this" not in page.said
    card = stored(world, couple, clock)
    assert list(card.left) == []
    assert card.typed["comment"] == "desk"
    assert card.typed["private_note"] == "of the desk"
    assert desk.send({}, "send", "/check-in").path == "/measures/mine"


def test_so_can_what_came_after_the_week_was_sent(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    old = sit_down(couple.a)
    page = old.open(AT)
    fresh = sit_down(couple.a)
    fresh.open(AT)
    fresh.send({"comment": "sent"}, "send", "/check-in")
    clock.move(minutes=20)
    old.client.post(AT, data=filled_in(page.form("/check-in"), {"comment": "too late"}, "keep"))
    clock.move(days=7)
    later = sit_down(couple.a)
    assert "too late" in later.open(AT).said
    assert "too late" not in later.send({}, "put_away", "/check-in").said
    assert list(stored(world, couple, clock).left) == []


def test_a_short_text_is_kept_beside_one_that_begins_with_its_letters(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.open(AT)
    desk.open(AT)
    desk.send({"comment": "Not sure"}, "keep", "/check-in")
    assert phone.send({"comment": "No"}, "keep", "/check-in").status == 409
    card = stored(world, couple, clock)
    assert card.typed["comment"] == "Not sure"
    assert ["comment", "No"] in [list(pair) for pair in card.left]


def test_an_empty_line_is_no_other_text(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.open(AT)
    desk.open(AT)
    desk.send({"comment": "Not sure"}, "keep", "/check-in")
    phone.send({"comment": " \n "}, "keep", "/check-in")
    assert list(stored(world, couple, clock).left) == []


@pytest.mark.parametrize("path", [AT, AUTO])
def test_what_is_typed_on_after_it_was_sent_elsewhere_waits_beside_the_next_one(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock, path: str
) -> None:
    phone = sit_down(couple.a)
    form = phone.open(AT).form("/check-in")
    world.now = clock.now()
    a_check_in(world, couple.a, typed(6))
    words = {"comment": "and one more thing", **dict.fromkeys(EVERY, "6")}
    answer = phone.client.post(path, data=filled_in(form, words, "keep"), headers=QUIETLY)
    assert answer.status_code == 409
    assert "sent already" in answer.text
    clock.move(days=7)
    page = sit_down(couple.a).open(AT)
    assert [tag.get_text() for tag in page.soup.select(".kept__text")] == ["and one more thing"]
