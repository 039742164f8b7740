"""The check-in's numbers: a conversation aid of our own, not a validated test.

Source: `check-in.yaml` of the catalogue, `scoring` and `reading_the_scores`. The marks of 10, 20
and 4 points are house rules that prompt a question; they are no reliable-change figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    """One sent check-in, as the house rules look at it: `asked` holds the text of each line it asked.

    Without that nothing of it was asked, and no line of it is compared.
    """

    answers: Answers
    score: Score
    could_be_open: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    def asks_as(self, other: "Week", *keys: str) -> bool:
        """Whether both asked these lines, each in the same words."""
        return all(key in self.asked and self.asked[key] == other.asked.get(key) for key in keys)


@dataclass(frozen=True)
class Hint:
    """Something to ask about: which rule, and what belongs to it.

    A line is named by the text it was asked in. Where a total stands beside one over other
    questions, `in_other_words` says so.
    """

    kind: str
    key: str = ""
    by: int = 0
    text: str = ""
    in_other_words: bool = False


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
    wellbeing of 3 or less; could not answer freely. What `variants` no longer ask is not left out.
    """
    if not weeks:
        return []
    now, found = weeks[-1], []
    safety, wellbeing = now.answers.get(SAFETY), now.answers.get(WELLBEING)
    if safety is not None and safety <= LOW_SAFETY:
        found.append(Hint("safety_low", by=safety))
    was_answered = any(week.answers.get(SAFETY) is not None for week in weeks[:-1])
    if SAFETY in now.asked and safety is None and was_answered:
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
    A line is compared only with the same line in the same words (`variants`).
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
        if not now.asks_as(before, key) or value is None or earlier is None:
            continue
        if earlier - value >= FELL:
            found.append(Hint("item_fell", key, earlier - value, now.asked[key]))
    other = before.asked != now.asked
    found += [
        Hint("against", key=key, in_other_words=other)
        for key in (WELLBEING, SAFETY)
        if now.asks_as(before, key) and _against(before, now, key)
    ]
    return found


def gaps(a: Week, b: Week, rules: ScoreRules) -> list[Hint]:
    """Where two people's numbers of the same week lie 20 points or more apart.

    Source: `worth_asking_about`: on the total or on any subscale.
    """
    pairs = [("total", rules.items, a.score.total, b.score.total)]
    pairs += [
        (part.key, part.items, a.score.parts.get(part.key), b.score.parts.get(part.key))
        for part in rules.subscales
    ]
    return [
        Hint("gap", key=key, by=abs(one - two), in_other_words=not a.asks_as(b, *items))
        for key, items, one, two in pairs
        if one is not None and two is not None and abs(one - two) >= APART
    ]


def _moved(kind: str, before: Week, now: Week) -> list[Hint]:
    one, two = before.score.total, now.score.total
    if one is None or two is None or abs(two - one) < MOVED:
        return []
    return [Hint(kind, by=two - one, in_other_words=before.asked != now.asked)]


def _against(before: Week, now: Week, key: str) -> bool:
    """Whether the total rose while this fell."""
    one, two = before.score.total, now.score.total
    was, is_now = before.answers.get(key), now.answers.get(key)
    rose = one is not None and two is not None and two > one
    return rose and was is not None and is_now is not None and is_now < was
