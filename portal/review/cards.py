"""The counsellor's reading: what waits, and what was written back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.homework.cards import TaskCard
from portal.people.cards import CoupleCard
from portal.reflections.cards import ReflectionCard
from portal.vocabulary import Audience, Pocket, ReflectionState, Seat


@dataclass(frozen=True)
class QueueCard:
    """One round that waits to be read."""

    round_id: UUID
    couple_title: str
    title: str
    waiting: tuple[str, ...]
    since: datetime
    looks_first: bool


@dataclass(frozen=True)
class FeedbackCard:
    """What the counsellor wrote back, for somebody who may read it."""

    id: UUID
    round_id: UUID
    pocket: Pocket
    text: str
    written_at: datetime
    released_at: datetime | None


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
    feedback: tuple[FeedbackCard, ...]
    is_open: bool
    waits_for: tuple[str, ...]

    def part(self, seat: Seat) -> ReflectionCard | None:
        """What the partner in this seat sent."""
        return next((part for part in self.parts if part.seat is seat), None)
