"""Appointments: the next counselling hours."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.vocabulary import Seat


class Appointment(Base):
    """A counselling hour that is planned: with both, or with one of the two alone."""

    __tablename__ = "appointment"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=60)
    with_seat: Mapped[Seat | None]
    made_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]
