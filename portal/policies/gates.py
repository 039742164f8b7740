"""Whether an exercise may be given: contact, joint work, roles, stances and its own rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from portal.vocabulary import ContactLevel, JointWork, Mode, PartnerRole, Stance

NEEDS_CLEAR = "This needs the joint-work status ‘clear’. Ask each partner alone first, then set it."
PAUSED = "Joint work is paused for this couple, and so are new assignments."
NOT_FOR_CONTACT = "This exercise is not meant for the contact that these two have now."
NOT_FOR_ONE = "This exercise needs both partners to take part."
NOT_FOR_ROLE = "This exercise is written for the partner in the other role."
NEVER_CONTACT = "This exercise is never given at this contact level."
NEVER_ROLE = "This exercise is never given to the partner in this role."
ROLE_NOT_SET = "This exercise depends on a role that is not set yet. Set it in their file first."
NEVER_STANCE = "One partner has asked for distance, so this exercise is not offered now."
HAVE_PARTED = "These two have come apart. Work of one person goes on; shared work does not."
TOGETHER_ONLY = "This exercise is for both of them, not for one."
NOBODY_HERE = "Choose who should get this."
NOT_JOINED = "They have not joined yet. What is given before somebody joins does not reach them."
PROGRAMME_CONTACT = "This programme is not meant for the contact that these two have now."
PROGRAMME_FOR_TWO = "This programme needs both partners to take part."
PROGRAMME_FOR_ONE = "This programme is for somebody who comes alone."


class RuleFacts(Protocol):
    """A typed rule of the catalogue; its other attributes are those of its kind."""

    @property
    def rule(self) -> str: ...


@dataclass(frozen=True)
class SeatFacts:
    """What the gates need to know of one partner."""

    takes_part: bool
    role: PartnerRole
    stance: Stance
    has_joined: bool = True


@dataclass(frozen=True)
class CoupleFacts:
    """What the gates need to know of a couple at this moment."""

    contact: ContactLevel
    joint_work: JointWork
    seats: tuple[SeatFacts, ...]
    is_held: bool = False
    have_parted: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether only one person takes part."""
        return sum(seat.takes_part for seat in self.seats) < 2

    @property
    def is_apart(self) -> bool:
        """Whether there is no contact, by choice or by order."""
        return self.contact is ContactLevel.NO_CONTACT

    @property
    def is_clear(self) -> bool:
        """Whether anything may open from one to the other."""
        here = sum(seat.takes_part for seat in self.seats)
        return may_share(self.contact, self.joint_work, here, have_parted=self.have_parted)


@dataclass(frozen=True)
class ExerciseFacts:
    """What the gates need to know of an exercise."""

    mode: Mode
    requires_clear: bool
    for_role: PartnerRole
    suits: Mapping[str, str]
    rules: Sequence[RuleFacts]
    confirm: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Refused for these reasons, or fine once these sentences are ticked."""

    refused: tuple[str, ...] = ()
    to_tick: tuple[str, ...] = ()
    solo: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be given now."""
        return bool(self.refused)


Done = Callable[[str, PartnerRole, str], bool]


@dataclass(frozen=True)
class Case:
    """One giving: to whom, in which couple, in which wording, after what."""

    couple: CoupleFacts
    to: tuple[SeatFacts, ...]
    solo: bool
    done: Done


def may_share(
    contact: ContactLevel, joint_work: JointWork, taking_part: int, *, have_parted: bool
) -> bool:
    """Whether anything may pass from one of two to the other: the one meaning of ‘clear’."""
    apart = contact is ContactLevel.NO_CONTACT or have_parted
    together = not apart and taking_part == 2
    return joint_work is JointWork.CLEAR and together


def may_be_offered(
    mode: Mode, contact: ContactLevel, joint_work: JointWork, told: JointWork, *, have_parted: bool
) -> bool:
    """Whether a writer is offered to let the other of two read an answer.

    On work of one person ‘clear’ plays no part: nobody is told whether it holds, so that the choice beside a
    box must not tell it either. On work of each for both it ends when the two are told, and not at the second
    at which it ran out. Whether anything opens is asked when it is opened or released; on one sheet for two
    writing is sharing, so that it is asked at once.
    """
    knows = {Mode.INDIVIDUAL: JointWork.CLEAR, Mode.PAIRED: told, Mode.JOINT: joint_work}
    return may_share(contact, knows[mode], 2, have_parted=have_parted)


def speaks_solo(exercise: ExerciseFacts, couple: CoupleFacts) -> bool:
    """Whether the wording for one person alone is used."""
    rows = [exercise.suits.get(couple.contact.value, "never")]
    if couple.is_alone:
        rows.append(exercise.suits.get("one_partner", "never"))
    return (couple.is_alone or couple.is_apart) and "adapted" in rows


def weigh(
    exercise: ExerciseFacts,
    couple: CoupleFacts,
    to: Sequence[SeatFacts],
    solo_confirm: tuple[str, ...],
    done: Done,
) -> Verdict:
    """Whether this exercise may be given to these people now, always with the reason."""
    case = Case(couple, tuple(to), speaks_solo(exercise, couple), done)
    refused = [*_refused_by_people(exercise, case), *_refused_by_mode(exercise, case)]
    to_tick = list(solo_confirm if case.solo else exercise.confirm)
    for rule in exercise.rules:
        weigh_rule = _BY_RULE.get(rule.rule)
        if weigh_rule is not None:
            no, ask = weigh_rule(rule, case)
            refused += no
            to_tick += ask
    return Verdict(tuple(dict.fromkeys(refused)), tuple(dict.fromkeys(to_tick)), case.solo)


def weigh_programme(
    contact_levels: Sequence[str], couple: CoupleFacts, *, for_one: bool
) -> tuple[str, ...]:
    """Why a programme is not for this couple now; each step is weighed again when it is given."""
    refused = []
    if couple.contact.value not in contact_levels:
        refused.append(PROGRAMME_CONTACT)
    if for_one and not couple.is_alone:
        refused.append(PROGRAMME_FOR_ONE)
    if couple.is_alone and not for_one:
        refused.append(PROGRAMME_FOR_TWO)
    return tuple(refused)


def _refused_by_people(exercise: ExerciseFacts, case: Case) -> list[str]:
    couple, to = case.couple, case.to
    refused = []
    if not to or not all(seat.takes_part for seat in to):
        refused.append(NOBODY_HERE)
    elif not all(seat.has_joined for seat in to):
        refused.append(NOT_JOINED)
    if couple.joint_work is JointWork.PAUSED:
        refused.append(PAUSED)
    if exercise.suits.get(couple.contact.value, "never") == "never":
        refused.append(NOT_FOR_CONTACT)
    if couple.is_alone and exercise.suits.get("one_partner", "never") == "never":
        refused.append(NOT_FOR_ONE)
    if exercise.for_role is not PartnerRole.ANY:
        others = [seat for seat in to if seat.role is not exercise.for_role]
        refused += [_role_reason(seat, NOT_FOR_ROLE) for seat in others]
    return refused


def _role_reason(seat: SeatFacts, no: str) -> str:
    """Why somebody's role does not fit; where none is set, what helps."""
    return ROLE_NOT_SET if seat.role is PartnerRole.ANY else no


def _refused_by_mode(exercise: ExerciseFacts, case: Case) -> list[str]:
    if case.solo:
        return []
    refused = []
    together = exercise.mode is not Mode.INDIVIDUAL
    if together and len(case.to) < 2 and not case.couple.is_alone:
        refused.append(TOGETHER_ONLY)
    if together and case.couple.have_parted:
        refused.append(HAVE_PARTED)
    elif (exercise.requires_clear or together) and not case.couple.is_clear:
        refused.append(NEEDS_CLEAR)
    return refused


Weighed = tuple[list[str], list[str]]


def _never_with(rule: Any, case: Case) -> Weighed:
    refused = []
    if case.couple.contact.value in rule.contact_level:
        refused.append(NEVER_CONTACT)
    never = [seat for seat in case.to if seat.role.value in rule.role]
    refused += [_role_reason(seat, NEVER_ROLE) for seat in never]
    if any(seat.stance.value in rule.stance for seat in case.couple.seats):
        refused.append(NEVER_STANCE)
    return refused, []


def _confirm_stance(rule: Any, case: Case) -> Weighed:
    asked = {*rule.stance, Stance.NOT_SET.value}
    touched = any(seat.stance.value in asked for seat in case.couple.seats)
    return [], [rule.ask] if touched and not case.solo else []


def _needs_before(rule: Any, case: Case) -> Weighed:
    if case.solo or case.done(rule.exercise, PartnerRole(rule.by), rule.state):
        return [], []
    return [], [rule.or_tick]


_BY_RULE: Mapping[str, Callable[[Any, Case], Weighed]] = {
    "never_with": _never_with,
    "confirm_stance": _confirm_stance,
    "needs_before": _needs_before,
}
