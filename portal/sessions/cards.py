"""Counselling hours as one viewer may be shown them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class SessionCard:
    """One counselling hour; the notes are empty for whoever may not read them."""

    id: UUID
    couple_id: UUID
    number: int
    starts_at: datetime
    minutes: int
    attended: tuple[UUID, ...]
    written_by_id: UUID
    shared_summary: str
    agreed: tuple[str, ...]
    progress_note: str = ""
    process_note: str = ""
    version: int = 1
