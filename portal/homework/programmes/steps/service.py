"""Changing what is prepared: another week, other people, another exercise, one more, or left out."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from portal.audit import service as audit
from portal.exercises import queries as exercises
from portal.exercises.cards import EditionCard
from portal.foundation.errors import Refused
from portal.homework.programmes.models import Programme, ProgrammeStep
from portal.homework.programmes.queries import programme_card
from portal.homework.programmes.service import locked, locked_step
from portal.visit import Visit
from portal.vocabulary import Act, Mode, StepFor, StepHold, StepState

WEEK_NOT_LAID_OUT = "Choose one of the weeks that can be chosen here."


@dataclass(frozen=True)
class Placing:
    """Which exercise stands in which week, and for whom."""

    exercise_key: str
    week: int
    for_whom: StepFor


def place_step(visit: Visit, programme_id: UUID, step_id: UUID, placing: Placing) -> None:
    """Move a prepared step to another week, give it to others, or put another exercise in its place."""
    programme, step = locked_step(visit, programme_id, step_id)
    step.must_be_prepared()
    edition = exercises.newest_edition(visit.db, placing.exercise_key)
    if step.exercise_key != placing.exercise_key:
        step.exercise_key, step.note = placing.exercise_key, ""
        step.hold = hold_of(edition)
    if step.week != placing.week:
        _must_be_laid_out(visit, programme, placing.week)
        step.week, step.place = placing.week, _next_place(visit, programme.id)
    step.for_whom = placing.for_whom
    _note_change(visit, programme)


def trade_places(visit: Visit, programme_id: UUID, step_id: UUID, other_id: UUID) -> None:
    """Two prepared steps change places: each comes in the other's week."""
    programme, step = locked_step(visit, programme_id, step_id)
    _, other = locked_step(visit, programme_id, other_id)
    for each in (step, other):
        each.must_be_prepared()
    step.week, other.week = other.week, step.week
    step.place, other.place = other.place, step.place
    _note_change(visit, programme)


def add_step(visit: Visit, programme_id: UUID, placing: Placing) -> ProgrammeStep:
    """Prepare one more step."""
    programme = locked(visit, programme_id)
    edition = exercises.newest_edition(visit.db, placing.exercise_key)
    _must_be_laid_out(visit, programme, placing.week)
    step = ProgrammeStep(
        programme_id=programme.id,
        week=placing.week,
        place=_next_place(visit, programme.id),
        exercise_key=placing.exercise_key,
        for_whom=placing.for_whom,
        optional=False,
        hold=hold_of(edition),
        note="",
        state=StepState.SCHEDULED,
    )
    visit.db.add(step)
    _note_change(visit, programme)
    return step


def drop_step(visit: Visit, programme_id: UUID, step_id: UUID) -> None:
    """Leave a step out; it can be brought back."""
    programme, step = locked_step(visit, programme_id, step_id)
    step.drop()
    _note_change(visit, programme)


def bring_back(visit: Visit, programme_id: UUID, step_id: UUID) -> None:
    """Take a dropped step in again."""
    programme, step = locked_step(visit, programme_id, step_id)
    step.bring_back()
    _note_change(visit, programme)


def hold_of(edition: EditionCard) -> StepHold | None:
    """What the catalogue's own steps with this exercise wait for: statements, or the status ‘clear’."""
    safety = edition.content.exercise.safety
    if safety.confirm:
        return StepHold.CONFIRM
    needs_clear = safety.requires_clear or edition.mode is not Mode.INDIVIDUAL
    return StepHold.CLEAR if needs_clear else None


def _must_be_laid_out(visit: Visit, programme: Programme, week: int) -> None:
    if week not in programme_card(visit, programme.id).weeks_to_choose:
        raise Refused(WEEK_NOT_LAID_OUT)


def _next_place(visit: Visit, programme_id: UUID) -> int:
    query = select(func.max(ProgrammeStep.place)).where(ProgrammeStep.programme_id == programme_id)
    return (visit.db.scalars(query).one() or 0) + 1


def _note_change(visit: Visit, programme: Programme) -> None:
    audit.record(visit, Act.CHANGED_PROGRAMME, programme.id, programme.couple_id)
