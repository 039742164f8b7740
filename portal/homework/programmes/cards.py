"""Programmes as a counsellor sees them: weeks with their days, and what each step waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.exercises.cards import EditionCard
from portal.exercises.form.definition import ProgrammeDefinition
from portal.homework.programmes.models import ProgrammeStep
from portal.people.cards import CoupleCard, MemberCard
from portal.policies.gates import Verdict
from portal.vocabulary import (
    AssignmentState,
    Cadence,
    ProgrammeState,
    ReflectionState,
    Seat,
    StepFor,
    StepHold,
    StepState,
)

REACHED = {
    ReflectionState.SUBMITTED: "awaiting_review",
    ReflectionState.REVIEWED: "reviewed",
    ReflectionState.RETURNED: "returned",
    ReflectionState.DECLINED: "declined",
}
ROOM_AFTER = 4
DONE = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)
ENDED = {AssignmentState.CLOSED: "closed", AssignmentState.WITHDRAWN: "withdrawn"}


@dataclass(frozen=True)
class ReachedCard:
    """How far one person got with what a step gave them; the counsellor's eyes only."""

    seat: Seat
    name: str
    assignment_id: UUID
    state: AssignmentState
    reached: ReflectionState | None
    cadence: Cadence

    @property
    def is_taken_back(self) -> bool:
        """Whether it was taken back before it was done or declined, so that this person has it no more."""
        is_done = self.reached in DONE and self.cadence is not Cadence.WEEKLY
        is_over = is_done or self.reached is ReflectionState.DECLINED
        return self.state is AssignmentState.WITHDRAWN and not is_over

    @property
    def key(self) -> str:
        """How it stands, as one word of the counsellor's labels."""
        if self.is_taken_back:
            return "withdrawn"
        if self.reached in REACHED:
            return REACHED[self.reached]
        return ENDED.get(self.state, "given")


@dataclass(frozen=True)
class StepCard:
    """One step: the exercise, for whom, and what stands before giving it."""

    id: UUID
    week: int
    place: int
    stage: str
    first_on: date
    edition: EditionCard
    title: str
    for_whom: StepFor
    to: tuple[MemberCard, ...]
    left: tuple[MemberCard, ...]
    optional: bool
    hold: StepHold | None
    note: str
    state: StepState
    verdict: Verdict
    refused: tuple[str, ...]
    reached: tuple[ReachedCard, ...]

    @property
    def is_prepared(self) -> bool:
        """Whether it was not given yet, and can be moved or left out."""
        return self.state is StepState.SCHEDULED

    @property
    def mark(self) -> str:
        """What a page says of the exercise and the people on it: it is given as it stood there, or not."""
        return ".".join((str(self.edition.id), *(member.seat.value for member in self.left)))

    @property
    def is_taken_back(self) -> bool:
        """Whether everything was taken back that it had given."""
        given = self.state is StepState.GIVEN
        return given and all(each.is_taken_back for each in self.reached)

    @property
    def waits(self) -> bool:
        """Whether it is still to be given, to everybody or to one of them."""
        return self.is_prepared or (self.state is StepState.GIVEN and bool(self.left))

    @property
    def waits_for(self) -> str:
        """What a step waits for that is still to be given: a gate, statements to confirm, or only a press."""
        if self.refused:
            return "refused"
        return "confirm" if self.verdict.to_tick else "press"


@dataclass(frozen=True)
class WeekCard:
    """One week with its days and its steps; where these are of several stages each names its own."""

    number: int
    first_on: date
    last_on: date
    stage: str
    is_now: bool
    steps: tuple[StepCard, ...]


@dataclass(frozen=True)
class ProgrammeCard:
    """A programme of one couple, laid out in weeks."""

    id: UUID
    couple: CoupleCard
    definition: ProgrammeDefinition
    state: ProgrammeState
    started_on: date
    paused_on: date | None
    today: date
    weeks: tuple[WeekCard, ...]

    @property
    def is_running(self) -> bool:
        """Whether steps can be given now."""
        return self.state is ProgrammeState.RUNNING

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state is ProgrammeState.ENDED

    @property
    def steps(self) -> tuple[StepCard, ...]:
        """Every step, the dropped ones too."""
        return tuple(step for week in self.weeks for step in week.steps)

    @property
    def weeks_to_choose(self) -> range:
        """In which weeks a step can stand: all that are laid out, and a few more."""
        return range(self.weeks[-1].number + ROOM_AFTER + 1)


@dataclass(frozen=True)
class ProgrammeLine:
    """Where a couple stands in a programme, in one line."""

    id: UUID
    couple_id: UUID
    title: str
    state: ProgrammeState
    started_on: date
    week: int
    last_week: int
    given: int
    of: int
    due: int

    @property
    def is_running(self) -> bool:
        """Whether it goes on now."""
        return self.state is ProgrammeState.RUNNING


@dataclass(frozen=True)
class PlanStep:
    """A step as the catalogue lays it out, before a programme is begun."""

    week: int
    title: str
    optional: bool
    hold: StepHold | None
    for_whom: StepFor


@dataclass(frozen=True)
class OfferedProgramme:
    """A programme that could be begun, with what speaks against it now."""

    definition: ProgrammeDefinition
    refused: tuple[str, ...]
    steps: tuple[PlanStep, ...]
    is_running: bool

    @property
    def key(self) -> str:
        """Its name in the catalogue."""
        return self.definition.id


class Stages:
    """Which stage of the plan a step or a week belongs to, wherever standing still has moved it."""

    def __init__(self, definition: ProgrammeDefinition, steps: Sequence[ProgrammeStep]) -> None:
        self.stages = definition.stages
        self.planned = [each.week for each in definition.steps]
        # What was added, or moved by hand, has a place behind all those of the catalogue.
        kept = [step for step in steps if step.place < len(self.planned)]
        self.moves = [(step.week, self.planned[step.place]) for step in kept]

    def of_step(self, step: ProgrammeStep) -> str:
        """The stage of its own place in the plan; of another step's, that of those around it."""
        if step.place < len(self.planned):
            return self._name(self.planned[step.place])
        return self.of_week(step.week)

    def of_week(self, week: int) -> str:
        """The stage that has been reached by this week, and not yet the next one."""
        later = max((now - was for now, was in self.moves if now <= week), default=0)
        ahead = min((was for now, was in self.moves if now > week), default=week)
        return self._name(max(min(week - later, ahead), 0))

    def _name(self, week: int) -> str:
        names = (s.name for s in self.stages if s.weeks[0] <= week <= s.weeks[1])
        return next(names, "")
