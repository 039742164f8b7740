"""Programmes of couples, and their steps: prepared, given or dropped."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.vocabulary import ProgrammeState, StepFor, StepHold, StepState

WEEK = 7
HALF = 3
ENDED = "This programme has ended."
LEFT_OUT = "This step was left out. Bring it back first."
GIVEN = "This step was given already. What was given is ended on its own page."


class Programme(Base):
    """A programme of the catalogue, begun with a couple; the steps are their own from then on."""

    __tablename__ = "programme"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    state: Mapped[ProgrammeState]
    started_on: Mapped[date]
    started_at: Mapped[datetime]
    started_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    paused_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    def stand_still(self, today: date) -> None:
        """Nothing more goes out until somebody goes on with it."""
        if self.state is not ProgrammeState.RUNNING:
            raise TooLate(ENDED)
        self.state, self.paused_on = ProgrammeState.PAUSED, today

    def go_on(self, today: date) -> int:
        """Go on; gives how many whole weeks, to the nearest, what is left moves on by."""
        if self.state is not ProgrammeState.PAUSED or self.paused_on is None:
            raise TooLate(ENDED)
        stood = max((today - self.paused_on).days, 0)
        self.state, self.paused_on = ProgrammeState.RUNNING, None
        return (stood + HALF) // WEEK

    def end(self, at: datetime) -> None:
        """End it, once; what was given goes on."""
        self.must_go_on()
        self.state, self.paused_on, self.ended_at = ProgrammeState.ENDED, None, at

    def must_go_on(self) -> None:
        """Refuse every change of a programme that has ended."""
        if self.state is ProgrammeState.ENDED:
            raise TooLate(ENDED)

    def first_day_of(self, week: int) -> date:
        """The day on which a week of it begins."""
        return self.started_on + timedelta(days=WEEK * week)


class ProgrammeStep(Base):
    """One exercise in its week, for one or both of them; it goes out only when it is given."""

    __tablename__ = "programme_step"
    __table_args__ = (
        CheckConstraint("week >= 0", name="week"),
        CheckConstraint(
            "(state = 'given' AND act_id IS NOT NULL) OR (state <> 'given' AND act_id IS NULL)",
            name="given",
        ),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    week: Mapped[int]
    place: Mapped[int]
    exercise_key: Mapped[str] = mapped_column(String(60))
    for_whom: Mapped[StepFor]
    optional: Mapped[bool] = mapped_column(default=False)
    hold: Mapped[StepHold | None]
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[StepState]
    act_id: Mapped[UUID | None]

    def give(self, act_id: UUID) -> None:
        """It was given; where that was taken back, the latest giving is the step's."""
        self.must_be_in()
        self.state, self.act_id = StepState.GIVEN, act_id

    def drop(self) -> None:
        """Leave it out; it can be brought back."""
        self.must_be_prepared()
        self.state = StepState.DROPPED

    def bring_back(self) -> None:
        """Take it in again."""
        if self.state is StepState.GIVEN:
            raise TooLate(GIVEN)
        self.state = StepState.SCHEDULED

    def must_be_in(self) -> None:
        """Refuse to give what was left out."""
        if self.state is StepState.DROPPED:
            raise TooLate(LEFT_OUT)

    def must_be_prepared(self) -> None:
        """Refuse to change what was given already, or left out."""
        self.must_be_in()
        if self.state is StepState.GIVEN:
            raise TooLate(GIVEN)
