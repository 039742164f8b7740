"""A partner's week: what is there to write, to read, and when everybody meets."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.measures.cards import CheckInState
from portal.people.cards import OwnCoupleCard
from portal.reflections.pieces.cards import DiaryCard, OwnPiece, ReleasedCard


@dataclass(frozen=True)
class DayCard:
    """One day of the strip."""

    on: date
    is_today: bool
    meets_at: datetime | None


@dataclass(frozen=True)
class ResumeCard:
    """The draft to go on with: where its writer stopped and about how long it still takes."""

    piece: OwnPiece
    page: int | None
    question: int
    of: int
    minutes: int
    diary: DiaryCard | None = None


@dataclass(frozen=True)
class WordsCard:
    """Something the counsellor wrote back."""

    id: UUID
    round_id: UUID
    title: str
    text: str
    released_at: datetime
    is_joint: bool


@dataclass(frozen=True)
class WeekCard:
    """Everything on a partner's home page."""

    own: OwnCoupleCard
    today: date
    days: tuple[DayCard, ...]
    meets_at: datetime | None
    resume: ResumeCard | None
    pieces: tuple[OwnPiece, ...]
    opened: tuple[OwnPiece, ...]
    changed: tuple[OwnPiece, ...]
    words: tuple[WordsCard, ...]
    released: tuple[ReleasedCard, ...]
    check_in: CheckInState
    is_asked: bool

    @property
    def to_do(self) -> int:
        """How many pieces can be written now, the draft included."""
        return sum(piece.is_to_do for piece in self.pieces) + (self.resume is not None)

    @property
    def meets_on(self) -> date | None:
        """The day of the next session, where it is among the days shown."""
        return next((day.on for day in self.days if day.meets_at is not None), None)

    @property
    def shares(self) -> bool:
        """Whether anything of this week may ever open to both."""
        resumed = (self.resume.piece,) if self.resume else ()
        return any(piece.tells_of_opening for piece in (*resumed, *self.pieces))
