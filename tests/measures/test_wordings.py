"""The counsellor's pages when the wording of the check-in changes: each question is itself alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.care import service as care
from portal.measures.cards import CouplePicture, Typed
from portal.measures.picture import couple_picture, one_check_in
from portal.measures.queries import text_of
from portal.people.service import CoupleTerms
from portal.vocabulary import CheckInWording, ContactLevel, OpeningRule, Role
from tests.support.browser import Browser
from tests.support.check_ins import a_check_in, typed
from tests.support.world import CoupleHere, World

WEEK = timedelta(days=7)
LEFT_OUT = "Safety was left out this time"


def now_live(world: World, couple: CoupleHere, contact: ContactLevel) -> None:
    terms = CoupleTerms(contact=contact, opening_rule=OpeningRule.COUNSELLOR)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.change_terms(visit, couple.id, terms)


def without_contact(value: int) -> Typed:
    keys = [item.key for item in text_of(CheckInWording.NO_CONTACT).items]
    return Typed(dict.fromkeys(keys, str(value)), {})


def picture(world: World, couple: CoupleHere) -> CouplePicture:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return couple_picture(visit, couple.id, "en")


@pytest.mark.parametrize("contact", list(ContactLevel))
def test_each_line_is_named_by_the_question_that_was_asked(
    world: World,
    couple: CoupleHere,
    sit_down: Callable[..., Browser],
    contact: ContactLevel,
) -> None:
    now_live(world, couple, contact)
    wording = {
        ContactLevel.TOGETHER: CheckInWording.TOGETHER,
        ContactLevel.SEPARATED_CONTACT: CheckInWording.APART,
        ContactLevel.NO_CONTACT: CheckInWording.NO_CONTACT,
    }[contact]
    asked = {item.key: item.text for item in text_of(wording).items}
    (first, *more), last = asked, list(asked)[-1]
    numbers = {**dict.fromkeys(more, "8"), first: "9", last: ""}
    a_check_in(world, couple.a, Typed(numbers, {}))
    world.now += WEEK
    a_check_in(world, couple.a, Typed({**numbers, first: "2", more[0]: "1", more[1]: "none"}, {}))
    page = sit_down(couple.counsellor_id, Role.COUNSELLOR).open(f"/measures/{couple.id}")
    assert f"Down by 7 since the last check-in: ‘{asked[first]}’" in page.said
    assert f"Down by 7 since the last check-in: ‘{asked[more[0]]}’" in page.said
    week = page.soup.select("#each-h ~ details table")[0]
    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in week("tr")]
    answers = {**numbers, first: "2", more[0]: "1", more[1]: "does not fit", last: "no answer"}
    assert rows[1:] == [[text, answers[key]] for key, text in asked.items()]


def test_what_is_no_longer_asked_was_not_left_out(
    world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
) -> None:
    a_check_in(world, couple.a, typed(8))
    world.now += WEEK
    now_live(world, couple, ContactLevel.NO_CONTACT)
    sent = []
    for value in (8, 3):
        sent.append(a_check_in(world, couple.a, without_contact(value)))
        world.now += WEEK
    nadia = sit_down(couple.counsellor_id, Role.COUNSELLOR)
    for path in (f"/measures/{couple.id}", *(f"/review/check-ins/{each}" for each in sent)):
        assert LEFT_OUT not in nadia.open(path).said


def test_what_was_asked_and_left_out_is_still_said(
    world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
) -> None:
    a_check_in(world, couple.a, typed(8))
    world.now += WEEK
    now_live(world, couple, ContactLevel.SEPARATED_CONTACT)
    a_check_in(world, couple.a, typed(8, safety=""))
    page = sit_down(couple.counsellor_id, Role.COUNSELLOR).open(f"/measures/{couple.id}")
    assert LEFT_OUT in page.said


def test_a_number_before_stands_beside_the_same_question_alone(
    world: World, couple: CoupleHere
) -> None:
    first = a_check_in(world, couple.a, typed(9))
    world.now += WEEK
    second = a_check_in(world, couple.a, typed(8))
    world.now += WEEK
    now_live(world, couple, ContactLevel.NO_CONTACT)
    third = a_check_in(world, couple.a, without_contact(2))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        cards = [one_check_in(visit, each) for each in (first, second, third)]
    assert [{line.before for line in card.lines} for card in cards] == [{None}, {9}, {None}]
    assert [card.before_on is not None for card in cards] == [False, True, False]
    assert [hint.key for hint in cards[2].worth_asking] == ["wellbeing"]


@pytest.mark.parametrize("first", ["a", "b"])
def test_two_are_laid_side_by_side_only_where_both_were_asked_the_same(
    world: World, couple: CoupleHere, sit_down: Callable[..., Browser], first: str
) -> None:
    assert couple.b is not None
    one, other = (couple.a, couple.b) if first == "a" else (couple.b, couple.a)
    a_check_in(world, one, typed(8))
    now_live(world, couple, ContactLevel.SEPARATED_CONTACT)
    a_check_in(world, other, typed(2))
    found = picture(world, couple)
    assert {row.key for row in found.gap_rows} == {
        "repair",
        "trust",
        "money",
        "commitment",
        "wellbeing",
    }
    assert {hint.key for hint in found.gaps if not hint.in_other_words} == {"trust_commitment"}
    assert "total" in {hint.key for hint in found.gaps if hint.in_other_words}
    said = sit_down(couple.counsellor_id, Role.COUNSELLOR).open(f"/measures/{couple.id}").said
    asked = "The two of them were asked in different words."
    assert f"Relationship check-in: 60 points apart. {asked}" in said
    assert f"Trust and commitment: 60 points apart. {asked}" not in said
