"""What the counsellor writes back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.foundation.vault import Sealing
from portal.vocabulary import Pocket


class Feedback(Sealing, Base):
    """Words to one partner or to both, about one round: drafted, then released."""

    __tablename__ = "feedback"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), index=True)
    pocket: Mapped[Pocket]
    owner_id: Mapped[UUID]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    text: Mapped[bytes | None]

    @property
    def released(self) -> bool:
        """Whether its reader may see it."""
        return self.released_at is not None

    def release(self, at: datetime) -> None:
        """Give it to its reader; once given it stays as it is."""
        if self.released:
            raise TooLate("This has been sent already.")
        self.released_at = at
