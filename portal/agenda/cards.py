"""Planned hours as one viewer may be shown them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from portal.vocabulary import Seat


@dataclass(frozen=True)
class AppointmentCard:
    """A counselling hour that is planned.

    It is with all where everybody who takes part now knows of it; else it stands on no page of the other.
    """

    id: UUID
    couple_id: UUID
    starts_at: datetime
    minutes: int
    with_seat: Seat | None = None
    is_with_all: bool = True

    @property
    def ends_at(self) -> datetime:
        """When it is over, as it was planned."""
        return self.starts_at + timedelta(minutes=self.minutes)
