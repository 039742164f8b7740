"""Between a draft and what was sent: frozen into a revision, and thawed again to go on from."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.people.promises import promise_for
from portal.reflections import answers
from portal.reflections.answers import Words
from portal.reflections.drafts.queries import draft_revision, proposed_audiences
from portal.reflections.models import (
    Answer,
    DraftField,
    PrivateWord,
    Reflection,
    Revision,
    SheetSide,
)
from portal.visit import Visit
from portal.vocabulary import SecretsPolicy


def write_private(
    visit: Visit,
    reflection: Reflection,
    field: Field,
    text: str,
    by: UUID | None = None,
    promise: tuple[SecretsPolicy, int] | None = None,
) -> None:
    """One thing for the counsellor alone, under the promise that stood over it: else the one read last."""
    who = by or reflection.respondent_id
    policy, version = promise or promise_for(visit, reflection.couple_id, who)
    word = PrivateWord(
        reflection_id=reflection.id,
        couple_id=reflection.couple_id,
        revision=reflection.revision,
        respondent_id=who,
        field_key=field.key,
        sent_at=visit.now,
        policy=policy,
        policy_version=version,
    )
    word.value = visit.vault.seal(word.respondent_id, word.place, text)
    visit.db.add(word)


def empty_draft(visit: Visit, reflection: Reflection) -> None:
    """What was frozen is no draft any more."""
    revision_id = draft_revision(visit, reflection)
    visit.db.execute(delete(Answer).where(Answer.revision_id == revision_id))


def thaw(visit: Visit, reflection: Reflection, task: TaskCard, revision: Revision) -> None:
    """The next revision starts from the old words; the private box starts empty."""
    fields = tuple(
        f
        for f in (*task.edition.content.exercise.fields, *last_questions(task))
        if isinstance(f, Question) and not f.write_once
    )
    owners = (reflection.respondent_id, *writers_of(reflection, task))
    visit.vault.warm(owners)
    found = answers.open_by_writer(visit, [revision.id], {revision.id: fields})
    draft_id = draft_revision(visit, reflection)
    if draft_id is None:
        raise NotFound
    version = _count_on(visit, reflection, found)
    for (_, whose), words in found.items():
        sheet = answers.Sheet(draft_id, whose, whose, version, words.writers)
        chosen = {**proposed_audiences(fields), **words.audiences}
        answers.write(visit, answers.Lot(sheet, fields, words.values, chosen, {}))
    if reflection.is_joint:
        unconfirm(visit, reflection)


def unconfirm(visit: Visit, reflection: Reflection) -> None:
    """What stands on a joint sheet has changed: whatever was confirmed of it counts no more."""
    visit.db.execute(
        update(SheetSide).where(SheetSide.reflection_id == reflection.id).values(confirmed=None)
    )


def _count_on(
    visit: Visit, reflection: Reflection, found: Mapping[tuple[UUID, UUID], Words]
) -> int:
    """A page that was open before the return is stale now: every field counts on."""
    query = select(DraftField).where(DraftField.reflection_id == reflection.id)
    rows = visit.db.scalars(query).all()
    chosen = {whose: words.audiences for (_, whose), words in found.items()}
    reflection.changes += 1
    for row in rows:
        row.counter = reflection.changes if reflection.is_joint else row.counter + 1
        row.audience = chosen.get(row.respondent_id, {}).get(row.field_key, row.audience)
    return max((row.counter for row in rows), default=1)


def last_questions(task: TaskCard) -> tuple[Field, ...]:
    """What is asked after every exercise: how freely one could answer, and the private box."""
    return tuple(task.edition.content.common.after_every_exercise)


def writers_of(reflection: Reflection, task: TaskCard) -> tuple[UUID, ...]:
    """Whose work this is: one person's, or both people's where they wrote one sheet."""
    return task.recipients if reflection.is_joint else (reflection.respondent_id,)
