"""The tables of openings: everybody has a say, and one missing yes keeps a round closed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from portal.policies.gates import CoupleFacts, SeatFacts
from portal.policies.openings import (
    ENDED,
    HELD,
    NEVER,
    NO_YES,
    NOT_BOTH_SENT,
    NOT_BOTH_YES,
    NOT_CLEAR,
    NOT_ON_RELEASE,
    NOT_READ,
    NOT_SENT,
    NOT_THERE,
    NOTHING_TO_OPEN,
    STOPPED,
    WORDS_ALONE,
    WORDS_APART,
    WORDS_HELD,
    WORDS_NOT_CLEAR,
    WORDS_PARTED,
    HalfFacts,
    OpeningFacts,
    asked_before_opening,
    may_be_asked,
    may_open,
    may_release,
    why_no_words_to_both,
)
from portal.vocabulary import Audience, ConsentKind, ContactLevel, JointWork, PartnerRole, Stance
from tests.support.tables import cases

ASKED = "Have you both talked about this in the room?"
ALL_SAFE = "I have read it, and it can be given."

ROUNDS = """
round                             | the counsellor opens | it opens by itself
everything is in place            | opens                | opens
one has not sent                  | sent                 | sent
one person alone                  | sent                 | sent
one has said no                   | yes                  | yes
both have said no                 | yes                  | yes
the counsellor holds it           | held                 | held
joint work is not clear           | clear                | clear
given before the other joined     | not there            | not there
the work has ended                | ended                | ended
nothing in it opens               | nothing              | nothing
waits for review, both read       | opens                | read
waits for review, one unread      | read                 | read
an exercise that never opens      | never                | never
an answer keeps it closed         | stopped              | stopped
the other's answer keeps it       | stopped              | stopped
a missing answer keeps it closed  | stopped              | stopped
the answers are high enough       | opens                | opens
one chose what keeps it closed    | stopped              | stopped
one left a box unticked           | stopped              | stopped
every box is ticked               | opens                | opens
"""

WORDS_TO_BOTH = """
couple            | clear, in contact | clear, no contact | not asked | individual only | paused
two take part     | go                | apart             | not clear | not clear       | not clear
everything held   | held              | apart             | not clear | not clear       | not clear
they have parted  | parted            | parted            | parted    | parted          | parted
one takes part    | alone             | alone             | alone     | alone           | alone
"""
BOTH = {
    "go": "",
    "apart": WORDS_APART,
    "held": WORDS_HELD,
    "parted": WORDS_PARTED,
    "alone": WORDS_ALONE,
    "not clear": WORDS_NOT_CLEAR,
}

RELEASES = """
answer                            | letter
everything is in place            | given
its writer has not said yes       | yes of its writer
one has not sent                  | not sent
one of two has not begun          | not sent
one writes alone                  | given
narrowed to the counsellor        | narrowed
nothing was answered there        | narrowed
the work has ended                | ended
the counsellor holds it           | held
joint work is not clear           | clear
given before the other joined     | not there
waits for review, one unread      | read
an exercise that never opens      | never
an answer keeps it closed         | stopped
an answer keeps another closed    | given
ticked in spite of the answer     | given
the sentence is not ticked        | asked
the sentence is ticked            | given
"""

STATEMENTS = """
round                             | is asked before it opens
everything is in place            | nothing
an answer keeps it closed         | nothing
an answer keeps another closed    | nothing
an exercise that never opens      | nothing
ticked in spite of the answer     | its statement
"""

# Rows are what was sent; whether joint work is ‘clear’ meanwhile is in no row, so it changes nothing.
ASKED_OF_THE_SENT = """
sent                              | to open the round | to release it | to show what matches
asked, for a release              | asked             | asked         | asked
asked, for both after both        | asked             | not asked     | not asked
asked, narrowed afterwards        | asked             | not asked     | not asked
asked, nothing was answered there | asked             | not asked     | not asked
never asked                       | not asked         | not asked     | not asked
given before the other joined     | not asked         | not asked     | not asked
"""

SAYS = {
    "sent": NOT_BOTH_SENT,
    "yes": NOT_BOTH_YES,
    "held": HELD,
    "clear": NOT_CLEAR,
    "ended": ENDED,
    "nothing": NOTHING_TO_OPEN,
    "read": NOT_READ,
    "never": NEVER,
    "stopped": STOPPED.format(field="safe"),
    "yes of its writer": NO_YES,
    "not sent": NOT_SENT,
    "asked": ASKED,
    "narrowed": NOT_ON_RELEASE,
    "not there": NOT_THERE,
}


@dataclass(frozen=True)
class Rule:
    """A typed rule as the catalogue gives it."""

    rule: str
    field: str = "safe"
    fields: tuple[str, ...] = ()
    below: int | None = None
    among: tuple[str, ...] = ()
    ask: str = ""
    or_tick: str = ""


HALF = HalfFacts(sent=True, read=True, says_yes=True)
HIGH: Mapping[str, Any] = {"safe": 8}
LOW: Mapping[str, Any] = {"safe": 2}
CLOSED_BELOW = Rule("stop_release", below=5)
CLOSED_AMONG = Rule("stop_release", among=("no",))
CLOSED_UNTICKED = Rule("stop_release")
PLAIN = OpeningFacts(
    halves=(HALF, HALF),
    is_clear=True,
    is_running=True,
    held=False,
    hold_for_review=False,
    opens_anything=True,
    rules=(),
    answers=(HIGH, HIGH),
)


def _with(*rules: Rule, answers: tuple[Mapping[str, Any], ...] = (HIGH, HIGH)) -> OpeningFacts:
    return replace(PLAIN, rules=rules, answers=answers)


FACTS = {
    "everything is in place": PLAIN,
    "one has not sent": replace(PLAIN, halves=(HALF, replace(HALF, sent=False))),
    "one person alone": replace(PLAIN, halves=(HALF,)),
    "one has said no": replace(PLAIN, halves=(HALF, replace(HALF, says_yes=False))),
    "both have said no": replace(PLAIN, halves=(replace(HALF, says_yes=False),) * 2),
    "the counsellor holds it": replace(PLAIN, held=True),
    "joint work is not clear": replace(PLAIN, is_clear=False),
    "given before the other joined": replace(PLAIN, is_there_for_both=False),
    "the work has ended": replace(PLAIN, is_running=False),
    "nothing in it opens": replace(PLAIN, opens_anything=False),
    "waits for review, both read": replace(PLAIN, hold_for_review=True),
    "waits for review, one unread": replace(
        PLAIN, hold_for_review=True, halves=(HALF, replace(HALF, read=False))
    ),
    "an exercise that never opens": _with(Rule("never_release")),
    "an answer keeps it closed": _with(CLOSED_BELOW, answers=(LOW, HIGH)),
    "the other's answer keeps it": _with(CLOSED_BELOW, answers=(HIGH, LOW)),
    "a missing answer keeps it closed": _with(CLOSED_BELOW, answers=(HIGH, {})),
    "the answers are high enough": _with(CLOSED_BELOW, answers=({"safe": 5}, HIGH)),
    "one chose what keeps it closed": _with(CLOSED_AMONG, answers=({"safe": "no"}, {"safe": "a"})),
    "one left a box unticked": _with(
        CLOSED_UNTICKED, answers=({"safe": ["a"], "safe:all": ["a", "b"]},) * 2
    ),
    "every box is ticked": _with(
        CLOSED_UNTICKED, answers=({"safe": ["a", "b"], "safe:all": ["a", "b"]},) * 2
    ),
    "its writer has not said yes": PLAIN,
    "one of two has not begun": replace(PLAIN, halves=(HALF,)),
    "narrowed to the counsellor": PLAIN,
    "nothing was answered there": PLAIN,
    "one writes alone": replace(PLAIN, halves=(HALF,), writers=1),
    "an answer keeps another closed": _with(
        replace(CLOSED_BELOW, fields=("another",)), answers=(LOW, LOW)
    ),
    "ticked in spite of the answer": _with(
        replace(CLOSED_BELOW, or_tick=ALL_SAFE), answers=(LOW, LOW)
    ),
    "the sentence is not ticked": _with(Rule("confirm_release", ask=ASKED)),
    "the sentence is ticked": _with(Rule("confirm_release", ask=ASKED)),
}
LEFT_TO = {"narrowed to the counsellor": Audience.COUNSELLOR, "nothing was answered there": None}
TICKED = {"the sentence is ticked": (ASKED,), "ticked in spite of the answer": (ALL_SAFE,)}


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(ROUNDS)))
def test_rounds(row: str, column: str, cell: str) -> None:
    reasons = may_open(FACTS[row], by_itself=column == "it opens by itself")
    assert reasons == (() if cell == "opens" else (SAYS[cell],))


@pytest.mark.parametrize(("row", "field", "cell"), list(cases(RELEASES)))
def test_releases(row: str, field: str, cell: str) -> None:
    yes = row != "its writer has not said yes"
    audience = LEFT_TO.get(row, Audience.ON_RELEASE)
    ticked = TICKED.get(row, ())
    reasons = may_release(FACTS[row], field, audience=audience, yes=yes, ticked=ticked)
    assert reasons == (() if cell == "given" else (SAYS[cell],))


@pytest.mark.parametrize(("row", "_column", "cell"), list(cases(STATEMENTS)))
def test_statements(row: str, _column: str, cell: str) -> None:
    asked = asked_before_opening(FACTS[row])
    assert asked == ((ALL_SAFE,) if cell == "its statement" else ())


KINDS = {
    "to open the round": ConsentKind.OPEN_ROUND,
    "to release it": ConsentKind.RELEASE_ANSWER,
    "to show what matches": ConsentKind.RELEASE_MATCHES,
}
SENT_TO = {
    "asked, for both after both": Audience.AFTER_BOTH,
    "asked, narrowed afterwards": Audience.COUNSELLOR,
    "asked, nothing was answered there": None,
}


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(ASKED_OF_THE_SENT)))
def test_asked_of_the_sent(row: str, column: str, cell: str) -> None:
    asked = may_be_asked(
        KINDS[column],
        was_asked=row != "never asked",
        sent_to=SENT_TO.get(row, Audience.ON_RELEASE),
        is_there_for_both=row != "given before the other joined",
    )
    assert asked is (cell == "asked")


def test_every_hindrance_is_told_at_once() -> None:
    facts = replace(PLAIN, held=True, is_clear=False, is_running=False, halves=(HALF,))
    assert may_open(facts, by_itself=False) == (ENDED, NOT_BOTH_SENT, NOT_CLEAR, HELD)


def test_every_state_of_the_facts_is_in_a_table() -> None:
    assert {row for table in (ROUNDS, RELEASES) for row, _, _ in cases(table)} == set(FACTS)


@pytest.mark.parametrize(("who", "how", "cell"), list(cases(WORDS_TO_BOTH)))
def test_words_of_the_counsellor_go_to_both(who: str, how: str, cell: str) -> None:
    taking_part = 1 if who == "one takes part" else 2
    seats = [SeatFacts(n < taking_part, PartnerRole.ANY, Stance.NOT_SET) for n in range(2)]
    contacts = [ContactLevel.NO_CONTACT]
    if how != "clear, no contact":
        contacts = [ContactLevel.TOGETHER, ContactLevel.SEPARATED_CONTACT]
    for contact in contacts:
        couple = CoupleFacts(
            contact,
            JointWork(how.split(",")[0].replace(" ", "_")),
            tuple(seats),
            is_held=who == "everything held",
            have_parted=who == "they have parted",
        )
        assert why_no_words_to_both(couple) == BOTH[cell]


def test_no_status_is_missing_from_the_table_of_words() -> None:
    told = {how.split(",")[0].replace(" ", "_") for _, how, _ in cases(WORDS_TO_BOTH)}
    assert told == {each.value for each in JointWork}
