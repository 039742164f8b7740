"""Planned hours as one viewer may be shown them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.vocabulary import Seat


@dataclass(frozen=True)
class AppointmentCard:
    """A counselling hour that is planned.

    It is with all where everybody who takes part now knows of it; else it stands on no page of the other.
    """

    couple_id: UUID
    starts_at: datetime
    minutes: int
    with_seat: Seat | None = None
    is_with_all: bool = True
