"""Finding where a piece of work would go, and whether anything was built upon it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.exercises.form.fields import Question
from portal.homework.cards import TaskCard
from portal.homework.models import Assignment, Recipient, Round
from portal.reflections.models import Reflection, Release, Revision
from portal.visit import Visit
from portal.vocabulary import AssignmentState, Mode


def home_of(visit: Visit, task: TaskCard, person_id: UUID) -> UUID | None:
    """The round in which somebody answers the same: this one, or one of their own."""
    if task.mode is not Mode.INDIVIDUAL:
        return task.round_id if person_id in task.recipients else None
    query = (
        select(Round.id)
        .join(Assignment, Assignment.id == Round.assignment_id)
        .join(Recipient, Recipient.assignment_id == Assignment.id)
        .where(
            Assignment.couple_id == task.couple_id,
            Assignment.edition_id == task.edition.id,
            Assignment.mode == Mode.INDIVIDUAL,
            Assignment.state == AssignmentState.OPEN,
            Recipient.person_id == person_id,
            Round.number == task.number,
        )
        .order_by(Assignment.assigned_at.desc(), Round.id)
    )
    return visit.db.scalars(query.limit(1)).first()


def piece_at(
    visit: Visit, round_id: UUID, person_id: UUID, *, lock: bool = False
) -> Reflection | None:
    """The work that lies in somebody's chair, without any of its words."""
    query = select(Reflection).where(
        Reflection.round_id == round_id, Reflection.respondent_id == person_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return visit.db.scalars(query).one_or_none()


def was_released(visit: Visit, pieces: Iterable[Reflection]) -> bool:
    """Whether any answer of these went to the other partner."""
    query = select(Release.id).where(Release.reflection_id.in_([piece.id for piece in pieces]))
    return visit.db.scalars(query.limit(1)).first() is not None


def was_built_upon(visit: Visit, task: TaskCard, person_ids: Iterable[UUID]) -> bool:
    """Whether somebody began a later week that takes answers over from this one."""
    fields = task.edition.content.exercise.fields
    if not any(isinstance(field, Question) and field.carry_forward for field in fields):
        return False
    query = (
        select(Reflection.id)
        .join(Round, Round.id == Reflection.round_id)
        .where(
            Round.assignment_id == task.assignment_id,
            Round.number > task.number,
            Reflection.respondent_id.in_(list(person_ids)),
        )
    )
    return visit.db.scalars(query.limit(1)).first() is not None


def first_sent(visit: Visit, piece: Reflection) -> datetime | None:
    """When its words first left their writer's hands."""
    query = select(func.min(Revision.sent_at)).where(Revision.reflection_id == piece.id)
    return visit.db.scalars(query).one()
