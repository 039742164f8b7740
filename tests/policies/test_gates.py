"""The tables of gates: what may be given to whom, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from portal.policies.gates import (
    HAVE_PARTED,
    NEEDS_CLEAR,
    NEVER_CONTACT,
    NEVER_ROLE,
    NEVER_STANCE,
    NOBODY_HERE,
    NOT_FOR_CONTACT,
    NOT_FOR_ONE,
    NOT_FOR_ROLE,
    NOT_JOINED,
    PAUSED,
    TOGETHER_ONLY,
    CoupleFacts,
    ExerciseFacts,
    SeatFacts,
    may_be_offered,
    may_share,
    speaks_solo,
    weigh,
)
from portal.vocabulary import ContactLevel, JointWork, Mode, PartnerRole, Stance
from tests.support.tables import cases

CONFIRM, SOLO_CONFIRM, ASK, TICK = "Both know.", "They know.", "I asked about this.", "Not needed."

# Rows are what is given; columns the couple's contact and joint-work status.
GIVEN = """
given                    | together, clear | separated_contact, clear | no_contact, clear | together, not_asked | together, individual_only | together, paused
alone, to one            | fine            | fine                     | fine              | fine                | fine                      | paused
alone, needs clear       | fine            | fine                     | clear             | clear               | clear                     | paused, clear
paired, to both          | fine            | fine                     | clear             | clear               | clear                     | paused, clear
paired, to one           | together        | together                 | together, clear   | together, clear     | together, clear           | paused, together, clear
joint, to both           | fine            | fine                     | clear             | clear               | clear                     | paused, clear
not for those together   | contact         | fine                     | fine              | contact             | contact                   | paused, contact
to nobody                | nobody          | nobody                   | nobody            | nobody              | nobody                    | nobody, paused
to who has not joined    | not joined      | not joined               | not joined        | not joined          | not joined                | not joined, paused
"""

# One takes part, the other only has a name.
TO_ONE_OF_ONE = """
given                    | together, not_asked | no_contact, not_asked
for one, as it is        | fine                | fine
for one, adapted         | solo                | solo
for two only             | one                 | one
to who takes no part     | nobody              | nobody
"""

# Whether anything may pass from one to the other: one meaning of ‘clear’, wherever it is asked.
SHARING = """
these two                     | together, clear | separated_contact, clear | no_contact, clear | together, not_asked | together, individual_only | together, paused
both take part                | shares          | shares                   | nothing           | nothing             | nothing                   | nothing
one takes part, one is named  | nothing         | nothing                  | nothing           | nothing             | nothing                   | nothing
one, and nobody is named      | nothing         | nothing                  | nothing           | nothing             | nothing                   | nothing
have come apart               | nothing         | nothing                  | nothing           | nothing             | nothing                   | nothing
"""

RULES = """
rule                            | told
never with this contact         | never contact
never with another contact      | fine
never to this role              | never role
never to the other role         | fine
never with a stance of the other | never stance
written for the other role      | role
written for this role           | fine
leaning asks first              | asks
leaning is not known            | asks
leaning is another              | fine
another has to come first       | ticks
another came first              | fine
"""

SAYS = {
    "paused": PAUSED,
    "clear": NEEDS_CLEAR,
    "together": TOGETHER_ONLY,
    "contact": NOT_FOR_CONTACT,
    "nobody": NOBODY_HERE,
    "not joined": NOT_JOINED,
    "one": NOT_FOR_ONE,
    "role": NOT_FOR_ROLE,
    "never contact": NEVER_CONTACT,
    "never role": NEVER_ROLE,
    "never stance": NEVER_STANCE,
}
EVERYWHERE = {"together": "ok", "separated_contact": "ok", "no_contact": "ok", "one_partner": "ok"}
ADAPTED = EVERYWHERE | {"one_partner": "adapted"}
A = SeatFacts(takes_part=True, role=PartnerRole.HURT, stance=Stance.LEANING_IN)
B = SeatFacts(takes_part=True, role=PartnerRole.INVOLVED, stance=Stance.WANTS_DISTANCE)
AWAY = replace(B, takes_part=False)
INVITED = replace(A, has_joined=False)
ALONE = ExerciseFacts(Mode.INDIVIDUAL, False, PartnerRole.ANY, EVERYWHERE, (), (CONFIRM,))
PAIRED = replace(ALONE, mode=Mode.PAIRED)


@dataclass(frozen=True)
class Rule:
    """A typed rule as the catalogue gives it."""

    rule: str
    contact_level: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    ask: str = ASK
    exercise: str = "name-the-issues"
    by: str = "any"
    state: str = "sent"
    or_tick: str = TICK


def _with(rule: Rule) -> ExerciseFacts:
    return replace(ALONE, rules=(rule,))


GIVINGS: Mapping[str, tuple[ExerciseFacts, tuple[SeatFacts, ...]]] = {
    "alone, to one": (ALONE, (A,)),
    "alone, needs clear": (replace(ALONE, requires_clear=True), (A,)),
    "paired, to both": (PAIRED, (A, B)),
    "paired, to one": (PAIRED, (A,)),
    "joint, to both": (replace(ALONE, mode=Mode.JOINT), (A, B)),
    "not for those together": (replace(ALONE, suits=EVERYWHERE | {"together": "never"}), (A,)),
    "to nobody": (ALONE, ()),
    "for one, as it is": (ALONE, (A,)),
    "for one, adapted": (replace(PAIRED, suits=ADAPTED), (A,)),
    "for two only": (replace(ALONE, suits=EVERYWHERE | {"one_partner": "never"}), (A,)),
    "to who takes no part": (ALONE, (AWAY,)),
    "to who has not joined": (ALONE, (INVITED,)),
    "never with this contact": (_with(Rule("never_with", contact_level=("together",))), (A,)),
    "never with another contact": (_with(Rule("never_with", contact_level=("no_contact",))), (A,)),
    "never to this role": (_with(Rule("never_with", role=("hurt_partner",))), (A,)),
    "never to the other role": (_with(Rule("never_with", role=("involved_partner",))), (A,)),
    "never with a stance of the other": (
        _with(Rule("never_with", stance=("wants_distance",))),
        (A,),
    ),
    "written for the other role": (replace(ALONE, for_role=PartnerRole.INVOLVED), (A,)),
    "written for this role": (replace(ALONE, for_role=PartnerRole.HURT), (A,)),
    "leaning asks first": (_with(Rule("confirm_stance", stance=("wants_distance",))), (A,)),
    "leaning is not known": (
        _with(Rule("confirm_stance", stance=("leaning_out",))),
        (replace(A, stance=Stance.NOT_SET),),
    ),
    "leaning is another": (_with(Rule("confirm_stance", stance=("leaning_out",))), (A,)),
    "another has to come first": (_with(Rule("needs_before")), (A,)),
    "another came first": (_with(Rule("needs_before")), (A,)),
}


def _couple(column: str, *seats: SeatFacts) -> CoupleFacts:
    contact, _, status = column.partition(", ")
    return CoupleFacts(ContactLevel(contact), JointWork(status), seats)


def _refusals(cell: str) -> tuple[str, ...]:
    return () if cell in ("fine", "solo") else tuple(SAYS[word] for word in cell.split(", "))


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(GIVEN)))
def test_a_couple_of_two(row: str, column: str, cell: str) -> None:
    exercise, to = GIVINGS[row]
    verdict = weigh(exercise, _couple(column, A, B), to, (SOLO_CONFIRM,), lambda *_: False)
    assert verdict.refused == _refusals(cell)
    assert verdict.is_refused is (cell != "fine")
    assert verdict.to_tick == (CONFIRM,)


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(TO_ONE_OF_ONE)))
def test_a_couple_of_one(row: str, column: str, cell: str) -> None:
    exercise, to = GIVINGS[row]
    couple = _couple(column, A, AWAY)
    verdict = weigh(exercise, couple, to, (SOLO_CONFIRM,), lambda *_: False)
    assert verdict.refused == _refusals(cell)
    assert verdict.solo is speaks_solo(exercise, couple) is (cell == "solo")
    assert verdict.to_tick == ((SOLO_CONFIRM,) if cell == "solo" else (CONFIRM,))


@pytest.mark.parametrize(("row", "_column", "cell"), list(cases(RULES)))
def test_rules(row: str, _column: str, cell: str) -> None:
    exercise, to = GIVINGS[row]
    couple = CoupleFacts(
        ContactLevel.TOGETHER, JointWork.CLEAR, (*to, B) if to[0] is not A else (A, B)
    )
    came_first = row == "another came first"
    verdict = weigh(exercise, couple, to, (SOLO_CONFIRM,), lambda *_: came_first)
    more = {"asks": (ASK,), "ticks": (TICK,)}.get(cell, ())
    assert verdict.refused == (_refusals(cell) if not more else ())
    assert verdict.to_tick == (CONFIRM, *more)


PAIRS: Mapping[str, tuple[SeatFacts, ...]] = {
    "one takes part, one is named": (A, AWAY),
    "one, and nobody is named": (A,),
}


# On work of one, what is offered beside a box tells nothing of ‘clear’, which nobody is told of.
OFFERED = """
work             | together, clear | separated_contact, clear | no_contact, clear | together, not_asked | together, individual_only | together, paused
individual       | offered         | offered                  | no                | offered             | offered                   | offered
paired           | offered         | offered                  | no                | until told          | until told                | until told
joint            | offered         | offered                  | no                | no                  | no                        | no
"""


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(OFFERED)))
def test_what_is_offered(row: str, column: str, cell: str) -> None:
    couple = _couple(column, A, B)
    at = Mode(row), couple.contact, couple.joint_work
    told = {
        couple.joint_work: cell == "offered",
        JointWork.CLEAR: cell in ("offered", "until told"),
    }
    for known, is_offered in told.items():
        assert may_be_offered(*at, known, have_parted=False) is is_offered
        assert not may_be_offered(*at, known, have_parted=True)


@pytest.mark.parametrize(("row", "column", "cell"), list(cases(SHARING)))
def test_sharing(row: str, column: str, cell: str) -> None:
    have_parted = row == "have come apart"
    couple = replace(_couple(column, *PAIRS.get(row, (A, B))), have_parted=have_parted)
    here = sum(seat.takes_part for seat in couple.seats)
    asked = may_share(couple.contact, couple.joint_work, here, have_parted=have_parted)
    assert asked is couple.is_clear is (cell == "shares")


def test_two_who_have_parted_share_nothing_and_work_alone_goes_on() -> None:
    couple = replace(_couple("together, clear", A, B), have_parted=True)
    assert not couple.is_clear
    together = weigh(PAIRED, couple, (A, B), (), lambda *_: False)
    assert together.refused == (HAVE_PARTED,)
    assert not weigh(ALONE, couple, (A,), (), lambda *_: False).is_refused


def test_every_giving_is_in_a_table() -> None:
    rows = {row for table in (GIVEN, TO_ONE_OF_ONE, RULES) for row, _, _ in cases(table)}
    assert rows == set(GIVINGS)
