"""Beginning a programme, changing what is prepared, and giving one step after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.audit import service as audit
from portal.exercises import queries as exercises
from portal.foundation.errors import NotFound, Refused, Stale, TooLate
from portal.homework.models import Assignment
from portal.homework.programmes.cards import ReachedCard
from portal.homework.programmes.models import GIVEN, Programme, ProgrammeStep
from portal.homework.programmes.queries import (
    programme_of,
    reached_by_step,
    reasons_not_to_begin,
    recipients_of,
    step_of,
    still_without,
)
from portal.homework.service import ARCHIVED, Order, assign, reasons_against, today_in
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import Act, ProgrammeState, StepFor, StepHold, StepState

RUNS_ALREADY = "This programme is under way for these two already."
STANDS_STILL = "This programme stands still. Go on with it first."
CHANGED_MEANWHILE = (
    "This step was changed in another place meanwhile. Look at what it is now, and for whom;"
    " nothing was given yet."
)


@dataclass(frozen=True)
class Giving:
    """By when a step is given, with which line, what was confirmed, and which step stood on the page."""

    due_on: date | None = None
    personal_line: str = ""
    ticked: tuple[str, ...] = field(default=())
    seen: str | None = None


def start(visit: Visit, couple_id: UUID, key: str, starts_on: date) -> Programme:
    """Prepare every step of a programme for a couple; nothing of it goes out by itself."""
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    definition = exercises.programmes().get(key)
    if definition is None:
        raise NotFound
    reasons = list(reasons_not_to_begin(definition, couple))
    reasons += [ARCHIVED] if couple.archived_at is not None else []
    reasons += [RUNS_ALREADY] if _runs(visit, couple_id, key) else []
    if reasons:
        raise Refused(*reasons)
    programme = Programme(
        couple_id=couple_id,
        key=key,
        state=ProgrammeState.RUNNING,
        started_on=starts_on,
        started_at=visit.now,
        started_by_id=visit.viewer.me(),
    )
    visit.db.add(programme)
    visit.db.flush()  # the steps point at it
    for place, step in enumerate(definition.steps):
        visit.db.add(
            ProgrammeStep(
                programme_id=programme.id,
                week=step.week,
                place=place,
                exercise_key=step.exercise,
                for_whom=StepFor(step.to),
                optional=step.optional,
                hold=StepHold(step.hold) if step.hold else None,
                note=step.note,
                state=StepState.SCHEDULED,
            )
        )
    audit.record(visit, Act.STARTED_PROGRAMME, programme.id, couple_id)
    return programme


def give_step(visit: Visit, programme_id: UUID, step_id: UUID, giving: Giving) -> list[Assignment]:
    """Give one step: it goes out as any homework does, through every gate, and by this press alone.

    Where only one of them has it, it goes to the other; where it was taken back, to everybody again.
    """
    programme, step = locked_step(visit, programme_id, step_id)
    step.must_be_in()
    if programme.state is ProgrammeState.PAUSED:
        raise Refused(STANDS_STILL)
    card = step_of(visit, programme_id, step_id)[1]
    if not card.waits:
        raise TooLate(GIVEN)
    if giving.seen not in (None, card.mark):
        raise Stale(CHANGED_MEANWHILE)
    if card.refused:
        raise Refused(*card.refused)
    order = Order(
        edition_id=card.edition.id,
        to=tuple(member.seat for member in card.left),
        due_on=giving.due_on,
        personal_line=giving.personal_line,
        ticked=giving.ticked,
    )
    given = assign(visit, programme.couple_id, order)
    _takes(step, order, given, card.reached)
    return given


def give_each(visit: Visit, couple_id: UUID, orders: Sequence[Order]) -> list[Assignment]:
    """Give different exercises to each in one act: all of them, or none where one is refused."""
    if len(orders) > 1:
        reasons = [no for order in orders for no in reasons_against(visit, couple_id, order)]
        if reasons:
            raise Refused(*reasons)
    return [one for order in orders for one in give(visit, couple_id, order)]


def give(visit: Visit, couple_id: UUID, order: Order) -> list[Assignment]:
    """Give homework; what is a prepared step of a programme under way counts as that step."""
    given = assign(visit, couple_id, order)
    visit.db.flush()  # it is looked up by whom it was given to
    key = exercises.edition(visit.db, order.edition_id).key
    query = (
        select(ProgrammeStep)
        .join(Programme, Programme.id == ProgrammeStep.programme_id)
        .where(
            Programme.couple_id == couple_id,
            Programme.state == ProgrammeState.RUNNING,
            ProgrammeStep.exercise_key == key,
            ProgrammeStep.state != StepState.DROPPED,
        )
        .order_by(ProgrammeStep.week, ProgrammeStep.place, ProgrammeStep.id)
    )
    steps = visit.db.scalars(query).all()
    if not steps:
        return given
    couple = couple_card(visit, couple_id)
    reached = reached_by_step(visit, couple, steps)
    for step in steps:
        left = still_without(step, recipients_of(step.for_whom, couple), reached[step.id])
        if {member.seat for member in left} & set(order.to):
            _takes(step, order, given, reached[step.id])
            break
    return given


def pause(visit: Visit, programme_id: UUID) -> None:
    """Let a programme stand still: nothing is given until somebody goes on with it."""
    programme = locked(visit, programme_id)
    programme.stand_still(_today(visit, programme))
    audit.record(visit, Act.PAUSED_PROGRAMME, programme.id, programme.couple_id)


def resume(visit: Visit, programme_id: UUID) -> int:
    """Go on; what was not given yet moves on by the whole weeks that it stood still."""
    programme = locked(visit, programme_id)
    weeks = programme.go_on(_today(visit, programme))
    query = select(ProgrammeStep).where(
        ProgrammeStep.programme_id == programme.id, ProgrammeStep.state != StepState.GIVEN
    )
    for step in visit.db.scalars(query):
        step.week += weeks
    audit.record(visit, Act.RESUMED_PROGRAMME, programme.id, programme.couple_id)
    return weeks


def end(visit: Visit, programme_id: UUID) -> None:
    """End a programme: its prepared steps stay where they are, and what was given goes on."""
    programme = locked(visit, programme_id)
    programme.end(visit.now)
    audit.record(visit, Act.ENDED_PROGRAMME, programme.id, programme.couple_id)


def _takes(
    step: ProgrammeStep, order: Order, given: list[Assignment], reached: Sequence[ReachedCard]
) -> None:
    """What was given is the step's from now on, beside the copy that only the other has."""
    having = {each.seat for each in reached if not each.is_taken_back}
    if step.act_id is None or not having or having & set(order.to):
        step.give(order.act_id)
        return
    for one in given:
        one.act_id = step.act_id


def _runs(visit: Visit, couple_id: UUID, key: str) -> bool:
    query = select(Programme.id).where(
        Programme.couple_id == couple_id,
        Programme.key == key,
        Programme.state != ProgrammeState.ENDED,
    )
    return visit.db.scalars(query.limit(1)).first() is not None


def locked(visit: Visit, programme_id: UUID) -> Programme:
    """The programme, for changing: one change after the other, and none after its end."""
    programme = programme_of(visit, programme_id)
    require(deeds.may_care_for(visit.viewer, programme.couple_id))
    visit.db.refresh(programme, with_for_update=True)
    programme.must_go_on()
    return programme


def locked_step(visit: Visit, programme_id: UUID, step_id: UUID) -> tuple[Programme, ProgrammeStep]:
    """One step with its programme, for changing."""
    programme = locked(visit, programme_id)
    step = visit.db.get(ProgrammeStep, step_id)
    if step is None or step.programme_id != programme.id:
        raise NotFound
    visit.db.refresh(step, with_for_update=True)
    return programme, step


def _today(visit: Visit, programme: Programme) -> date:
    return today_in(visit, couple_card(visit, programme.couple_id).time_zone)
