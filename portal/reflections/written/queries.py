"""Finding everything that one partner wrote, in the same few look-ups however much it is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import People
from portal.homework.cards import TaskCard
from portal.homework.queries import own_tasks
from portal.people.cards import OwnCoupleCard
from portal.policies.sight import may_take_along
from portal.reflections.answers import Words, open_by_writer
from portal.reflections.cards import AnswerFactsCard
from portal.reflections.laying import questions
from portal.reflections.models import KeptVersion, Reflection, Revision
from portal.reflections.pieces.queries import title_of
from portal.reflections.sheets import is_own_question
from portal.reflections.written.cards import WrittenAnswer, WrittenPiece, WrittenVersion
from portal.visit import Visit
from portal.vocabulary import Audience, Seat

NOT_YET = datetime.max.replace(tzinfo=UTC)
Kept = Mapping[UUID, Sequence[tuple[str, str]]]


def written_pieces(visit: Visit, own: OwnCoupleCard, locale: str) -> tuple[WrittenPiece, ...]:
    """Each piece that this partner wrote in, in the order of sending; what is only begun comes last.

    Of a sheet for two it is what they answered for themselves; the rest is both people's.
    """
    me = visit.viewer.me()
    tasks = {task.round_id: task for task in own_tasks(visit)}
    mine = (Reflection.respondent_id == me) | (Reflection.respondent_id == Reflection.couple_id)
    query = select(Reflection).where(Reflection.round_id.in_(tasks), mine)
    rows = {row.round_id: row for row in visit.db.scalars(query)}
    revisions = _revisions(visit, list(rows.values()))
    visit.vault.warm([me])
    fields = {
        task.round_id: _taken(visit, task, rows.get(task.round_id)) for task in tasks.values()
    }
    of_row = {row.id: fields[row.round_id] for row in rows.values()}
    every = [each for found in revisions.values() for each in found]
    asked = {r.id: of_row[r.reflection_id] for r in every}
    words = open_by_writer(visit, [r.id for r in every], asked, [me])
    kept = _kept(visit, me, of_row)
    people = People(own.name_at(Seat.A), own.name_at(Seat.B))
    pieces = []
    for task in tasks.values():
        row = rows.get(task.round_id)
        if row is None:
            continue
        sent, beside = revisions.get(row.id, ()), _beside(kept.get(row.id, ()))
        versions = [
            WrittenVersion(
                revision.sent_at,
                _answers(
                    fields[task.round_id],
                    words.get((revision.id, me), Words()),
                    people,
                    locale,
                    task,
                )
                + (() if revision.number else beside),
            )
            for revision in sent
        ]
        if all(revision.number for revision in sent):
            versions.append(WrittenVersion(None, beside))  # left out before anything was kept of it
        filled = tuple(version for version in versions if version.answers)
        if filled:
            pieces.append(WrittenPiece(title_of(task), task.number, task.of, filled))
    return tuple(sorted(pieces, key=lambda piece: piece.sent_at or NOT_YET))


def _revisions(visit: Visit, rows: Sequence[Reflection]) -> dict[UUID, list[Revision]]:
    """What was sent and not taken back, the earliest first; the draft comes last."""
    newest = {row.id: row.revision for row in rows}
    query = select(Revision).where(Revision.reflection_id.in_(newest))
    found: dict[UUID, list[Revision]] = {}
    for revision in visit.db.scalars(query.order_by(Revision.number)):
        if revision.number <= newest[revision.reflection_id]:
            found.setdefault(revision.reflection_id, []).append(revision)
    return {
        key: sorted(each, key=lambda r: (r.number == 0, r.number)) for key, each in found.items()
    }


def _taken(visit: Visit, task: TaskCard, row: Reflection | None) -> tuple[Field, ...]:
    """The questions whose answers their writer may carry away.

    What the two wrote together is neither's own, nor is a text that was kept beside it: the other's words may
    stand in it.
    """
    if row is None:
        return ()
    return tuple(
        field
        for field in questions(task)
        if isinstance(field, Question)
        and (not row.is_joint or is_own_question(task, field))
        and may_take_along(visit.viewer, _facts(visit, task, row, field))
    )


def _facts(visit: Visit, task: TaskCard, row: Reflection, field: Question) -> AnswerFactsCard:
    return AnswerFactsCard(
        couple_id=row.couple_id,
        author_id=visit.viewer.me(),
        audience=Audience.of(field.visibility),
        state=row.state,
        is_open=False,
        write_once=field.write_once,
        sent=row.revision > 0,
        dated_at=task.assigned_at,
    )


def _answers(
    fields: Sequence[Field], words: Words, people: People, locale: str, task: TaskCard
) -> tuple[WrittenAnswer, ...]:
    found = [
        WrittenAnswer(
            field.label, shown(field, words.values[field.key], people, locale, task.first_on)
        )
        for field in fields
        if field.key in words.values
    ]
    labels = {field.key: field.label for field in fields}
    for box, texts in words.typed.items():
        key = box.split(".")[1]
        if key in labels:
            found.append(WrittenAnswer(labels[key], Shown("lines", lines=texts)))
    return tuple(found)


def _kept(visit: Visit, me: UUID, fields: Mapping[UUID, Sequence[Field]]) -> Kept:
    """The other texts that were typed in a second place, each beside its question."""
    query = select(KeptVersion).where(
        KeptVersion.reflection_id.in_(fields), KeptVersion.respondent_id == me
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for row in visit.db.scalars(query.order_by(KeptVersion.kept_at, KeptVersion.id)):
        labels = {field.key: field.label for field in fields[row.reflection_id]}
        if row.field_key in labels:
            text = visit.vault.open(row.place, row.value)
            found.setdefault(row.reflection_id, []).append((labels[row.field_key], text))
    return found


def _beside(kept: Sequence[tuple[str, str]]) -> tuple[WrittenAnswer, ...]:
    return tuple(WrittenAnswer(label, Shown("text", text=text)) for label, text in kept)
