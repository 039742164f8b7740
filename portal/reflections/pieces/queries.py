"""Finding one's own pieces: in lists, and one with everything on its page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from portal.exercises.queries import standing
from portal.homework.cards import TaskCard
from portal.homework.models import Assignment, Recipient, Round
from portal.homework.queries import own_tasks
from portal.homework.windows import Phase, Window, day_in
from portal.people.cards import OwnCoupleCard
from portal.people.models import Couple, Membership, Person
from portal.people.queries import own_couple
from portal.reflections.drafts.service import today_for, zone_of
from portal.reflections.models import WRITABLE, Opening, Reflection, SheetSide
from portal.reflections.openings.queries import SENT
from portal.reflections.pieces.cards import OwnPiece, OwnWork, Stage, Unsent
from portal.visit import Visit
from portal.vocabulary import AssignmentState, Mode, ReflectionState, Role

ENDED = (AssignmentState.CLOSED, AssignmentState.WITHDRAWN)
STAGES: Mapping[ReflectionState, Stage] = {
    ReflectionState.DRAFT: Stage.DRAFT,
    ReflectionState.RETURNED: Stage.RETURNED,
    ReflectionState.SUBMITTED: Stage.SENT,
    ReflectionState.REVIEWED: Stage.SENT,
    ReflectionState.DECLINED: Stage.DECLINED,
}


def own_pieces(visit: Visit, own: OwnCoupleCard | None = None) -> list[OwnPiece]:
    """Every piece this partner was given so far, in the order it was given."""
    couple = own or own_couple(visit)
    given = own_tasks(visit)
    ids = [task.round_id for task in given]
    work, opened = own_work(visit, ids), opened_at(visit, ids)
    days = {task.round_id: today_for(visit, couple, task) for task in given}
    return [
        piece_of(
            task, couple, days[task.round_id], work.get(task.round_id), opened.get(task.round_id)
        )
        for task in given
        if task.phase(days[task.round_id]) is not Phase.TO_COME or task.round_id in work
    ]


def own_work(visit: Visit, round_ids: Sequence[UUID]) -> dict[UUID, OwnWork]:
    """The dates of this partner's own work on these rounds."""
    mine = (visit.viewer.me(), *visit.viewer.couples)
    query = (
        select(Reflection, SheetSide)
        .outerjoin(
            SheetSide,
            (SheetSide.reflection_id == Reflection.id) & (SheetSide.person_id == visit.viewer.me()),
        )
        .where(Reflection.round_id.in_(round_ids), Reflection.respondent_id.in_(mine))
    )
    works = [
        _work_on_sheet(row, side) if row.is_joint else _work(row)
        for row, side in visit.db.execute(query)
    ]
    return {work.round_id: work for work in works if work is not None}


def _work(row: Reflection) -> OwnWork:
    return OwnWork(row.round_id, row.state, row.revision, row.saved_at, row.sent_at)


def _work_on_sheet(row: Reflection, side: SheetSide | None) -> OwnWork | None:
    """A sheet for two as one of them knows it: shared changes and one's own, no more than that."""
    moments = [row.saved_at if row.changes else None, side.saved_at if side else None]
    left_at = side.declined_at if side else None
    last = max((at for at in moments if at is not None), default=left_at)
    if last is None:
        return None
    if left_at is not None and row.state in WRITABLE:
        return OwnWork(row.round_id, ReflectionState.DECLINED, row.revision, last, left_at)
    return OwnWork(row.round_id, row.state, row.revision, last, row.sent_at)


def opened_at(visit: Visit, round_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When those of these rounds that are open were opened."""
    query = select(Opening).where(Opening.round_id.in_(list(round_ids)))
    return {row.round_id: row.opened_at for row in visit.db.scalars(query)}


def piece_of(
    task: TaskCard,
    own: OwnCoupleCard,
    today: date,
    work: OwnWork | None,
    opened: datetime | None,
) -> OwnPiece:
    """One piece as its writer's lists show it."""
    shares = task.is_paired and task.edition.opens_anything and not task.solo
    ended = ended_on(task, own, today)
    is_joint = task.mode is Mode.JOINT
    closes = not _is_sent(work) if is_joint else shares or task.state in ENDED
    changed = ended if opened is None and closes else None
    return OwnPiece(
        task=task,
        title=title_of(task),
        stage=_stage(work, is_over=ended is not None),
        work=work,
        opened_at=opened,
        plan_changed_on=changed,
        tells_of_opening=shares,
    )


def _is_sent(work: OwnWork | None) -> bool:
    return work is not None and work.state in SENT


def unsent_rounds(visit: Visit) -> list[Unsent]:
    """Every round that takes work today and that one of its writers has not sent; for jobs alone.

    In one look-up, and with no words in it. Whoever reminds still asks the gates, the hold and what
    the person has chosen; the page of the round goes on in the same draft.
    """
    if visit.viewer.role is not Role.SYSTEM:
        return []
    return [
        found
        for row, assignment, person, zone, state in visit.db.execute(_not_sent())
        for found in [_unsent(visit, row, assignment, person, (zone, state))]
        if found.phase in (Phase.NOW, Phase.LATE)
    ]


def _not_sent() -> Select[Round, Assignment, Person, str, ReflectionState | None]:
    """Rounds of running assignments with each recipient who takes part now and has not sent."""
    theirs = or_(
        Reflection.respondent_id == Recipient.person_id,
        Reflection.respondent_id == Assignment.couple_id,
    )
    return (
        select(Round, Assignment, Person, Couple.time_zone, Reflection.state)
        .join(Assignment, Assignment.id == Round.assignment_id)
        .join(Recipient, Recipient.assignment_id == Assignment.id)
        .join(Person, Person.id == Recipient.person_id)
        .join(Couple, Couple.id == Assignment.couple_id)
        .join(
            Membership,
            and_(Membership.couple_id == Couple.id, Membership.person_id == Person.id),
        )
        .outerjoin(Reflection, and_(Reflection.round_id == Round.id, theirs))
        .outerjoin(
            SheetSide,
            and_(
                SheetSide.reflection_id == Reflection.id, SheetSide.person_id == Recipient.person_id
            ),
        )
        .where(
            SheetSide.confirmed.is_(None),
            SheetSide.declined_at.is_(None),
            Assignment.state == AssignmentState.OPEN,
            Couple.archived_at.is_(None),
            Person.erased_at.is_(None),
            Membership.participates,
            Membership.joined_at.is_not(None),
            Membership.left_at.is_(None),
            or_(Reflection.state.is_(None), Reflection.state.in_(WRITABLE)),
        )
        .order_by(Round.first_on, Round.id, Person.id)
    )


def _unsent(
    visit: Visit,
    row: Round,
    assignment: Assignment,
    person: Person,
    known: tuple[str, ReflectionState | None],
) -> Unsent:
    zone, state = known
    shared = assignment.mode is Mode.JOINT
    today = day_in(visit.now, zone if shared else person.time_zone or zone)
    return Unsent(
        round_id=row.id,
        couple_id=assignment.couple_id,
        person_id=person.id,
        mode=assignment.mode,
        held=assignment.held,
        has_draft=state is not None and not shared,  # a sheet may hold the other's words alone
        first_on=row.first_on,
        due_on=row.due_on,
        phase=Window(row.number, row.first_on, row.due_on, row.last_on).phase(today),
        today=today,
    )


def title_of(task: TaskCard) -> str:
    """What the piece is called outside the page where it is answered."""
    return standing().partner_sees.hidden_title if task.edition.hides_title else task.title


def ended_on(task: TaskCard, own: OwnCoupleCard, today: date) -> date | None:
    """The day since when a round takes no more work."""
    if task.ended_at is not None:
        return day_in(task.ended_at, zone_of(own, task))
    return task.last_on if task.phase(today) is Phase.OVER else None


def _stage(work: OwnWork | None, *, is_over: bool) -> Stage:
    if work is not None and (work.state in SENT or work.state is ReflectionState.DECLINED):
        return STAGES[work.state]
    if is_over:
        return Stage.ENDED
    return STAGES[work.state] if work is not None else Stage.NOT_STARTED
