"""What somebody answers on an open check-in is kept for the questions that stood on it, whatever is asked by now."""

import pytest

from portal.measures.cards import CheckInCard, WritingCard
from portal.measures.picture import couple_picture
from portal.measures.queries import writing
from portal.vocabulary import CheckInWording, ContactLevel, Role
from tests.measures.test_two_places import AT, AUTO, QUIETLY, SitDown
from tests.measures.test_wordings import now_live
from tests.support.browser import Browser, filled_in
from tests.support.check_ins import EVERY
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

ONES = dict.fromkeys(EVERY, "1")
CHANGES = [ContactLevel.NO_CONTACT, ContactLevel.SEPARATED_CONTACT]


@pytest.fixture
def ann(couple: CoupleHere, sit_down: SitDown) -> Browser:
    """With the check-in open, and nothing of it kept."""
    browser = sit_down(couple.a)
    browser.open(AT)
    return browser


def sent(world: World, couple: CoupleHere) -> CheckInCard:
    """The one check-in that was sent, as its counsellor reads it."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (one,) = couple_picture(visit, couple.id, "en").check_ins
        return one


def draft(world: World, couple: CoupleHere) -> WritingCard:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return writing(visit)


@pytest.mark.parametrize("contact", CHANGES)
def test_it_is_kept_for_the_questions_that_stood_there(
    world: World, couple: CoupleHere, ann: Browser, contact: ContactLevel
) -> None:
    now_live(world, couple, contact)
    assert ann.send(ONES, "send", AT).path == "/measures/mine"
    card = sent(world, couple)
    assert card.wording is CheckInWording.TOGETHER
    assert card.answers == dict.fromkeys(EVERY, 1)


@pytest.mark.parametrize("contact", CHANGES)
def test_so_is_what_is_saved_while_it_is_typed(
    world: World, couple: CoupleHere, ann: Browser, contact: ContactLevel
) -> None:
    now_live(world, couple, contact)
    assert ann.page is not None
    typed = filled_in(ann.page.form("/check-in"), ONES)
    assert ann.client.post(AUTO, data=typed, headers=QUIETLY).status_code == 200
    card = draft(world, couple)
    assert card.wording is CheckInWording.TOGETHER
    assert {key: card.typed[key] for key in EVERY} == ONES


def test_so_is_what_comes_after_a_rest(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock
) -> None:
    now_live(world, couple, ContactLevel.SEPARATED_CONTACT)
    clock.move(minutes=20)
    ann.send(ONES, "send", AT)
    world.now = clock.now()
    card = draft(world, couple)
    assert card.wording is CheckInWording.TOGETHER
    assert sorted(map(tuple, card.left)) == sorted(ONES.items())


@pytest.mark.parametrize("when", ["at once", "after a rest"])
def test_where_other_questions_are_asked_by_now_no_number_stands_under_another(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock, when: str
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    phone.open(AT)
    now_live(world, couple, ContactLevel.SEPARATED_CONTACT)
    desk.open(AT)
    desk.send({"trust": "4"}, "keep", AT)
    clock.move(minutes=20 if when == "after a rest" else 0)
    page = phone.send({**ONES, "comment": "what I wrote"}, "send", AT)
    assert when == "after a rest" or "asked in other words by now" in page.said
    world.now = clock.now()
    card = draft(world, couple)
    assert card.sent_at is None
    assert card.wording is CheckInWording.APART
    assert card.typed["trust"] == "4"
    assert list(map(tuple, card.left)) == [("comment", "what I wrote")]


def test_nor_by_saving_while_it_is_typed(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    typed = filled_in(phone.open(AT).form("/check-in"), {**ONES, "comment": "what I wrote"})
    now_live(world, couple, ContactLevel.NO_CONTACT)
    desk.open(AT)
    desk.send({"comment": ""}, "keep", AT)
    more = {**typed, "comment": ["what I wrote, and more"], "sent.0.comment": ["what I wrote"]}
    for sent_now in (typed, more):
        answer = phone.client.post(AUTO, data=sent_now, headers=QUIETLY)
        assert answer.status_code == 409
        assert "What you write is kept." in answer.get_json()["message"]
    card = draft(world, couple)
    assert not card.typed.get("repair")
    assert list(map(tuple, card.left)) == [("comment", "what I wrote, and more")]


def test_a_wording_that_there_is_not_asks_as_ever(
    world: World, couple: CoupleHere, ann: Browser
) -> None:
    assert ann.page is not None
    typed = {**filled_in(ann.page.form("/check-in"), ONES), "wording": ["made up"]}
    assert ann.client.post(AUTO, data=typed, headers=QUIETLY).status_code == 409
    assert draft(world, couple).wording is CheckInWording.TOGETHER
