"""A counsellor's day and one couple's page, and the labels that are worked out for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from portal.agenda.cards import AppointmentCard
from portal.care.queries import TalkCard
from portal.homework.cards import ShelfCard, TaskCard
from portal.homework.programmes.cards import ProgrammeLine
from portal.homework.windows import Phase
from portal.people.cards import CoupleCard
from portal.people.staff.cards import CareNews
from portal.review.cards import QueueCard
from portal.sessions.cards import SessionCard
from portal.vocabulary import ReflectionState, Seat

SENT = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)


@dataclass(frozen=True)
class PersonLabel:
    """How far one of the two is with a round, as a key of the counsellor's labels."""

    seat: Seat
    name: str
    key: str


@dataclass(frozen=True)
class HomeworkRow:
    """One round of homework with where everybody stands."""

    task: TaskCard
    people: tuple[PersonLabel, ...]
    together: str
    phase: Phase
    waits: bool = False  # also words for the counsellor alone, whatever became of the piece

    @property
    def is_running(self) -> bool:
        """Whether it takes work now, or could be sent late."""
        return self.task.is_running and self.phase in (Phase.NOW, Phase.LATE)

    @property
    def is_to_come(self) -> bool:
        """Whether it is a week that has not begun."""
        return self.task.is_running and self.phase is Phase.TO_COME

    @property
    def is_to_read(self) -> bool:
        """Whether something of it waits for the counsellor."""
        return self.waits or any(person.key == "awaiting_review" for person in self.people)

    @property
    def has_words(self) -> bool:
        """Whether anybody has sent something of it."""
        return self.waits or any(
            p.key in ("awaiting_review", "reviewed", "returned", "declined") for p in self.people
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of those from whom nothing has come yet."""
        here = ("not_started", "started", "overdue")
        return tuple(person.name for person in self.people if person.key in here)


@dataclass(frozen=True)
class HourCard:
    """A session of today, or of the days to come, with what there is to know before it."""

    couple: CoupleCard
    starts_at: datetime
    minutes: int
    with_seat: Seat | None = None
    to_read: int = 0
    missing: tuple[HomeworkRow, ...] = ()
    has_homework: bool = False


@dataclass(frozen=True)
class ChangeCard:
    """Something that happened of late."""

    at: datetime
    kind: str
    couple: CoupleCard
    name: str
    title: str
    id: UUID
    week_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """Why a couple needs a thought: a kind, and what belongs to it."""

    kind: str
    title: str = ""
    names: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class StalledCard:
    """A couple with whom nothing moves."""

    couple: CoupleCard
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DeskCard:
    """The counsellor's day."""

    hours: tuple[HourCard, ...]
    coming: tuple[HourCard, ...]
    to_read: int
    read_first: int
    changes: tuple[ChangeCard, ...]
    stalled: tuple[StalledCard, ...]
    couples: int
    talks: tuple[TalkCard, ...] = ()
    check_ins: int = 0
    care: CareNews = field(default_factory=CareNews)


@dataclass(frozen=True)
class CouplePage:
    """One couple, as its counsellor finds them."""

    couple: CoupleCard
    hours: tuple[AppointmentCard, ...]
    running: tuple[HomeworkRow, ...]
    ended: tuple[HomeworkRow, ...]
    to_come: int
    sessions: tuple[SessionCard, ...]
    days_left: int | None
    has_lapsed: bool
    shelf: ShelfCard | None
    way: str
    due_on: date
    programmes: tuple[ProgrammeLine, ...] = ()
    talks: tuple[TalkCard, ...] = ()
    unreached: Mapping[UUID, datetime] = field(default_factory=dict)
    check_ins: tuple[QueueCard, ...] = ()

    @property
    def to_read(self) -> tuple[HomeworkRow, ...]:
        """The rounds that wait to be read."""
        return tuple(row for row in (*self.running, *self.ended) if row.is_to_read)


@dataclass(frozen=True)
class RoundFacts:
    """What the label of a whole round is worked out from."""

    states: tuple[ReflectionState | None, ...]
    all_say_yes: bool
    is_open: bool
    is_clear: bool


def person_label(task: TaskCard, state: ReflectionState | None, today: date) -> str:
    """How far somebody is; nothing of it is ever stored or shown to a partner."""
    known = {
        ReflectionState.SUBMITTED: "awaiting_review",
        ReflectionState.REVIEWED: "reviewed",
        ReflectionState.DECLINED: "declined",
    }
    if state in known:
        return known[state]
    if task.is_over(today):
        return "ended"
    if today > task.due_on:
        return "overdue"
    if state is ReflectionState.RETURNED:
        return "returned"
    return "not_started" if state is None else "started"


def round_label(task: TaskCard, facts: RoundFacts) -> str:
    """How a round stands as a whole; empty where there is nothing to say."""
    if facts.is_open:
        return "open"
    if task.held and task.is_running:
        return "held"
    if not task.is_paired or not task.is_running:
        return ""
    sent = sum(state in SENT for state in facts.states)
    if sent < len(facts.states):
        return "one_side_in" if sent else ""
    if task.edition.content.exercise.safety.hold_for_review and any(
        state is not ReflectionState.REVIEWED for state in facts.states
    ):
        return "held"
    is_ready = facts.all_say_yes and facts.is_clear and task.edition.opens_anything
    return "ready_to_open" if is_ready else "both_in"
