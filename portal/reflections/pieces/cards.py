"""A piece of work as the partner who writes it sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from portal.exercises.form.definition import InfoField
from portal.exercises.form.shown import Shown
from portal.homework.cards import TaskCard
from portal.homework.windows import Phase
from portal.people.cards import OwnCoupleCard
from portal.reflections.cards import AnswerCard, ReflectionCard
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.sending.drawing import ConsentCard
from portal.vocabulary import Mode, ReflectionState


class Stage(Enum):
    """How far one's own work is; nothing of the other's plays a part in it."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    RETURNED = "returned"
    SENT = "sent"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True)
class OwnWork:
    """The dates of one's own work on a round."""

    round_id: UUID
    state: ReflectionState
    revision: int
    saved_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnPiece:
    """One piece in one's own lists."""

    task: TaskCard
    title: str
    stage: Stage
    work: OwnWork | None
    opened_at: datetime | None
    plan_changed_on: date | None
    tells_of_opening: bool

    @property
    def round_id(self) -> UUID:
        """The round that it is about."""
        return self.task.round_id

    @property
    def is_to_do(self) -> bool:
        """Whether something can be written here."""
        return self.stage in (Stage.NOT_STARTED, Stage.DRAFT, Stage.RETURNED)

    @property
    def last_at(self) -> datetime:
        """When its writer last did something here."""
        if self.work is None:
            return self.task.assigned_at
        return self.work.sent_at or self.work.saved_at


@dataclass(frozen=True)
class Unsent:
    """Work that one person has not sent yet, by ids and days alone: what a reminder may know."""

    round_id: UUID
    couple_id: UUID
    person_id: UUID
    mode: Mode
    held: bool
    has_draft: bool
    first_on: date
    due_on: date
    phase: Phase
    today: date

    @property
    def is_due_tomorrow(self) -> bool:
        """Whether its writer's day is the one before it is due."""
        return self.today + timedelta(days=1) == self.due_on


@dataclass(frozen=True)
class ReleasedCard:
    """What of one piece of the other's own work was released to this partner, and since when."""

    round_id: UUID
    title: str
    name: str
    place: str
    since: datetime
    answers: tuple[AnswerCard, ...]


@dataclass(frozen=True)
class Side:
    """One person's answer to a question that is open to both; nothing where none was given.

    Of one's own that is for the counsellor alone it says that it stands below, and does not say that there is none.
    """

    name: str
    place: str
    shown: Shown | None
    is_below: bool = False


@dataclass(frozen=True)
class FacingCard:
    """One question with both answers beside each other, or with the lines that suit both."""

    key: str
    label: str
    sides: tuple[Side, ...] = ()
    both: Shown | None = None


@dataclass(frozen=True)
class DiaryCard:
    """Where somebody is in a diary: its day, whether today is written, where to go on."""

    day: int
    of: int
    ends_on: date
    is_under_way: bool
    page: int
    last_page: int | None


@dataclass(frozen=True)
class BegunCard:
    """One answer that was typed and not sent, with its question."""

    label: str
    shown: Shown


@dataclass(frozen=True)
class PieceCard:
    """Everything on the page of one piece."""

    piece: OwnPiece
    own: OwnCoupleCard
    draft: DraftCard
    intro: str
    resume: int | None
    leaves: int
    diary: DiaryCard | None
    before: tuple[InfoField, ...]
    labels: Mapping[str, str]
    mine: ReflectionCard | None
    facing: tuple[FacingCard, ...]
    has_private: bool
    consents: tuple[ConsentCard, ...]
    can_be_taken_back: bool
    begun: tuple[BegunCard, ...]
    closed_unopened: bool

    @property
    def closed_answers(self) -> tuple[AnswerCard, ...]:
        """One's own answers that the other cannot read."""
        open_now = {each.key for each in self.facing if not any(s.is_below for s in each.sides)}
        answers = self.mine.answers if self.mine else ()
        return tuple(answer for answer in answers if answer.key not in open_now)

    @property
    def is_open(self) -> bool:
        """Whether the round is open to both."""
        return self.piece.opened_at is not None
