"""What somebody had begun on a piece that takes no words any more: theirs to read, and nobody else's."""

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import Value
from portal.policies.sight import may_take_along
from portal.reflections.cards import AnswerFactsCard, ReflectionCard
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.carrying import carried_into
from portal.reflections.drafts.keeping import odd_in, people_of
from portal.reflections.drafts.queries import is_private
from portal.reflections.pieces.cards import BegunCard, OwnPiece, Stage
from portal.reflections.sheets import is_own_question
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, ReflectionState

OVER = (Stage.ENDED, Stage.DECLINED)


def begun(
    visit: Visit, piece: OwnPiece, card: DraftCard, mine: ReflectionCard | None, locale: str
) -> tuple[BegunCard, ...]:
    """One's own answers as they were typed last and not sent; of a sheet for two only one's own.

    The page shows what its writer may take along: what was for the counsellor alone stays out of sight
    here, as everywhere after the writing.
    """
    if piece.stage not in OVER or piece.work is None:
        return ()
    carried = carried_into(visit, card.task, card.fields).values
    found = []
    for field in card.fields:
        if not isinstance(field, Question) or not may_take_along(
            visit.viewer, _facts(visit, card, field)
        ):
            continue
        for each in _begun(card, field, locale, carried.get(field.key)):
            before = mine.answer(field.key) if mine else None
            if before is None or before.shown != each:
                found.append(BegunCard(field.label, each))
    return tuple(found)


def _facts(visit: Visit, card: DraftCard, field: Field) -> AnswerFactsCard:
    is_shared = card.task.mode is Mode.JOINT and not is_own_question(card.task, field)
    return AnswerFactsCard(
        couple_id=card.task.couple_id,
        author_id=None if is_shared else visit.viewer.me(),
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
