"""The log of releases, one partner's own answers, and the file itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.exercises.form.shown import Shown


@dataclass(frozen=True)
class Authorisation:
    """What one of the two has answered last; nothing where they have not."""

    name: str
    says_yes: bool | None
    at: datetime | None


@dataclass(frozen=True)
class ReleaseCard:
    """One line of the log, for whoever looks after the couple."""

    id: UUID
    recipient: str
    purpose: str
    asked_by: str
    asked_at: datetime
    answers: tuple[Authorisation, ...]
    stays: str
    ended_at: datetime | None
    released_at: datetime | None
    released_by: str
    content_hash: str

    @property
    def is_waiting(self) -> bool:
        """Whether it may still be handed out or taken back."""
        return self.released_at is None and self.ended_at is None


@dataclass(frozen=True)
class RequestCard:
    """What a partner is asked, with their own answer alone; of the other's there is no trace."""

    id: UUID
    recipient: str
    purpose: str
    asked_at: datetime
    says_yes: bool | None
    answered_at: datetime | None
    released_at: datetime | None


@dataclass(frozen=True)
class FileHour:
    """One session as both of them may know it."""

    starts_at: datetime
    shared_summary: str
    agreed: tuple[str, ...]


@dataclass(frozen=True)
class FileAnswers:
    """One question with what is open of it, by whom."""

    label: str
    voices: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True)
class FilePiece:
    """One round of shared work as it is open to both."""

    title: str
    questions: tuple[FileAnswers, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class CoupleFile:
    """The couple's file: what both of them may see, and nothing that is one's alone."""

    practice: str
    names: tuple[str, ...]
    time_zone: str
    lang: str
    made_at: datetime
    line: ReleaseCard
    hours: tuple[FileHour, ...]
    pieces: tuple[FilePiece, ...]
