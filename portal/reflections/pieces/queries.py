"""Finding one's own pieces: in lists, and one with everything on its page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.exercises.queries import standing
from portal.homework.cards import TaskCard
from portal.homework.queries import own_tasks
from portal.people.cards import OwnCoupleCard
from portal.people.queries import own_couple
from portal.reflections.models import Opening, Reflection
from portal.reflections.openings.queries import SENT
from portal.reflections.pieces.cards import OwnPiece, OwnWork, Stage
from portal.visit import Visit
from portal.vocabulary import AssignmentState, ReflectionState

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
    today = visit.now.astimezone(ZoneInfo(couple.time_zone)).date()
    tasks = [task for task in own_tasks(visit) if task.first_on <= today]
    ids = [task.round_id for task in tasks]
    work, opened = own_work(visit, ids), opened_at(visit, ids)
    return [
        piece_of(task, couple, today, work.get(task.round_id), opened.get(task.round_id))
        for task in tasks
    ]


def own_work(visit: Visit, round_ids: Sequence[UUID]) -> dict[UUID, OwnWork]:
    """The dates of this partner's own work on these rounds."""
    query = select(Reflection).where(
        Reflection.round_id.in_(round_ids), Reflection.respondent_id == visit.viewer.me()
    )
    return {
        row.round_id: OwnWork(row.round_id, row.state, row.revision, row.saved_at, row.sent_at)
        for row in visit.db.scalars(query)
    }


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
    changed = ended if opened is None and (shares or task.state in ENDED) else None
    return OwnPiece(
        task=task,
        title=title_of(task),
        stage=_stage(work, is_over=ended is not None),
        work=work,
        opened_at=opened,
        plan_changed_on=changed,
        tells_of_opening=shares,
    )


def title_of(task: TaskCard) -> str:
    """What the piece is called outside the page where it is answered."""
    return standing().partner_sees.hidden_title if task.edition.hides_title else task.title


def ended_on(task: TaskCard, own: OwnCoupleCard, today: date) -> date | None:
    """The day since when a round takes no more work."""
    if task.ended_at is not None:
        return task.ended_at.astimezone(ZoneInfo(own.time_zone)).date()
    return task.last_on if task.last_on is not None and task.last_on < today else None


def _stage(work: OwnWork | None, *, is_over: bool) -> Stage:
    if work is not None and (work.state in SENT or work.state is ReflectionState.DECLINED):
        return STAGES[work.state]
    if is_over:
        return Stage.ENDED
    return STAGES[work.state] if work is not None else Stage.NOT_STARTED
