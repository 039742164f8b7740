"""Checks 29 and 30: a round opens once both have sent and said yes, by whom the couple chose."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import Node, as_map, doubles, text
from portal.exercises.catalogue.stories.holds import standing_stops
from portal.exercises.catalogue.stories.showing import shown_fields
from portal.exercises.catalogue.stories.story import (
    PARTNERS,
    Happening,
    Sent,
    Story,
    Work,
)


def check_openings(story: Story) -> Iterator[Fault]:
    """The openings and the consents of one sample."""
    for work in story.work:
        for check, key, reason in wrong_openings(story, work):
            yield Fault(check, story.path, key, reason)
        for sent in work.sent:
            for reason in wrong_consent(work, sent):
                yield Fault(29, story.path, f"{sent.key}.agrees_to_open", reason)


def wrong_openings(story: Story, work: Work) -> Iterator[tuple[int, str, str]]:
    """Openings that could not happen, and those that did and are not told."""
    openings = work.happenings("reveals")
    for twice in doubles([opening.round for opening in openings]):
        yield 29, f"{work.key}.reveals", f"opens round {twice} twice"
    for opening in openings:
        for reason in wrong_opening(story, work, opening):
            yield 29, opening.key, reason
        for reason in wrong_hand(story, work, opening):
            yield 30, opening.key, reason
    for number in missing_openings(story, work):
        yield 30, f"{work.key}.reveals", f"round {number} opened by itself and is not listed"


def wrong_opening(story: Story, work: Work, opening: Happening) -> Iterator[str]:
    """Why this round could not be open at that moment."""
    if not work.is_for_two:
        yield "opens individual work"
        return
    if not work.opening_fields():
        yield "opens an exercise that has nothing to open"
    halves = work.in_round(opening.round, opening.at)
    if len(halves) < len(work.writers) or not all(is_in(half, opening.at) for half in halves):
        yield "comes before both have sent"
    elif not all(says_yes(half) for half in halves):
        yield "has not the yes of both"
    if work.ended is not None and opening.at > work.ended:
        yield "comes after the work had ended"
    if story.status_at(opening.at) != "clear":
        yield "happens while the status is not clear"


def is_in(half: Sent, moment: int) -> bool:
    """Whether the counsellor had this half at a moment, and had not given it back."""
    returned = half.state == "returned" and half.read_at <= moment
    return half.is_sent and half.at <= moment and not returned


def says_yes(half: Sent) -> bool:
    """Whether whoever wrote this said yes to this opening; on a joint sheet both."""
    consent = half.node.get("agrees_to_open")
    if half.by == "couple":
        return all(as_map(consent).get(letter) is True for letter in PARTNERS)
    return consent is True


def wrong_consent(work: Work, sent: Sent) -> Iterator[str]:
    """Consent is there where it was asked, and nowhere else."""
    asked = bool(work.opening_fields()) and sent.is_sent
    if asked != ("agrees_to_open" in sent.node):
        yield "is missing" if asked else "was not asked"
    elif asked and not is_consent(work, sent.node["agrees_to_open"]):
        yield "is not the answer of everybody who was asked"


def is_consent(work: Work, consent: Node) -> bool:
    """Whether a consent has the form of a yes or no, for each who was asked."""
    if work.mode != "joint":
        return isinstance(consent, bool)
    values = as_map(consent)
    return set(values) == set(PARTNERS) and all(isinstance(v, bool) for v in values.values())


def wrong_hand(story: Story, work: Work, opening: Happening) -> Iterator[str]:
    """Why this hand could not open the round, or not at that moment (check 30)."""
    by, expected = text(opening.node.get("by")), opens_by(story, work)
    if by != expected:
        yield f"is opened by {by!r} where it is {expected!r}"
    elif by != "counsellor" and opening.at != last_sent(work, opening.round):
        yield "does not happen in the moment of sending"


def opens_by(story: Story, work: Work) -> str:
    """Who opens a round of this work."""
    if safety_of(work.exercise).get("hold_for_review") is True:
        return "counsellor"
    if work.mode == "joint":
        return "sent"
    return text(story.node.get("opening"))


def last_sent(work: Work, number: int) -> int:
    """The moment in which the last half of a round came in."""
    return max((half.at for half in work.in_round(number)), default=-1)


def missing_openings(story: Story, work: Work) -> Iterator[int]:
    """The rounds that opened by themselves, and of which nothing is told."""
    if not work.opening_fields() or opens_by(story, work) == "counsellor":
        return
    listed = {opening.round for opening in work.happenings("reveals")}
    for number in work.rounds():
        if number not in listed and opened_by_itself(story, work, number):
            yield number


def opened_by_itself(story: Story, work: Work, number: int) -> bool:
    """Whether everything was there that opens a round without a hand."""
    halves, moment = work.in_round(number), last_sent(work, number)
    if len(halves) < len(work.writers):
        return False
    if not all(is_in(half, moment) and says_yes(half) for half in halves):
        return False
    if story.status_at(moment) != "clear" or any(standing_stops(work, halves, None)):
        return False
    return any(has_answer_to_open(story, work, half) for half in halves)


def has_answer_to_open(story: Story, work: Work, half: Sent) -> bool:
    """Whether a half holds an answer that opens with its round."""
    opening = [field.get("key") for field in work.opening_fields()]
    shown = shown_fields(story, work, half)
    return any(f.get("key") in opening and text(f.get("key")) in half.answers for f in shown)
