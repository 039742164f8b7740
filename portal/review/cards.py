"""The counsellor's reading: what waits, and what was written back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.homework.cards import TaskCard
from portal.measures.cards import ReadingCard
from portal.measures.charts import Chart
from portal.people.cards import CoupleCard
from portal.reflections.cards import ReflectionCard
from portal.review.highlights import Marked
from portal.vocabulary import Audience, Pocket, ReflectionState, Seat


@dataclass(frozen=True)
class QueueCard:
    """One round or one weekly check-in that waits to be read."""

    id: UUID
    couple_id: UUID
    couple_title: str
    time_zone: str
    title: str
    number: int
    of: int
    waiting: tuple[str, ...]
    since: datetime
    looks_first: bool
    has_phrases: bool = False
    session_at: datetime | None = None
    week_on: date | None = None
    asks_for_a_look: bool = False

    @property
    def is_check_in(self) -> bool:
        """Whether it is a weekly check-in, which is of one person and one week."""
        return self.week_on is not None

    @property
    def rank(self) -> tuple[int, datetime, UUID]:
        """Who could not answer freely comes first, then what to look at, then the oldest."""
        wants_a_look = self.has_phrases or self.asks_for_a_look
        first = 0 if self.looks_first else 1 if wants_a_look else 2
        return (first, self.since, self.id)


@dataclass(frozen=True)
class CheckInReading:
    """One weekly check-in laid out for reading, with the phrases in its words named."""

    card: ReadingCard
    comment: Marked
    private_note: Marked

    @property
    def has_marks(self) -> bool:
        """Whether any phrase of the list stands on this page."""
        return bool(self.comment.groups or self.private_note.groups)


@dataclass(frozen=True)
class FeedbackCard:
    """What the counsellor wrote back, for somebody who may read it."""

    id: UUID
    round_id: UUID
    pocket: Pocket
    text: str
    written_at: datetime
    released_at: datetime | None

    @property
    def mark(self) -> str:
        """By which a page says what it showed, so that another hand's change is not written over."""
        return mark_of(self.pocket, self.text)


def mark_of(pocket: Pocket, text: str) -> str:
    """A short mark of some words and of whom they are to, that changes with either."""
    return hashlib.sha256(f"{pocket.value} {text}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class SideCard:
    """One person's side of a question: the answer, who may read it, and its release."""

    seat: Seat
    name: str
    part_id: UUID | None = None
    has_sent: bool = False
    audience: Audience | None = None
    shown: Marked | None = None
    number: int | None = None
    is_released: bool = False
    may_be_released: bool = False


@dataclass(frozen=True)
class GapLine:
    """One row of a table in which both gave a number."""

    label: str
    column: str
    a: int
    b: int

    @property
    def distance(self) -> int:
        """How far apart the two numbers are."""
        return abs(self.a - self.b)


@dataclass(frozen=True)
class PairLine:
    """One question with both answers beside each other."""

    key: str
    label: str
    audience: Audience
    a: Shown | None
    b: Shown | None
    distance: int | None
    reads_first: bool
    sides: tuple[SideCard, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    asks: tuple[str, ...] = ()
    together: Marked | None = None
    hands: tuple[tuple[str, Seat], ...] = ()


@dataclass(frozen=True)
class PrivateLine:
    """Something that one of the two meant for the counsellor alone."""

    seat: Seat
    name: str
    label: str
    shown: Marked
    sent_at: datetime
    promise: str = ""


@dataclass(frozen=True)
class PersonLine:
    """How far one of the two is with this round; the counsellor's eyes only."""

    seat: Seat
    name: str
    state: ReflectionState | None


@dataclass(frozen=True)
class ReviewCard:
    """One round laid out for reading."""

    task: TaskCard
    couple: CoupleCard
    people: tuple[PersonLine, ...]
    parts: tuple[ReflectionCard, ...]
    lines: tuple[PairLine, ...]
    private: tuple[PrivateLine, ...]
    feedback: tuple[FeedbackCard, ...]
    is_open: bool
    can_open: bool
    waits_for: tuple[str, ...]
    asks: tuple[str, ...]
    not_to_both: str
    no_way_on: Mapping[UUID, str]  # by part: why nobody could go on with it

    @property
    def waiting(self) -> tuple[ReflectionCard, ...]:
        """The parts of which anything is not yet marked as read."""
        found = {p.id: p for p in self.parts if self.is_sent(p) or self.unread_in(p)}
        return tuple(found.values())  # a sheet for two is marked once

    @staticmethod
    def is_sent(part: ReflectionCard) -> bool:
        """Whether it was sent and nobody has marked it as read."""
        return part.state is ReflectionState.SUBMITTED

    def unread_in(self, part: ReflectionCard) -> tuple[str, ...]:
        """The words for the counsellor alone in this piece, either person's on a sheet, that wait to be read."""
        return tuple(
            card.mark for p in self.parts if p.id == part.id for card in p.private if card.waits
        )

    @property
    def waits(self) -> tuple[str, ...]:
        """Everything on this page that waits, by the marks that mark it as read."""
        marks = [part.text_mark for part in self.waiting if self.is_sent(part)]
        return (*marks, *(word for part in self.waiting for word in self.unread_in(part)))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that stand on this page; what is decided here is decided about them alone."""
        return tuple(sorted({p.text_mark for p in self.parts if p.text_mark}))

    @property
    def read(self) -> tuple[UUID, ...]:
        """What is looked at with this page: each text that was sent, and a piece of which only private words came."""
        ids = [p.revision_id or p.id for p in self.parts if p.revision_id or p.private]
        return tuple(dict.fromkeys(ids))

    @property
    def has_marks(self) -> bool:
        """Whether any phrase of the list stands on this page."""
        shown = [side.shown for line in self.lines for side in line.sides]
        shown += [line.together for line in self.lines]
        return any(card and card.groups for card in (*shown, *(p.shown for p in self.private)))

    @property
    def returnable(self) -> tuple[tuple[ReflectionCard, str], ...]:
        """What was sent and is nobody else's to read, and whose it is; a sheet for two is both's."""
        sent = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)
        found: dict[UUID, list[ReflectionCard]] = {}
        for part in self.parts:
            if part.state in sent and not self.is_open and not part.released:
                found.setdefault(part.id, []).append(part)
        return tuple((parts[0], " & ".join(p.name for p in parts)) for parts in found.values())

    @property
    def stays(self) -> tuple[str, str]:
        """Whose work is not given back, since nobody could go on with it, and why."""
        stuck = [(name, why) for p, name in self.returnable if (why := self.no_way_on[p.id])]
        return " & ".join(name for name, _why in stuck), next((why for _name, why in stuck), "")

    def part(self, seat: Seat) -> ReflectionCard | None:
        """What the partner in this seat sent."""
        return next((part for part in self.parts if part.seat is seat), None)


@dataclass(frozen=True)
class MeasureCard:
    """One measure over time; `better` says which way is usually better, or neither."""

    key: str
    label: str
    better: str
    chart: Chart
    columns: tuple[frozenset[UUID], ...]


@dataclass(frozen=True)
class MeasuredExercise:
    """One exercise with the measures that have a number."""

    key: str
    title: str
    measures: tuple[MeasureCard, ...]


@dataclass(frozen=True)
class FiguresCard:
    """A couple's homework in numbers; `read` are the texts that they come from."""

    couple: CoupleCard
    exercises: tuple[MeasuredExercise, ...]
    read: tuple[UUID, ...]
