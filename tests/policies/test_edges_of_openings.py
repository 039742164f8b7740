"""The edges of openings: which rule asks for a tick, which answers keep a round closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from portal.policies.openings import (
    HalfFacts,
    OpeningFacts,
    asked_before_opening,
    may_open,
    may_release,
)
from portal.vocabulary import Audience

ON_RELEASE = Audience.ON_RELEASE
ASK, TICK = "I asked about this.", "They agreed."
READ = HalfFacts(sent=True, read=True, says_yes=True)


@dataclass(frozen=True)
class Rule:
    """A typed rule as the catalogue gives it."""

    rule: str
    ask: str = ""
    field: str = "safe"
    fields: tuple[str, ...] = ()
    below: int | None = None
    among: tuple[str, ...] = ()
    or_tick: str = ""


def _facts(*rules: Rule, answers: tuple[Mapping[str, Any], ...] = ()) -> OpeningFacts:
    return OpeningFacts(
        halves=(READ, READ),
        is_clear=True,
        is_running=True,
        held=False,
        hold_for_review=True,
        opens_anything=True,
        rules=rules,
        answers=answers,
    )


def test_a_release_of_what_was_read_waits_for_nothing_more() -> None:
    assert may_release(_facts(), "letter", audience=ON_RELEASE, yes=True, ticked=()) == ()
    assert may_open(_facts(), by_itself=False) == ()
    assert may_open(_facts(), by_itself=True) != ()


def test_only_the_rule_about_releases_asks_before_a_release() -> None:
    stance = _facts(Rule("confirm_stance", ask=ASK))
    assert may_release(stance, "letter", audience=ON_RELEASE, yes=True, ticked=()) == ()
    asks = _facts(Rule("confirm_release", ask=ASK))
    assert may_release(asks, "letter", audience=ON_RELEASE, yes=True, ticked=()) == (ASK,)
    assert may_release(asks, "letter", audience=ON_RELEASE, yes=True, ticked=(ASK,)) == ()


def test_what_may_be_ticked_away_stops_until_it_is_ticked() -> None:
    stops = _facts(Rule("stop_release", below=5, or_tick=TICK), answers=({"safe": 2},))
    assert may_release(stops, "letter", audience=ON_RELEASE, yes=True, ticked=()) != ()
    assert may_release(stops, "letter", audience=ON_RELEASE, yes=True, ticked=(TICK,)) == ()


def test_a_round_opens_in_spite_of_an_answer_once_it_is_ticked() -> None:
    stops = _facts(Rule("stop_release", below=5, or_tick=TICK), answers=({"safe": 2},))
    assert asked_before_opening(stops) == (TICK,)
    assert may_open(stops, by_itself=False) != ()
    assert may_open(stops, by_itself=False, ticked=(ASK,)) != ()
    assert may_open(stops, by_itself=False, ticked=(TICK,)) == ()
    assert may_open(stops, by_itself=True) != ()


@pytest.mark.parametrize(
    "rule",
    [
        Rule("stop_release", below=5),
        Rule("stop_release", below=2, or_tick=TICK),
        Rule("stop_release", below=5, or_tick=TICK, fields=("letter",)),
        Rule("confirm_release", ask=ASK, or_tick=TICK),
    ],
)
def test_nothing_is_asked_where_no_answer_stops_or_none_can_be_ticked_away(rule: Rule) -> None:
    assert asked_before_opening(_facts(rule, answers=({"safe": 2},))) == ()


@pytest.mark.parametrize(("answer", "stops"), [("unsure", True), ("no", True), ("yes", False)])
def test_only_the_answers_that_are_named_keep_it_closed(answer: str, *, stops: bool) -> None:
    named = _facts(Rule("stop_release", among=("unsure", "no")), answers=({"safe": answer},))
    assert bool(may_open(named, by_itself=False)) is stops
