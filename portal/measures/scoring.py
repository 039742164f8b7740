"""The check-in's numbers: a conversation aid of our own, not a validated test.

Source: `check-in.yaml` of the catalogue, `scoring` and `reading_the_scores`. The marks of 10, 20
and 4 points are house rules that prompt a question; they are no reliable-change figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.measures.questions import ScoreRules
from portal.vocabulary import CheckInWording

MOVED, APART, FELL = 10, 20, 4
LOW_SAFETY, LOW_WELLBEING = 7, 3
NOT_FREE = ("not_alone", "worried")
WELLBEING, SAFETY = "wellbeing", "safety"

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Score:
    """One week's numbers; none where too little was answered to say anything."""

    total: int | None
    parts: Mapping[str, int | None]


@dataclass(frozen=True)
class Week:
    """One sent check-in, as the house rules look at it."""

    answers: Answers
    score: Score
    could_be_open: str = ""


@dataclass(frozen=True)
class Hint:
    """Something to ask about: which rule, and what belongs to it."""

    kind: str
    key: str = ""
    by: int = 0


def mean_of(answers: Answers, items: Sequence[str], minimum: int) -> int | None:
    """The mean of the answered items times ten, halves rounded up; none with too few answers.

    Source: `scoring.total.method`. What does not fit this week is missing and never a zero.
    """
    given = [value for key in items if (value := answers.get(key)) is not None]
    if len(given) < max(minimum, 1):
        return None
    return (20 * sum(given) + len(given)) // (2 * len(given))


def score(answers: Answers, wording: CheckInWording, rules: ScoreRules) -> Score:
    """Total and subscales from 0 to 100. Without contact nothing is scored (`no_contact`)."""
    if wording is CheckInWording.NO_CONTACT:
        return Score(None, {part.key: None for part in rules.subscales})
    parts = {part.key: mean_of(answers, part.items, part.minimum) for part in rules.subscales}
    return Score(mean_of(answers, rules.items, rules.minimum), parts)


def look_first(weeks: Sequence[Week]) -> list[Hint]:
    """What the counsellor is asked to look at first in somebody's newest check-in.

    Source: `please_look_first`: safety of 7 or less, or left out after being answered before;
    wellbeing of 3 or less; could not answer freely.
    """
    if not weeks:
        return []
    now, found = weeks[-1], []
    safety, wellbeing = now.answers.get(SAFETY), now.answers.get(WELLBEING)
    if safety is not None and safety <= LOW_SAFETY:
        found.append(Hint("safety_low", by=safety))
    if safety is None and any(week.answers.get(SAFETY) is not None for week in weeks[:-1]):
        found.append(Hint("safety_left_out"))
    if wellbeing is not None and wellbeing <= LOW_WELLBEING:
        found.append(Hint("wellbeing_low", by=wellbeing))
    if now.could_be_open in NOT_FREE:
        found.append(Hint("not_free", key=now.could_be_open))
    return found


def worth_asking(weeks: Sequence[Week]) -> list[Hint]:
    """What moved in one person's check-ins.

    Source: `worth_asking_about`: the total by 10 or more since the last check-in or since the
    start; an item down by 4 or more in a week; a total that rises while wellbeing or safety falls.
    """
    if len(weeks) < 2:
        return []
    before, now = weeks[-2], weeks[-1]
    found = [*_moved("since_last", before, now)]
    scored = [week for week in weeks if week.score.total is not None]
    if scored and scored[0] is not before:
        found += _moved("since_start", scored[0], now)
    for key, value in now.answers.items():
        earlier = before.answers.get(key)
        if value is not None and earlier is not None and earlier - value >= FELL:
            found.append(Hint("item_fell", key=key, by=earlier - value))
    found += [Hint("against", key=key) for key in (WELLBEING, SAFETY) if _against(before, now, key)]
    return found


def gaps(a: Score, b: Score) -> list[Hint]:
    """Where two people's numbers of the same week lie 20 points or more apart.

    Source: `worth_asking_about`: on the total or on any subscale.
    """
    pairs = [("total", a.total, b.total)]
    pairs += [(key, value, b.parts.get(key)) for key, value in a.parts.items()]
    return [
        Hint("gap", key=key, by=abs(one - two))
        for key, one, two in pairs
        if one is not None and two is not None and abs(one - two) >= APART
    ]


def _moved(kind: str, before: Week, now: Week) -> list[Hint]:
    one, two = before.score.total, now.score.total
    if one is None or two is None or abs(two - one) < MOVED:
        return []
    return [Hint(kind, by=two - one)]


def _against(before: Week, now: Week, key: str) -> bool:
    """Whether the total rose while this fell."""
    one, two = before.score.total, now.score.total
    was, is_now = before.answers.get(key), now.answers.get(key)
    rose = one is not None and two is not None and two > one
    return rose and was is not None and is_now is not None and is_now < was
