"""Finding where a piece of work would go, and whether anything was built upon it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, func, select

from portal.exercises.form.fields import Question
from portal.foundation.database import held
from portal.homework.cards import TaskCard
from portal.homework.models import Assignment, Recipient, Round
from portal.reflections.models import (
    Answer,
    DraftField,
    KeptVersion,
    PrivateWord,
    Reflection,
    Release,
    Revision,
)
from portal.visit import Visit
from portal.vocabulary import AssignmentState, Mode


def home_of(visit: Visit, task: TaskCard, person_id: UUID) -> UUID | None:
    """The round in which somebody answers the same: this one, or one of their own."""
    if task.mode is not Mode.INDIVIDUAL:
        return task.round_id if person_id in task.recipients else None
    taken = exists().where(Reflection.round_id == Round.id, Reflection.respondent_id == person_id)
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
        # An empty chair before a taken one: words that lie where they belong are better left there.
        .order_by(taken, Assignment.assigned_at.desc(), Round.id)
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
        query = held(query)
    return visit.db.scalars(query).one_or_none()


def what_lies_there(visit: Visit, pieces: Sequence[Reflection | None]) -> str:
    """A mark of the pieces in some chairs, that changes with every word and every move; no word of them in it.

    What lies beside a piece goes along with it, and so do its state and the words for the counsellor alone: each
    of them may have come since from whoever sits there.
    """
    ids = [piece.id for piece in pieces if piece is not None]
    counters = select(DraftField.reflection_id, func.sum(DraftField.counter)).where(
        DraftField.reflection_id.in_(ids)
    )
    found: list[object] = [
        sorted(
            (str(a), b) for a, b in visit.db.execute(counters.group_by(DraftField.reflection_id))
        )
    ]
    for kind, at in ((KeptVersion, KeptVersion.kept_at), (PrivateWord, PrivateWord.sent_at)):
        rows = visit.db.execute(select(kind.id, at).where(kind.reflection_id.in_(ids)))
        found.append(sorted((str(id_), moment.isoformat()) for id_, moment in rows))
    for each in pieces:
        where = (
            (each.id, each.respondent_id, each.state, each.revision, each.changes) if each else ()
        )
        found.append([str(part) for part in where])
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:32]


def lies_beside(visit: Visit, pieces: Sequence[Reflection | None]) -> bool:
    """Whether another version of an answer, typed in a second place, lies beside one of these pieces."""
    ids = [piece.id for piece in pieces if piece is not None]
    query = select(KeptVersion.id).where(KeptVersion.reflection_id.in_(ids))
    return visit.db.scalars(query.limit(1)).first() is not None


def was_released(visit: Visit, pieces: Iterable[Reflection]) -> bool:
    """Whether any answer of these went to the other partner."""
    query = select(Release.id).where(Release.reflection_id.in_([piece.id for piece in pieces]))
    return visit.db.scalars(query.limit(1)).first() is not None


def was_built_upon(visit: Visit, task: TaskCard, person_ids: Iterable[UUID]) -> bool:
    """Whether somebody began a later week that takes answers over from this one."""
    if not carried_keys(task):
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


def takes_over(visit: Visit, task: TaskCard, piece: Reflection, person_id: UUID) -> bool:
    """Whether it may hold words that its chair took over from an earlier week of the same person."""
    keys = carried_keys(task)
    if task.number == 1 or not keys:
        return False
    earlier = (
        select(Reflection.id)
        .join(Round, Round.id == Reflection.round_id)
        .where(
            Round.assignment_id == task.assignment_id,
            Round.number < task.number,
            Reflection.respondent_id == person_id,
        )
    )
    query = (
        select(Answer.id)
        .join(Revision, Revision.id == Answer.revision_id)
        .where(Revision.reflection_id == piece.id, Answer.field_key.in_(keys), earlier.exists())
    )
    return visit.db.scalars(query.limit(1)).first() is not None


def carried_keys(task: TaskCard) -> list[str]:
    """The questions of which a week takes over the answers of the one before."""
    fields = task.edition.content.exercise.fields
    return [field.key for field in fields if isinstance(field, Question) and field.carry_forward]
