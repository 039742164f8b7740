"""The check-in's numbers, against the catalogue's own sentences."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.measures import scoring
from portal.measures.queries import rules, text_of
from portal.measures.scoring import Hint, Week, gaps, look_first, score, worth_asking
from portal.vocabulary import CheckInWording
from tests.support.check_ins import EVERY

TOGETHER = CheckInWording.TOGETHER
ANSWERS = st.dictionaries(st.sampled_from(EVERY), st.none() | st.integers(0, 10))


def asked_in(wording: CheckInWording) -> dict[str, str]:
    return {item.key: item.text for item in text_of(wording).items}


def a_week(value: int = 6, could_be_open: str = "", **others: int | None) -> Week:
    answers = {**dict.fromkeys(EVERY, value), **others}
    asked = asked_in(TOGETHER)
    return Week(answers, score(answers, TOGETHER, rules()), could_be_open, asked)


def worded(wording: CheckInWording, value: int = 6, **others: int | None) -> Week:
    """A week in this wording: what it does not ask is not answered."""
    asked = asked_in(wording)
    answers = {**dict.fromkeys(asked, value), **others}
    return Week(answers, score(answers, wording, rules()), asked=asked)


@settings(deadline=None)
@given(ANSWERS)
def test_a_total_is_the_mean_of_what_was_answered_times_ten(
    answers: dict[str, int | None],
) -> None:
    """`scoring.total`: at least seven of ten answered; missing is never zero."""
    ten = rules().items
    known = [v for k in ten if (v := answers.get(k)) is not None]
    found = score(answers, TOGETHER, rules()).total
    if len(known) < 7:
        assert found is None
        return
    assert found is not None
    exact = Fraction(sum(known) * 10, len(known))
    assert 0 <= found <= 100
    assert abs(found - exact) <= Fraction(1, 2)
    assert found == exact or exact.denominator != 1


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 10), st.integers(0, 10))
def test_wellbeing_and_safety_are_in_no_score(
    answers: dict[str, int | None], wellbeing: int, safety: int
) -> None:
    with_both = {**answers, "wellbeing": wellbeing, "safety": safety}
    assert score(with_both, TOGETHER, rules()) == score(answers, TOGETHER, rules())
    assert not {"wellbeing", "safety"} & {k for part in rules().subscales for k in part.items}


@settings(deadline=None)
@given(ANSWERS)
def test_without_contact_nothing_is_scored(answers: dict[str, int | None]) -> None:
    """`scoring.total.no_contact`: not scored; wellbeing only."""
    found = score(answers, CheckInWording.NO_CONTACT, rules())
    assert found.total is None
    assert set(found.parts.values()) == {None}


@pytest.mark.parametrize(
    ("answered", "total"),
    [([10] * 10, 100), ([0] * 10, 0), ([5] * 7, 50), ([5] * 6, None), ([10, 0] * 4, 50)],
)
def test_totals_at_the_edges(answered: list[int], total: int | None) -> None:
    answers = dict(zip(rules().items, answered, strict=False))
    assert score(answers, TOGETHER, rules()).total == total


def test_halves_are_rounded_up() -> None:
    """Eight answers with a sum of 2 make 2.5."""
    assert (
        scoring.mean_of(dict(zip("abcdefgh", [2, 0, 0, 0, 0, 0, 0, 0], strict=True)), "abcdefgh", 7)
        == 3
    )


def test_parts_come_from_one_or_two_lines() -> None:
    found = score({"heard": 4, "repair": 7, "trust": 9}, TOGETHER, rules()).parts
    assert found == {
        "talking": 55,
        "trust_commitment": 90,
        "warmth": None,
        "together": None,
        "fair_shares": None,
    }


@pytest.mark.parametrize(
    ("weeks", "kinds"),
    [
        ([a_week(safety=8)], []),
        ([a_week(safety=7, wellbeing=4)], ["safety_low"]),
        ([a_week(8), a_week(8, safety=None)], ["safety_left_out"]),
        ([a_week(8, safety=None), a_week(8, safety=None)], []),
        ([a_week(8, wellbeing=3)], ["wellbeing_low"]),
        ([a_week(8, "worried")], ["not_free"]),
        ([a_week(8, "not_alone")], ["not_free"]),
        ([a_week(8, "mostly")], []),
        ([a_week(2), a_week(8)], []),
        ([], []),
    ],
)
def test_what_to_look_at_first(weeks: list[Week], kinds: list[str]) -> None:
    """`please_look_first`."""
    assert [hint.kind for hint in look_first(weeks)] == kinds


def test_safety_is_left_out_only_where_it_was_asked() -> None:
    """`please_look_first` and `variants`: without contact safety is not asked."""
    without = worded(CheckInWording.NO_CONTACT)
    assert look_first([a_week(8), without]) == []
    assert look_first([a_week(8), without, without]) == []
    asked_again = worded(CheckInWording.APART, 8, safety=None)
    assert look_first([a_week(8), without, asked_again]) == [Hint("safety_left_out")]


@pytest.mark.parametrize("now", [each for each in CheckInWording if each is not TOGETHER])
def test_a_line_is_compared_only_with_the_same_question(now: CheckInWording) -> None:
    """`worth_asking_about`: an item that falls is the same item in the same words."""
    before, asked = a_week(10), asked_in(now)
    week = worded(now, 10, **dict.fromkeys(asked, 2))
    fell = {hint.key for hint in worth_asking([before, week]) if hint.kind == "item_fell"}
    assert fell == {key for key in asked if asked[key] == asked_in(TOGETHER)[key]}
    assert "wellbeing" in fell
    assert "time" not in fell


def test_a_total_over_other_questions_says_so() -> None:
    """`worth_asking_about`: the total goes on, and it is said that it was asked in other words."""
    apart = [worded(CheckInWording.APART, each) for each in (7, 9)]
    assert worth_asking([a_week(5), apart[0]]) == [
        Hint("since_last", by=20, in_other_words=True),
    ]
    assert worth_asking([a_week(5), *apart]) == [
        Hint("since_last", by=20),
        Hint("since_start", by=40, in_other_words=True),
    ]
    risen = worth_asking([a_week(6), worded(CheckInWording.APART, 6, heard=9, wellbeing=5)])
    assert risen == [Hint("against", "wellbeing", in_other_words=True)]


def test_safety_in_other_words_has_not_fallen() -> None:
    risen = worded(CheckInWording.APART, 6, heard=9, safety=5)
    assert worth_asking([a_week(6), risen]) == []


def test_what_is_worth_asking_about() -> None:
    """`worth_asking_about`: 10 points, 4 points in one line, a rise against wellbeing or safety."""
    assert worth_asking([a_week(5), a_week(6)]) == [Hint("since_last", by=10)]
    assert worth_asking([a_week(5), a_week(5, trust=1)]) == [
        Hint("item_fell", "trust", 4, text=asked_in(TOGETHER)["trust"])
    ]
    assert worth_asking([a_week(5), a_week(5, trust=2)]) == []
    against = worth_asking([a_week(5), a_week(5, trust=6, wellbeing=4)])
    assert against == [Hint("against", "wellbeing")]
    slow = worth_asking([a_week(5), a_week(5, trust=8), a_week(6)])
    assert slow == [Hint("since_start", by=10)]
    assert worth_asking([a_week(5)]) == []


def test_a_gap_of_twenty_points_is_named() -> None:
    """`worth_asking_about`: on the total or on any subscale."""
    assert gaps(a_week(5), a_week(5, heard=9), rules()) == [Hint("gap", "talking", 20)]
    assert gaps(a_week(5), a_week(5, heard=8), rules()) == []
    assert Hint("gap", "total", 20) in gaps(a_week(4), a_week(6), rules())


def test_a_gap_between_other_questions_says_so() -> None:
    found = gaps(a_week(4), worded(CheckInWording.APART, 6), rules())
    same = {hint.key for hint in found if not hint.in_other_words}
    assert same == {"trust_commitment"}
    assert {hint.key for hint in found} == {"total", *(part.key for part in rules().subscales)}


@pytest.mark.parametrize("wording", list(CheckInWording))
def test_each_wording_asks_what_the_catalogue_says(wording: CheckInWording) -> None:
    """`variants`: without contact six lines are not asked, safety among them."""
    text = text_of(wording)
    keys = [item.key for item in text.items]
    alone = wording is CheckInWording.NO_CONTACT
    assert keys == (
        ["appreciation", "time", "fun", "home", "money", "wellbeing"] if alone else list(EVERY)
    )
    assert all(item.text and item.low and item.high for item in text.items)
    assert {i.key for i in text.items if not i.may_not_fit} == {"wellbeing", "safety"} & set(keys)
