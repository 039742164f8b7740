"""What a partner wrote, version by version, with nothing in it of anybody else's."""

from dataclasses import dataclass
from datetime import datetime

from portal.exercises.form.shown import Shown


@dataclass(frozen=True)
class WrittenAnswer:
    """One question, and what its writer answered."""

    label: str
    shown: Shown


@dataclass(frozen=True)
class WrittenVersion:
    """The answers as they stood at one sending, or as they stand in the draft."""

    sent_at: datetime | None
    answers: tuple[WrittenAnswer, ...]


@dataclass(frozen=True)
class WrittenPiece:
    """One piece of work in all its versions, the earliest first and the draft at the end."""

    title: str
    number: int
    of: int
    versions: tuple[WrittenVersion, ...]

    @property
    def sent_at(self) -> datetime | None:
        """When it was first sent, of what still stands as sent."""
        return self.versions[0].sent_at
