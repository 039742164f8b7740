"""The edges of the gates: two who are asked together, one who is alone, rules nobody knows."""

from dataclasses import dataclass, replace

from portal.policies.gates import (
    NEVER_ROLE,
    NOBODY_HERE,
    NOT_FOR_ROLE,
    NOT_JOINED,
    ROLE_NOT_SET,
    TOGETHER_ONLY,
    CoupleFacts,
    ExerciseFacts,
    SeatFacts,
    Verdict,
    speaks_solo,
    weigh,
)
from portal.vocabulary import ContactLevel, JointWork, Mode, PartnerRole, Stance

EVERYWHERE = {"together": "ok", "separated_contact": "ok", "no_contact": "ok", "one_partner": "ok"}
A = SeatFacts(takes_part=True, role=PartnerRole.HURT, stance=Stance.LEANING_IN)
B = replace(A, role=PartnerRole.INVOLVED)
AWAY = replace(B, takes_part=False)
TWO = CoupleFacts(ContactLevel.TOGETHER, JointWork.CLEAR, (A, B))
ONE = replace(TWO, seats=(A, AWAY))
ALONE = ExerciseFacts(Mode.INDIVIDUAL, False, PartnerRole.ANY, EVERYWHERE, (), ())
PAIRED = replace(ALONE, mode=Mode.PAIRED)


@dataclass(frozen=True)
class Rule:
    """A rule of a kind that the gates may or may not know."""

    rule: str
    contact_level: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()


def _told(exercise: ExerciseFacts, couple: CoupleFacts, *to: SeatFacts) -> tuple[str, ...]:
    return weigh(exercise, couple, to, (), lambda *_of: False).refused


def test_wording_for_one_is_only_for_one_or_for_two_apart() -> None:
    adapted = replace(ALONE, suits=EVERYWHERE | {"one_partner": "adapted"})
    apart = replace(TWO, contact=ContactLevel.NO_CONTACT)
    assert not speaks_solo(adapted, apart)
    assert speaks_solo(adapted, ONE)


def test_a_verdict_speaks_to_two_unless_it_says_otherwise() -> None:
    assert not Verdict().solo


def test_a_rule_of_another_room_is_passed_over() -> None:
    assert _told(replace(ALONE, rules=(Rule("never_release"),)), TWO, A) == ()


def test_one_of_one_is_not_told_that_it_is_for_both() -> None:
    assert TOGETHER_ONLY in _told(PAIRED, TWO, A)
    assert TOGETHER_ONLY not in _told(PAIRED, ONE, A)


def test_one_alone_is_never_clear() -> None:
    assert TWO.is_clear
    assert not ONE.is_clear


def test_what_one_of_the_two_may_not_have_neither_gets() -> None:
    never = replace(ALONE, rules=(Rule("never_with", role=("hurt_partner",)),))
    assert NEVER_ROLE in _told(never, TWO, A, B)
    assert NOT_FOR_ROLE in _told(replace(ALONE, for_role=PartnerRole.HURT), TWO, A, B)
    assert NOBODY_HERE in _told(ALONE, ONE, A, AWAY)
    assert NOT_JOINED in _told(PAIRED, TWO, A, replace(B, has_joined=False))


def test_where_no_role_is_set_what_helps_is_said_once() -> None:
    """Nobody is told that somebody is in a role in which nobody has put them."""
    unset = replace(A, role=PartnerRole.ANY)
    two, one = replace(TWO, seats=(unset, unset)), replace(ONE, seats=(unset, AWAY))
    never = Rule("never_with", role=("any", "hurt_partner"))
    letter = replace(ALONE, for_role=PartnerRole.INVOLVED, rules=(never,))
    assert _told(letter, two, unset) == (ROLE_NOT_SET,)
    assert _told(letter, two, unset, unset) == (ROLE_NOT_SET,)
    assert _told(letter, one, unset) == (ROLE_NOT_SET,)
    assert _told(replace(letter, rules=()), one, unset) == (ROLE_NOT_SET,)
    assert _told(replace(letter, for_role=PartnerRole.ANY), one, unset) == (ROLE_NOT_SET,)
    assert _told(letter, one, A) == (NOT_FOR_ROLE, NEVER_ROLE)
    assert _told(letter, two, B) == ()
    assert _told(letter, two, B, unset) == (ROLE_NOT_SET,)
