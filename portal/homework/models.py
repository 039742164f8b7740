"""Assignments, the people who answer them, and their rounds."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.foundation.vault import Sealing
from portal.vocabulary import AssignmentState, Cadence, Mode, ReflectionState


class Assignment(Sealing, Base):
    """An edition given to a couple or to one partner, with a window and a cadence."""

    __tablename__ = "assignment"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    act_id: Mapped[UUID]
    mode: Mapped[Mode]
    cadence: Mapped[Cadence]
    solo: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    hold_id: Mapped[UUID | None]
    assigned_on: Mapped[date]
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    state: Mapped[AssignmentState]
    ended_at: Mapped[datetime | None]
    personal_line: Mapped[bytes | None]

    @property
    def hold_mark(self) -> str:
        """Which hold lies on it, and nothing where none does; a hold from before they had ids is one of its own."""
        return str(self.hold_id or "unnamed") if self.held else ""

    def hold(self) -> None:
        """Let what would open of it wait, by a hold that is no other."""
        self.held, self.hold_id = True, uuid4()

    def lift(self) -> None:
        """Nothing waits for the counsellor's hold any longer."""
        self.held, self.hold_id = False, None

    def end(self, state: AssignmentState, at: datetime) -> None:
        """Close or withdraw it, once; a second time is too late."""
        if self.state not in (AssignmentState.OPEN, AssignmentState.SCHEDULED):
            raise TooLate("This work has already ended.")
        self.state = state
        self.ended_at = at


class Recipient(Base):
    """That this person answers this assignment."""

    __tablename__ = "recipient"
    __table_args__ = (UniqueConstraint("assignment_id", "person_id"),)

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reached: Mapped[ReflectionState | None]


class Round(Base):
    """One occurrence of an assignment, with the days that it takes work."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("assignment_id", "number"),)

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    number: Mapped[int]
    first_on: Mapped[date]
    due_on: Mapped[date]
    last_on: Mapped[date | None]


class Tick(Base):
    """A statement that the counsellor confirmed for this couple, this time."""

    __tablename__ = "tick"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    sentence: Mapped[str] = mapped_column(String(400))
    ticked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    ticked_at: Mapped[datetime]
