"""What partners wrote, as one viewer may be shown it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.vocabulary import Audience, ReflectionState, Seat, SecretsPolicy, Sight


@dataclass(frozen=True)
class AnswerFactsCard:
    """What the rule of sight asks of one answer."""

    couple_id: UUID
    author_id: UUID | None
    audience: Audience
    state: ReflectionState
    is_open: bool
    write_once: bool
    sent: bool
    dated_at: datetime


@dataclass(frozen=True)
class AnswerCard:
    """One answer, with its question, for somebody who may read it."""

    key: str
    label: str
    audience: Audience
    shown: Shown
    text: str = ""
    number: int | None = None
    hands: tuple[tuple[str, Seat], ...] = ()


@dataclass(frozen=True)
class SharedCard:
    """What two people wrote together on one sheet, as it was sent."""

    id: UUID
    round_id: UUID
    names: tuple[str, ...]
    revision: int
    revision_id: UUID
    sent_at: datetime | None
    answers: tuple[AnswerCard, ...]


@dataclass(frozen=True)
class PrivateCard:
    """Something that was meant for the counsellor alone."""

    key: str
    label: str
    shown: Shown
    sent_at: datetime
    policy: SecretsPolicy | None = None
    mark: str = ""
    waits: bool = False


@dataclass(frozen=True)
class ReflectionCard:
    """One person's work on one round, as far as this viewer may see it."""

    id: UUID
    round_id: UUID
    respondent_id: UUID
    name: str
    seat: Seat
    sight: Sight
    state: ReflectionState | None = None
    revision: int = 0
    revision_id: UUID | None = None
    text_mark: str = ""
    sent_at: datetime | None = None
    reviewed_at: datetime | None = None
    answers: tuple[AnswerCard, ...] = ()
    private: tuple[PrivateCard, ...] = ()
    says_yes_to_open: bool = False
    yes_to_release: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    open_since: datetime | None = None

    def answer(self, key: str) -> AnswerCard | None:
        """The answer to one question, where there is one to see."""
        return next((answer for answer in self.answers if answer.key == key), None)
