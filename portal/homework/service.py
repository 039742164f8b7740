"""Giving homework, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.audit import service as audit
from portal.exercises import queries as exercises
from portal.exercises.cards import EditionCard
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Refused, Stale
from portal.homework.models import Assignment, Recipient, Round, Tick
from portal.homework.queries import verdict_on
from portal.homework.windows import WEEK, Window, day_in, windows_of
from portal.notices import service as notices
from portal.people.cards import CoupleCard, MemberCard
from portal.people.models import Couple
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.gates import Verdict
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import Act, AssignmentState, Mode, NoticeKind, ReflectionState, Seat

NOT_TICKED = "Please confirm each statement first: {sentence}"
DUE_PASSED = "Choose a day from today on."
HELD_MEANWHILE = (
    "Another hold was put here meanwhile. Look at it before you lift it; nothing was lifted yet."
)
ARCHIVED = "This file is put away. Take it out again first."


@dataclass(frozen=True)
class Order:
    """What the counsellor gives, to whom, by when, and with which line of their own."""

    edition_id: UUID
    to: tuple[Seat, ...]
    due_on: date | None = None
    personal_line: str = ""
    ticked: tuple[str, ...] = ()
    held: bool = False
    act_id: UUID = field(default_factory=uuid4)


def assign(visit: Visit, couple_id: UUID, order: Order) -> list[Assignment]:
    """Give an exercise to both or to one, in one act; refused with every reason there is."""
    # Whoever decides about joint work now is waited for, and waits for what is given here.
    visit.db.scalars(held(select(Couple).where(Couple.id == couple_id), read=True)).one_or_none()
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    edition = exercises.edition(visit.db, order.edition_id)
    to = [m for m in couple.members if m.seat in order.to]
    verdict = verdict_on(visit, edition, couple, to)
    reasons = _reasons(verdict, order, couple, today_in(visit, couple.time_zone))
    if reasons:
        raise Refused(*reasons)
    terms = _Terms(order, verdict.solo, verdict.to_tick)
    return [_give(visit, couple, edition, group, terms) for group in _groups(edition, verdict, to)]


def reasons_against(visit: Visit, couple_id: UUID, order: Order) -> tuple[str, ...]:
    """Everything that speaks against giving this now."""
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    edition = exercises.edition(visit.db, order.edition_id)
    to = [m for m in couple.members if m.seat in order.to]
    verdict = verdict_on(visit, edition, couple, to)
    return tuple(_reasons(verdict, order, couple, today_in(visit, couple.time_zone)))


def today_in(visit: Visit, zone: str) -> date:
    """Which day it is now in this zone."""
    return day_in(visit.now, zone)


def usual_due_day(today: date, next_session_at: datetime | None, zone: str) -> date:
    """The next planned session's day, or else a week from now."""
    if next_session_at is None:
        return today + timedelta(days=WEEK)
    return max(today, day_in(next_session_at, zone))


def close(visit: Visit, assignment_id: UUID) -> None:
    """Close homework: it takes no more work, and what was not opened stays closed."""
    _end(visit, assignment_id, AssignmentState.CLOSED, Act.CLOSED)


def withdraw(visit: Visit, assignment_id: UUID) -> None:
    """Take homework back; its people see one sentence, whatever the cause."""
    _end(visit, assignment_id, AssignmentState.WITHDRAWN, Act.WITHDREW)


def withdraw_shared(visit: Visit, couple_id: UUID) -> None:
    """When joint work stops: open paired and joint work is withdrawn, the rest goes on."""
    query = select(Assignment.id).where(
        Assignment.couple_id == couple_id,
        Assignment.mode.in_([Mode.PAIRED, Mode.JOINT]),
        Assignment.state.in_([AssignmentState.OPEN, AssignmentState.SCHEDULED]),
    )
    for assignment_id in visit.db.scalars(query).all():
        withdraw(visit, assignment_id)


def hold(
    visit: Visit,
    assignment_id: UUID,
    stands: bool,  # noqa: FBT001 - the wish itself
    seen: str | None = None,
) -> None:
    """Let openings wait, or stop waiting; a hold of the exercise itself is never lifted.

    Only the hold that stood on the page is lifted from there; a hold is put from any page.
    """
    assignment = _assignment(visit, assignment_id)
    if stands:
        assignment.hold()
    elif assignment.held and seen not in (None, assignment.hold_mark):
        raise Stale(HELD_MEANWHILE)
    else:
        assignment.lift()
    audit.record(visit, Act.HELD, assignment.id, assignment.couple_id)


def note_reached(
    visit: Visit, assignment_id: UUID, person_id: UUID, state: ReflectionState
) -> None:
    """Remember how far somebody got, for exercises that want another one first.

    Declining one week takes nothing away from the weeks that were done.
    """
    query = select(Recipient).where(
        Recipient.assignment_id == assignment_id, Recipient.person_id == person_id
    )
    for row in visit.db.scalars(query):
        if row.reached is None or state is not ReflectionState.DECLINED:
            row.reached = state


def set_reached(
    visit: Visit, assignment_id: UUID, person_id: UUID, state: ReflectionState | None
) -> None:
    """Write down anew how far somebody is, after their work was found to be another's."""
    query = select(Recipient).where(
        Recipient.assignment_id == assignment_id, Recipient.person_id == person_id
    )
    for row in visit.db.scalars(query):
        row.reached = state


@dataclass(frozen=True)
class _Terms:
    order: Order
    solo: bool
    confirmed: tuple[str, ...]


def _reasons(verdict: Verdict, order: Order, couple: CoupleCard, today: date) -> list[str]:
    reasons = list(verdict.refused)
    if couple.archived_at is not None:
        reasons.append(ARCHIVED)
    reasons += [
        NOT_TICKED.format(sentence=sentence)
        for sentence in verdict.to_tick
        if sentence not in order.ticked
    ]
    if order.due_on is not None and order.due_on < today:
        reasons.append(DUE_PASSED)
    return reasons


def _groups(
    edition: EditionCard, verdict: Verdict, to: Sequence[MemberCard]
) -> list[list[MemberCard]]:
    alone = verdict.solo or edition.mode is Mode.INDIVIDUAL
    return [[member] for member in to] if alone else [list(to)]


def _give(
    visit: Visit, couple: CoupleCard, edition: EditionCard, to: list[MemberCard], terms: _Terms
) -> Assignment:
    alone = len(to) == 1
    first_on = _first_day(visit, couple, to)
    windows = _windows(edition, first_on, terms.order.due_on)
    assignment = Assignment(
        couple_id=couple.id,
        edition_id=edition.id,
        act_id=terms.order.act_id,
        mode=Mode.INDIVIDUAL if alone else edition.mode,
        cadence=edition.cadence,
        solo=terms.solo,
        assigned_on=first_on,
        assigned_at=visit.now,
        assigned_by_id=visit.viewer.me(),
        due_on=windows[-1].due_on,
        state=AssignmentState.OPEN,
    )
    if terms.order.held:
        assignment.hold()
    owner_id = to[0].person.id if alone else couple.id
    assignment.put(visit.vault, "personal_line", terms.order.personal_line, owner_id)
    visit.db.add(assignment)
    visit.db.flush()  # recipients, rounds and ticks point at it
    for member in to:
        visit.db.add(Recipient(assignment_id=assignment.id, person_id=member.person.id))
    for window in windows:
        visit.db.add(_round(assignment, window))
    _note_ticks(visit, assignment, terms)
    audit.record(visit, Act.ASSIGNED, assignment.id, couple.id)
    notices.put(visit, [m.person.id for m in to], NoticeKind.HOMEWORK_GIVEN, assignment.id)
    return assignment


def _first_day(visit: Visit, couple: CoupleCard, to: Sequence[MemberCard]) -> date:
    """The assigned day: one person's own; of two it is the couple's.

    Both read the same days, and from neither's days can the other tell where somebody is now.
    """
    if len(to) > 1:
        return today_in(visit, couple.time_zone)
    return today_in(visit, to[0].time_zone)


def _windows(edition: EditionCard, first_on: date, due_on: date | None) -> tuple[Window, ...]:
    run = edition.content.exercise.run
    return windows_of(edition.cadence, run.weeks or run.days or 1, first_on, due_on)


def _round(assignment: Assignment, window: Window) -> Round:
    return Round(
        assignment_id=assignment.id,
        number=window.number,
        first_on=window.first_on,
        due_on=window.due_on,
        last_on=window.last_on,
    )


def _note_ticks(visit: Visit, assignment: Assignment, terms: _Terms) -> None:
    # These are the catalogue's sentences, all of them ticked; whatever else was sent is not kept.
    for sentence in terms.confirmed:
        visit.db.add(
            Tick(
                assignment_id=assignment.id,
                sentence=sentence,
                ticked_by_id=visit.viewer.me(),
                ticked_at=visit.now,
            )
        )


def _end(visit: Visit, assignment_id: UUID, state: AssignmentState, act: Act) -> None:
    assignment = _assignment(visit, assignment_id)
    assignment.end(state, visit.now)
    audit.record(visit, act, assignment.id, assignment.couple_id)


def _assignment(visit: Visit, assignment_id: UUID) -> Assignment:
    query = select(Assignment).where(Assignment.id == assignment_id)
    assignment = visit.db.scalars(held(query)).one_or_none()
    if assignment is None or not deeds.may_end_shared(visit.viewer, assignment.couple_id):
        raise NotFound
    return assignment
