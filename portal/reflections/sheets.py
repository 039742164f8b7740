"""Joint sheets as they are read: the shared answers with whose hand they were in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import shown
from portal.homework.cards import TaskCard
from portal.policies.sight import sight_of
from portal.reflections.answers import Words
from portal.reflections.cards import AnswerCard, AnswerFactsCard, SharedCard
from portal.reflections.laying import LaidOut, lay_out, questions
from portal.reflections.models import Reflection
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, Sight

EACH = "each"


def is_own_question(task: TaskCard, field: Field) -> bool:
    """Whether each of the two answers this for themselves, hidden from the other."""
    after = {each.key for each in task.edition.content.common.after_every_exercise}
    if isinstance(field, Question) and (field.write_once or field.visibility != "at_once"):
        return True
    return field.key in after or getattr(field, "respondent", None) == EACH


def shared_on(
    visit: Visit, tasks: Sequence[TaskCard], locale: str = "en", as_of: datetime | None = None
) -> dict[UUID, SharedCard]:
    """Per joint round that was sent, what the two wrote together, for whom may read it."""
    joint = [task for task in tasks if task.mode is Mode.JOINT]
    if not joint:
        return {}
    desk = lay_out(visit, joint, locale, as_of)
    found = {}
    for task in joint:
        for row in desk.rows.get(task.round_id, ()):
            card = _card(visit, desk, task, row)
            if card is not None:
                found[task.round_id] = card
    return found


def _card(visit: Visit, desk: LaidOut, task: TaskCard, row: Reflection) -> SharedCard | None:
    revision = desk.revisions.get(row.id)
    words = desk.words.get((revision.id, row.couple_id)) if revision else None
    if revision is None or words is None:
        return None
    answers = tuple(
        _answer(desk, task, field, words)
        for field in questions(task)
        if isinstance(field, Question)
        and field.key in words.values
        and sight_of(visit.viewer, _facts(task, row, words.audiences.get(field.key))) is Sight.WORDS
    )
    if not answers:
        return None
    return SharedCard(
        id=row.id,
        round_id=row.round_id,
        names=tuple(desk.names.get(person_id, "") for person_id in _in_order(desk, task)),
        revision=revision.number,
        revision_id=revision.id,
        sent_at=revision.sent_at,
        answers=answers,
    )


def _in_order(desk: LaidOut, task: TaskCard) -> list[UUID]:
    known = [person_id for person_id in task.recipients if person_id in desk.seats]
    return sorted(known, key=lambda person_id: desk.seats[person_id].seat.value)


def _facts(task: TaskCard, row: Reflection, audience: Audience | None) -> AnswerFactsCard:
    return AnswerFactsCard(
        couple_id=row.couple_id,
        author_id=None,
        audience=audience or Audience.COUNSELLOR,
        state=row.state,
        is_open=False,
        write_once=False,
        sent=row.revision > 0,
        dated_at=task.assigned_at,
    )


def _answer(desk: LaidOut, task: TaskCard, field: Field, words: Words) -> AnswerCard:
    value = words.values[field.key]
    hands = {who for (key, _), who in words.writers.items() if key == field.key}
    return AnswerCard(
        key=field.key,
        label=field.label,
        audience=words.audiences.get(field.key, Audience.COUNSELLOR),
        shown=shown(field, value, desk.people[task.couple_id], desk.locale, task.first_on),
        text=value if isinstance(value, str) else "",
        number=value if field.type == "scale" and isinstance(value, int) else None,
        hands=tuple(
            (desk.names.get(who, ""), desk.seats[who].seat)
            for who in _in_order(desk, task)
            if who in hands
        ),
    )
