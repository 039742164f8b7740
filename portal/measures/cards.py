"""Check-ins as one viewer may be shown them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from portal.measures.charts import Chart
from portal.measures.questions import CheckInText
from portal.measures.scoring import WELLBEING, Hint, Score, Week
from portal.people.cards import CoupleCard, OwnCoupleCard
from portal.vocabulary import CheckInWording, Seat


@dataclass(frozen=True)
class OwnWeek:
    """One week's numbers for the person they are about: never wellbeing, safety or a word."""

    week_on: date
    sent_at: datetime
    score: Score


def mark_of_left(key: str, text: str) -> str:
    """By which a page names words that stand beside a question."""
    return _mark([key, text])


def _mark(words: object) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class WritingCard:
    """The check-in that a partner writes now, with what they typed so far."""

    own: OwnCoupleCard
    zone: str
    week_on: date
    is_late: bool
    wording: CheckInWording
    text: CheckInText
    typed: Mapping[str, str]
    counts: Mapping[str, int]
    left: Sequence[Sequence[str]]
    saved_at: datetime | None
    sent_at: datetime | None
    unsent_before: bool
    is_on: bool

    @property
    def left_mark(self) -> str:
        """By which a page says which left words it showed; nothing where there were none."""
        return _mark([list(pair) for pair in self.left]) if self.left else ""

    @property
    def beside(self) -> dict[str, list[tuple[str, str]]]:
        """For each question what was also written to it: a mark by which it is put away, and the words."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, text in self.left:
            found.setdefault(key, []).append((mark_of_left(key, text), text))
        return found

    def is_week(self, named: str) -> bool:
        """Whether a page of the week that it names is taken here, and not counted for another."""
        return not named or named == self.week_on.isoformat()

    def asks_otherwise(self, drawn: str) -> bool:
        """Whether other questions are asked here than on the page that was drawn in this wording."""
        return bool(drawn) and drawn != self.wording.value


@dataclass(frozen=True)
class CheckInState:
    """For somebody's own week: whether they are asked, have sent, and may look back."""

    is_on: bool
    is_sent: bool


@dataclass(frozen=True)
class Typed:
    """What a page posts: what was typed, and how often each text had changed when it was drawn.

    Of what is chosen and not typed the page says which choice it was drawn with.
    """

    values: Mapping[str, str]
    counts: Mapping[str, int]
    left: Sequence[Sequence[str]] = ()
    drawn: Mapping[str, str] = field(default_factory=dict)
    earlier: Sequence[Mapping[str, str]] = ()
    wording: str = ""

    def has_sent(self, key: str, text: str) -> bool:
        """Whether this very page sent this before, and had no answer to it."""
        return any(sent[key] == text for sent in self.earlier if key in sent)


@dataclass(frozen=True)
class Kept:
    """What a saving left: the counts now, and what another place had changed meanwhile.

    A text of the other place is shown beside one's own; a choice that was made there stands.
    """

    counts: Mapping[str, int]
    other: Mapping[str, str]
    chosen: Mapping[str, str]
    has_moved: bool

    @property
    def marks(self) -> dict[str, str | int]:
        """What the page stands upon from now on: the counts of its texts, and its own choices."""
        return {**self.chosen, **self.counts}


@dataclass(frozen=True)
class PartRow:
    """One week in a table: a day, and a number for each column."""

    week_on: date
    cells: tuple[int | None, ...]


@dataclass(frozen=True)
class OwnCheckIns:
    """Somebody's own check-ins over time."""

    own: OwnCoupleCard
    is_on: bool
    is_asked_for_paper: bool
    weeks: tuple[OwnWeek, ...]
    chart: Chart | None
    columns: tuple[str, ...]
    rows: tuple[PartRow, ...]
    says_yes: bool
    says_yes_to_parts: bool
    said_at: datetime | None
    caution: str
    is_scored: bool


@dataclass(frozen=True)
class CheckInCard:
    """One sent check-in, whole, as the counsellor reads it; `asked` is the text of each line it asked."""

    id: UUID
    couple_id: UUID
    person_id: UUID
    name: str
    seat: Seat
    week_on: date
    sent_at: datetime
    wording: CheckInWording
    asked: Mapping[str, str]
    answers: Mapping[str, int | None]
    comment: str
    score: Score
    could_be_open: str = ""
    private_note: str = ""

    @property
    def wellbeing(self) -> int | None:
        """Own wellbeing from 0 to 100, as it is drawn and printed; it is in no total."""
        value = self.answers.get(WELLBEING)
        return None if value is None else value * 10

    @property
    def week(self) -> Week:
        """The same, as the house rules look at it."""
        return Week(self.answers, self.score, self.could_be_open, self.asked)


@dataclass(frozen=True)
class TotalCard:
    """One person's total of one week and its parts, and nothing else of it."""

    person_id: UUID
    week_on: date
    sent_at: datetime
    total: int | None
    parts: Mapping[str, int | None]


@dataclass(frozen=True)
class PersonHints:
    """What is worth a question, and what to look at first, for one of the two."""

    name: str
    seat: Seat
    look_first: tuple[Hint, ...]
    worth_asking: tuple[Hint, ...]


@dataclass(frozen=True)
class GapRow:
    """One item of the same week that both were asked in these words, with both answers and their distance."""

    key: str
    text: str
    a: int | None
    b: int | None

    @property
    def distance(self) -> int | None:
        """How far apart the two are; none where one of them gave no number."""
        return abs(self.a - self.b) if self.a is not None and self.b is not None else None


@dataclass(frozen=True)
class CouplePicture:
    """Both partners' check-ins for their counsellor."""

    couple: CoupleCard
    is_on: bool
    chart: Chart | None
    wellbeing: Chart | None
    check_ins: tuple[CheckInCard, ...]
    hints: tuple[PersonHints, ...]
    gap_week: date | None
    gaps: tuple[Hint, ...]
    gap_rows: tuple[GapRow, ...]
    labels: Mapping[str, str]
    caution: str
    waiting: frozenset[UUID]

    @property
    def to_look_at(self) -> int:
        """How many things want a look first."""
        return sum(len(one.look_first) for one in self.hints)


@dataclass(frozen=True)
class AnswerLine:
    """One line of a check-in in the words it was asked in, with the check-in before beside it.

    Only where that one asked the same, line for line; its numbers say something else otherwise.
    """

    text: str
    low: str
    high: str
    value: int | None
    before: int | None


@dataclass(frozen=True)
class ReadingCard:
    """One sent check-in on its own page, for who looks after the couple."""

    couple: CoupleCard
    check_in: CheckInCard
    lines: tuple[AnswerLine, ...]
    parts: tuple[tuple[str, int], ...]
    before_on: date | None
    look_first: tuple[Hint, ...]
    worth_asking: tuple[Hint, ...]
    labels: Mapping[str, str]
    caution: str
    comment_label: str
    private_label: str
    is_waiting: bool
