"""What a week takes over from the one before: the answers that its exercise carries forward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.values import Value
from portal.homework.cards import TaskCard
from portal.homework.models import Round
from portal.reflections.answers import open_all
from portal.reflections.models import DraftField, Reflection, Revision
from portal.visit import Visit
from portal.vocabulary import Audience, ReflectionState

UNSENT = (ReflectionState.DRAFT, ReflectionState.RETURNED)


@dataclass(frozen=True)
class Carried:
    """Answers from an earlier round, each with the readers whom its writer chose for it there, and from which piece.

    The counts are those of the earlier round: a page of a week that is not begun shows what they stand for.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    piece_id: UUID | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


def carries(task: TaskCard, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The questions of this round that are filled in from the one before."""
    if task.number == 1:
        return ()
    return tuple(each for each in fields if isinstance(each, Question) and each.carry_forward)


def carried_into(visit: Visit, task: TaskCard, fields: Sequence[Field]) -> Carried:
    """What this writer's round begins with: from their newest earlier round that holds any of it.

    A week that was left out does not empty the next one. Whoever made an answer more private finds it
    just as private in the next round, whatever the exercise proposes.
    """
    wanted = carries(task, fields)
    if not wanted:
        return Carried()
    pieces = _revisions(visit, task)
    newest_first = list(pieces)
    visit.vault.warm([visit.viewer.me()])
    found = open_all(visit, newest_first, dict.fromkeys(newest_first, wanted))
    for revision_id in newest_first:
        words = found.get(revision_id)
        if words is not None and words.values:
            piece_id = pieces[revision_id]
            return Carried(
                words.values, words.audiences, piece_id, _counts(visit, piece_id, wanted)
            )
    return Carried()


def _counts(visit: Visit, piece_id: UUID, fields: Sequence[Field]) -> dict[str, int]:
    query = select(DraftField.field_key, DraftField.counter).where(
        DraftField.reflection_id == piece_id,
        DraftField.respondent_id == visit.viewer.me(),
        DraftField.field_key.in_([each.key for each in fields]),
    )
    return {row[0]: row[1] for row in visit.db.execute(query)}


def _revisions(visit: Visit, task: TaskCard) -> dict[UUID, UUID]:
    """The words of each earlier round as they stand now, as sent or else its draft, with the piece they are of."""
    query = (
        select(Revision.id, Revision.number, Reflection.revision, Reflection.state, Reflection.id)
        .join(Reflection, Reflection.id == Revision.reflection_id)
        .join(Round, Round.id == Reflection.round_id)
        .where(
            Round.assignment_id == task.assignment_id,
            Round.number < task.number,
            Reflection.respondent_id == visit.viewer.me(),
        )
        .order_by(Round.number.desc())
    )
    return {
        row[0]: row[4]
        for row in visit.db.execute(query)
        if row[1] == (0 if row[3] in UNSENT else row[2])
    }
