"""What may be shown of the outbox: one's own choice, and where a letter leads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.policies.mail import SafeHours
from portal.vocabulary import NoticeKind


@dataclass(frozen=True)
class MailCard:
    """How somebody wants to be written to; without an address not at all."""

    address: str = ""
    shares: bool = False
    from_hour: int = 9
    until_hour: int = 18
    failed_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether they want to be written to."""
        return bool(self.address)


@dataclass(frozen=True)
class ChoiceFacts:
    """What a letter needs to know of its reader's choice."""

    address: str
    from_hour: int
    until_hour: int
    chosen_at: datetime
    is_shared: bool
    all_share: bool

    def hours(self, zone: str) -> SafeHours:
        """The hours of their day, in this zone."""
        return SafeHours(self.from_hour, self.until_hour, zone)


@dataclass(frozen=True)
class OwedCard:
    """One thing that somebody should hear of."""

    id: UUID
    person_id: UUID
    kind: NoticeKind
    subject_id: UUID
    made_at: datetime


@dataclass(frozen=True)
class LetterCard:
    """Where the link in a letter leads, for the person whom it was sent to."""

    kind: NoticeKind
    subject_id: UUID | None
    has_rested: bool


@dataclass(frozen=True)
class Sealed:
    """A letter that is ready to be carried: everything it may hold, and nothing else."""

    letter_id: UUID
    message_id: UUID
    address: str
    code: str
    kind: NoticeKind
    again: bool = False
