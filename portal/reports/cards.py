"""Summaries as they are listed, chosen and waited for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.reports.models import PrintState
from portal.vocabulary import SummaryEdition


@dataclass(frozen=True)
class DocumentCard:
    """One summary that was ordered: for whom, and how far its printing is."""

    id: UUID
    session_id: UUID
    edition: SummaryEdition
    reader_id: UUID | None
    reader_name: str
    number: int
    version: int
    state: PrintState
    ordered_at: datetime
    finished_at: datetime | None
    fault: str
    pages: int
    content_hash: str


@dataclass(frozen=True)
class Choice:
    """An edition that can be made of one session, or the reason why it cannot."""

    edition: SummaryEdition
    reader_id: UUID | None
    reader_name: str
    refused: str = ""
    is_chosen: bool = False

    @property
    def key(self) -> str:
        """How this choice is named in an address: never a person's name."""
        return str(self.reader_id) if self.reader_id else self.edition.value


@dataclass(frozen=True)
class Span:
    """What a summary covers: after the last session that its readers attended, up to this one's end."""

    after: datetime | None
    until: datetime
    since: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """Whether something happened within it."""
        if at is None:
            return False
        known = self.since is None or at >= self.since
        return known and (self.after is None or at > self.after) and at <= self.until
