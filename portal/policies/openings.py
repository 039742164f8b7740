"""When a round opens to both, one answer is released, or words go to both: everybody has a say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.policies.gates import CoupleFacts, RuleFacts
from portal.vocabulary import Audience, ConsentKind

NOT_BOTH_SENT = "Both have to send theirs first."
NOT_BOTH_YES = "Both have to say yes to this opening first."
NOT_CLEAR = "Nothing opens while the joint-work status is not clear, or without contact."
HELD = "You are holding this."
NOT_READ = "Read both first, then open it."
STOPPED = "An answer keeps this closed: ‘{field}’."
NEVER = "This exercise never opens to the partner."
NOTHING_TO_OPEN = "There is nothing in this round that opens."
ENDED = "This work has ended."
NOT_SENT = "Everybody whose answer this is has to send theirs first."
NO_YES = "Its writer has not said yes to this."
NOT_ON_RELEASE = "This answer is for the counsellor alone."
WORDS_ALONE = "Only one of them takes part; write to them alone."
WORDS_PARTED = (
    "These two have come apart, and nothing new comes to both. Write to each of them alone."
)
WORDS_APART = "Nothing comes to both while there is no contact. Write to each of them alone."
WORDS_HELD = (
    "Nothing comes to both while you hold everything between them. Write to each of them alone."
)
WORDS_NOT_CLEAR = (
    "Nothing comes to both while the joint-work status is not ‘clear’. Write to each of them alone."
)
NOT_THERE = "This was given before the other of the two joined, so it does not exist for them."

Answers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class HalfFacts:
    """One partner's half of a round."""

    sent: bool
    read: bool
    says_yes: bool


@dataclass(frozen=True)
class OpeningFacts:
    """What an opening or a release needs to know."""

    halves: tuple[HalfFacts, ...]
    is_clear: bool
    is_running: bool
    held: bool
    hold_for_review: bool
    opens_anything: bool
    rules: Sequence[RuleFacts]
    answers: Answers
    writers: int = 2
    labels: Mapping[str, str] = field(default_factory=dict)
    is_there_for_both: bool = True

    @property
    def both_sent(self) -> bool:
        """Whether both halves stand sent, none returned, taken back or declined."""
        return len(self.halves) == 2 and all(half.sent for half in self.halves)

    @property
    def all_sent(self) -> bool:
        """Whether everybody who was asked stands sent: one, or both."""
        return len(self.halves) == self.writers and all(half.sent for half in self.halves)


def may_open(
    facts: OpeningFacts, *, by_itself: bool, ticked: Sequence[str] = ()
) -> tuple[str, ...]:
    """Why this round cannot open now; nothing in the answer means that it may."""
    reasons = []
    if not facts.opens_anything:
        reasons.append(NOTHING_TO_OPEN)
    if not facts.is_running:
        reasons.append(ENDED)
    if not facts.both_sent:
        reasons.append(NOT_BOTH_SENT)
    elif not all(half.says_yes for half in facts.halves):
        reasons.append(NOT_BOTH_YES)
    return (*reasons, *_stopped(facts, by_itself=by_itself, field=None, ticked=ticked))


def asked_before_opening(facts: OpeningFacts) -> tuple[str, ...]:
    """The statements by which the counsellor may open a round in spite of an answer."""
    return tuple(tick for rule in facts.rules for tick in _ticks_away(facts, rule))


def _ticks_away(facts: OpeningFacts, rule: Any) -> tuple[str, ...]:
    """The statement that lets a round open although this rule keeps it closed, if it has one."""
    stops = rule.rule == "stop_release" and _stopped_by_rule(facts, rule, None, ())
    return (rule.or_tick,) if stops and rule.or_tick else ()


def may_release(
    facts: OpeningFacts, field: str, *, audience: Audience | None, yes: bool, ticked: Sequence[str]
) -> tuple[str, ...]:
    """Why this one answer cannot be released now; a yes counts only while its writer leaves it to a release."""
    reasons = [] if facts.is_running else [ENDED]
    if not facts.all_sent:
        reasons.append(NOT_SENT)
    if audience is not Audience.ON_RELEASE:
        reasons.append(NOT_ON_RELEASE)
    elif not yes:
        reasons.append(NO_YES)
    for rule in facts.rules:
        sentence = getattr(rule, "ask", "") if rule.rule == "confirm_release" else ""
        if sentence and sentence not in ticked:
            reasons.append(sentence)
    return (*reasons, *_stopped(facts, by_itself=False, field=field, ticked=ticked))


def why_no_words_to_both(couple: CoupleFacts) -> str:
    """Why the counsellor's words cannot go to both now; nothing where they may."""
    reasons = (
        (couple.is_alone, WORDS_ALONE),
        (couple.have_parted, WORDS_PARTED),
        (couple.is_apart, WORDS_APART),
        (not couple.is_clear, WORDS_NOT_CLEAR),
        (couple.is_held, WORDS_HELD),
    )
    return next((reason for stands, reason in reasons if stands), "")


def may_be_asked(
    kind: ConsentKind, *, was_asked: bool, sent_to: Audience | None, is_there_for_both: bool
) -> bool:
    """Whether a writer may say anew what they said of words that they sent.

    It hangs on what was sent, never on how the two stand meanwhile: so the page tells nothing of that.
    """
    if not was_asked or not is_there_for_both:
        return False
    return kind is ConsentKind.OPEN_ROUND or sent_to is Audience.ON_RELEASE


def _stopped(
    facts: OpeningFacts, *, by_itself: bool, field: str | None, ticked: Sequence[str]
) -> tuple[str, ...]:
    reasons = []
    if not facts.is_clear:
        reasons.append(NOT_CLEAR)
    if not facts.is_there_for_both:
        reasons.append(NOT_THERE)
    if facts.held:
        reasons.append(HELD)
    if facts.hold_for_review and (by_itself or not all(half.read for half in facts.halves)):
        reasons.append(NOT_READ)
    for rule in facts.rules:
        reasons += _stopped_by_rule(facts, rule, field, ticked)
    return tuple(reasons)


def _stopped_by_rule(
    facts: OpeningFacts, rule: Any, field: str | None, ticked: Sequence[str]
) -> list[str]:
    if rule.rule == "never_release":
        return [NEVER]
    if rule.rule != "stop_release" or (rule.or_tick and rule.or_tick in ticked):
        return []
    if rule.fields and field not in rule.fields:
        return []
    if any(_keeps_closed(rule, each) for each in facts.answers):
        return [STOPPED.format(field=facts.labels.get(rule.field, rule.field))]
    return []


def _keeps_closed(rule: Any, answers: Mapping[str, Any]) -> bool:
    """Whether one writer's answer keeps it closed; a missing answer does."""
    value = answers.get(rule.field)
    if value is None:
        return True
    if rule.below is not None:
        return bool(value < rule.below)
    if rule.among:
        return value in rule.among
    return not set(answers.get(f"{rule.field}:all", ())) <= set(value)
