"""How far somebody is with the whole of a homework, from what lies in their chair now."""

from uuid import UUID

from sqlalchemy import select

from portal.homework import service as homework
from portal.homework.cards import TaskCard
from portal.homework.models import Round
from portal.reflections.models import Reflection
from portal.visit import Visit
from portal.vocabulary import ReflectionState


def note_anew(visit: Visit, task: TaskCard, person_id: UUID) -> None:
    """Write down anew how far somebody is, after their work was taken back or found to be another's."""
    homework.set_reached(visit, task.assignment_id, person_id, _reached(visit, task, person_id))


def _reached(visit: Visit, task: TaskCard, person_id: UUID) -> ReflectionState | None:
    query = (
        select(Reflection.state)
        .join(Round, Round.id == Reflection.round_id)
        .where(
            Round.assignment_id == task.assignment_id,
            Reflection.respondent_id.in_([person_id, task.couple_id]),
            Reflection.state != ReflectionState.DRAFT,
        )
        .order_by(Reflection.sent_at)
    )
    states = list(visit.db.scalars(query))
    done = [state for state in states if state is not ReflectionState.DECLINED] or states
    return done[-1] if done else None
