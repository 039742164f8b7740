"""Which forms have led to something new, so that one press too many leads to nothing more."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class TakenForm(Base):
    """That one page was sent, and where its sender was led; of what stood in it only a fingerprint."""

    __tablename__ = "taken_form"

    mark: Mapped[str] = mapped_column(String(64), unique=True)
    led_to: Mapped[str] = mapped_column(String(300), default="")
    taken_at: Mapped[datetime] = mapped_column(index=True)
