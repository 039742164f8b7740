"""What somebody had begun on a piece that takes no words any more: theirs to read, and nobody else's."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import Row, Value
from portal.policies.sight import may_take_along
from portal.reflections.answers import Words, open_by_writer
from portal.reflections.cards import AnswerFactsCard, ReflectionCard
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.carrying import carried_into
from portal.reflections.drafts.keeping import odd_in, people_of
from portal.reflections.drafts.queries import is_private
from portal.reflections.models import DRAFT, DraftField, Reflection, Revision
from portal.reflections.pieces.cards import BegunCard, OwnPiece, Stage
from portal.reflections.sheets import is_own_question
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, ReflectionState

OVER = (Stage.ENDED, Stage.DECLINED)


def begun(
    visit: Visit, piece: OwnPiece, card: DraftCard, mine: ReflectionCard | None, locale: str
) -> tuple[BegunCard, ...]:
    """One's own answers as they were typed last and not sent.

    Of a sheet for two they are one's own, and once it has ended those written together that were last in
    one's own hand: whoever wrote them had the whole text before their eyes. The page shows what its writer may
    take along: what was for the counsellor alone stays out of sight here, as everywhere after the writing.
    """
    if piece.stage not in OVER or piece.work is None:
        return ()
    in_hand = _in_own_hand(visit, card) if _is_sheet_that_ended(piece) else Words()
    card = replace(card, reading=_with(card, in_hand))
    carried = carried_into(visit, card.task, card.fields).values
    found = []
    for field in card.fields:
        if not isinstance(field, Question) or not may_take_along(
            visit.viewer, _facts(visit, card, field, in_hand)
        ):
            continue
        for each in _begun(card, field, locale, carried.get(field.key)):
            before = mine.answer(field.key) if mine else None
            if before is None or before.shown != each:
                found.append(BegunCard(field.label, each))
    return tuple(found)


def _is_sheet_that_ended(piece: OwnPiece) -> bool:
    return piece.task.mode is Mode.JOINT and piece.stage is Stage.ENDED


def _is_shared(card: DraftCard, field: Field) -> bool:
    return card.task.mode is Mode.JOINT and not is_own_question(card.task, field)


def _in_own_hand(visit: Visit, card: DraftCard) -> Words:
    """What was written together and was in this writer's hand last; of a table the rows that were."""
    me, couple_id = visit.viewer.me(), card.task.couple_id
    query = (
        select(DraftField.field_key, DraftField.changed_by_id, Revision.id)
        .join(Reflection, Reflection.id == DraftField.reflection_id)
        .join(Revision, Revision.reflection_id == Reflection.id)
        .where(
            Reflection.round_id == card.task.round_id,
            Revision.number == DRAFT,
            DraftField.respondent_id == couple_id,
        )
    )
    rows = visit.db.execute(query).all()
    revisions = {row.id: card.fields for row in rows}
    visit.vault.warm([couple_id])
    words = next(iter(open_by_writer(visit, revisions, revisions, [couple_id]).values()), Words())
    mine = {row.field_key for row in rows if row.changed_by_id == me}
    values = {
        key: found
        for key, value in words.values.items()
        if (found := _of_hand(me, key, value, words, is_last=key in mine))
    }
    typed = {box: each for box, each in words.typed.items() if box.split(".")[1] in mine}
    return Words(values=values, typed=typed)


def _of_hand(
    person_id: UUID, key: str, value: Value, words: Words, *, is_last: bool
) -> Value | None:
    if not isinstance(value, tuple) or not all(isinstance(each, Row) for each in value):
        return value if is_last else None
    rows = (each for each in value if isinstance(each, Row))
    return tuple(row for row in rows if words.writers.get((key, row.row_id)) == person_id)


def _with(card: DraftCard, in_hand: Words) -> Reading:
    """What was typed: one's own answers, and of those written together what was in one's own hand."""
    shared = {field.key for field in card.fields if _is_shared(card, field)}
    values = {key: value for key, value in card.reading.values.items() if key not in shared}
    typed = {
        box: each for box, each in card.reading.typed.items() if box.split(".")[1] not in shared
    }
    return replace(
        card.reading, values={**values, **in_hand.values}, typed={**typed, **in_hand.typed}
    )


def _facts(visit: Visit, card: DraftCard, field: Field, in_hand: Words) -> AnswerFactsCard:
    known = {*in_hand.values, *(box.split(".")[1] for box in in_hand.typed)}
    is_others = _is_shared(card, field) and field.key not in known
    return AnswerFactsCard(
        couple_id=card.task.couple_id,
        author_id=None if is_others else visit.viewer.me(),
        audience=card.audiences.get(field.key, Audience.COUNSELLOR),
        state=card.state or ReflectionState.DRAFT,
        is_open=False,
        write_once=is_private(field),
        sent=False,
        dated_at=card.task.assigned_at,
    )


def _begun(card: DraftCard, field: Field, locale: str, carried: Value | None) -> list[Shown]:
    """What was typed into one question; what only came along from an earlier round stands there already."""
    made = []
    value = card.reading.values.get(field.key)
    if value is not None and value != carried:
        made.append(shown(field, value, people_of(card.own), locale, card.task.first_on))
    odd = tuple(text for texts in odd_in(field, card.reading.typed).values() for text in texts)
    if any(odd):
        made.append(Shown("lines", lines=tuple(text for text in odd if text)))
    return made
