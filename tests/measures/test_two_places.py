"""A check-in in two places at once, or on a page that is long past: nothing is written over, nothing lost."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from portal.measures import service
from portal.measures.cards import Typed, WritingCard
from portal.measures.queries import writing
from portal.vocabulary import Role
from tests.support.browser import Browser, filled_in
from tests.support.meeting import meet
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

AT, AUTO = "/measures/check-in", "/measures/check-in/autosave"
QUIETLY = {"X-Weft-Autosave": "1"}
SitDown = Callable[..., Browser]


def stored(world: World, couple: CoupleHere, clock: StandingClock) -> WritingCard:
    world.now = clock.now()
    with world.as_(couple.a, Role.PARTNER) as visit:
        return writing(visit)


def test_a_page_of_weeks_ago_does_not_write_over_this_week(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    ann = sit_down(couple.a)
    old = filled_in(ann.open(AT).form("/check-in"), {"comment": "old"})
    clock.move(days=14)
    ann = sit_down(couple.a)
    page = ann.open(AT)
    ann.client.post(AT, data=filled_in(page.form("/check-in"), {"comment": "new"}, "keep"))
    token = filled_in(ann.open(AT).form("/check-in"), {})["csrf_token"]
    late = {**old, "csrf_token": token, "counter.comment": ["3"]}
    assert ann.client.post(AUTO, data=late, headers=QUIETLY).status_code == 409
    answer = ann.client.post(AT, data=late)
    assert answer.status_code == 409
    assert "old" in answer.text, "it is given back"
    assert stored(world, couple, clock).typed["comment"] == "new"


def test_a_conflict_counts_on_from_what_was_kept(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.open(AT)
    page = desk.open(AT)
    desk.client.post(AT, data=filled_in(page.form("/check-in"), {"comment": "desk"}, "keep"))
    typed = {"comment": "phone", "private_note": "of the phone"}
    assert phone.send(typed, "keep", "/check-in").status == 409
    assert stored(world, couple, clock).typed["private_note"] == "of the phone"
    page = desk.open(AT)
    more = filled_in(page.form("/check-in"), {"private_note": "of the phone, and long"}, "keep")
    desk.client.post(AT, data=more)
    phone.send({}, "keep", "/check-in")
    card = stored(world, couple, clock)
    assert card.typed["private_note"] == "of the phone, and long"


def test_other_words_than_were_shown_are_looked_at_before_anything_is_sent(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    """As many as before, and not the same."""
    first, third = sit_down(couple.a), sit_down(couple.a)
    one, other = first.open(AT), third.open(AT)
    clock.move(minutes=20)
    first.client.post(AT, data=filled_in(one.form("/check-in"), {"comment": "first"}, "keep"))
    second = sit_down(couple.a)
    page = second.open(AT)
    taken = filled_in(page.form("/check-in"), {"comment": "first"})
    counts = second.client.post(AUTO, data=taken, headers=QUIETLY).get_json()["counters"]
    left = {"private_note": "left by the third"}
    third.client.post(AT, data=filled_in(other.form("/check-in"), left, "keep"))
    sends = filled_in(page.form("/check-in"), {"comment": "first"}, "send")
    sends |= {f"counter.{key}": [str(count)] for key, count in counts.items()}
    answer = second.client.post(AT, data=sends)
    assert answer.status_code == 200
    assert "left by the third" in answer.text
    assert stored(world, couple, clock).sent_at is None


def switched_off(world: World, couple: CoupleHere) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.switch(visit, couple.id, on=False)


def test_what_was_typed_when_it_was_switched_off_is_given_back(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    ann.open(AT)
    switched_off(world, couple)
    page = ann.send({"comment": "words of a week", "private_note": "and this"}, "send", "/check-in")
    assert page.status == 409
    assert "is not asked any more" in page.said
    for words in ("words of a week", "and this"):
        assert words in page.text


def test_and_after_a_rest(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    ann = sit_down(couple.a)
    ann.open(AT)
    switched_off(world, couple)
    clock.move(minutes=20)
    page = ann.send({"comment": "words of a week"}, "send", "/check-in")
    assert page.status == 401
    assert "words of a week" in page.text
    told = ann.post(AUTO, ann.sent, **QUIETLY)
    assert told.status_code == 409
    assert told.get_json()["message"] == "The weekly check-in is not asked any more."


def test_an_older_page_puts_no_older_choice_back(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    one, other = phone.open(AT).form("/check-in"), desk.open(AT).form("/check-in")
    number = str(one.select('input[type="radio"]')[0]["name"])
    phone.client.post(AT, data=filled_in(one, {number: "3", "could_be_open": "mostly"}, "keep"))
    one, other = phone.open(AT).form("/check-in"), desk.open(AT).form("/check-in")
    phone.client.post(AT, data=filled_in(one, {number: "7"}, "keep"))
    # The desk only writes a line; what it still shows was not chosen there.
    typed = filled_in(other, {"comment": "a line"})
    kept = desk.client.post(AUTO, data=typed, headers=QUIETLY)
    assert kept.status_code == 200
    card = stored(world, couple, clock)
    assert (card.typed[number], card.typed["comment"]) == ("7", "a line")
    # Nor does sending from there send what the phone has changed, before it was seen.
    sends = filled_in(other, {"comment": "a line"}, "send") | marks(kept.get_json())
    answer = desk.client.post(AT, data=sends)
    assert answer.status_code == 303
    assert stored(world, couple, clock).sent_at is None
    page = desk.open(AT)
    assert "You chose something else in another place meanwhile" in page.said
    assert filled_in(page.form("/check-in"), {})[number] == ["7"]
    # What is chosen there now counts.
    desk.client.post(AT, data=filled_in(page.form("/check-in"), {number: "5"}, "send"))
    assert stored(world, couple, clock).sent_at is not None


@pytest.mark.parametrize("is_begun", [False, True])
def test_two_places_in_one_instant_lose_nothing(
    world: World, couple: CoupleHere, monkeypatch: pytest.MonkeyPatch, *, is_begun: bool
) -> None:
    write, gate = service._write, threading.Barrier(2)

    def write_together(*all_of: Any) -> None:
        with suppress(threading.BrokenBarrierError):  # whoever may not read yet does not come here
            gate.wait(timeout=0.3)
        write(*all_of)

    def saves(key: str, text: str) -> Callable[[World], object]:
        def save(own: World) -> object:
            with own.as_(couple.a, Role.PARTNER) as visit:
                return service.save(visit, Typed({key: text}, {}))

        return save

    if is_begun:
        saves("comment", "")(world)
    words = {"comment": "of the desk", "private_note": "of the phone"}
    monkeypatch.setattr(service, "_write", write_together)
    meet(world, *(saves(key, text) for key, text in words.items()))
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert writing(visit).typed == words


def marks(told: dict[str, dict[str, object]]) -> dict[str, list[str]]:
    return {f"counter.{key}": [str(mark)] for key, mark in told["counters"].items()}
