"""Finding a partner's own draft, and what they may choose in it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.exercises import queries as exercises
from portal.exercises.form.conditions import Context
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.exercises.form.wording import asked
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import task as task_of
from portal.homework.queries import undisturbed
from portal.people.cards import OwnCoupleCard
from portal.people.models import Couple
from portal.people.queries import contact_level_of, couple_of, own_couple
from portal.people.standing import joint_work_at, joint_work_told, standings
from portal.policies import deeds
from portal.policies.audiences import may_choose, settle
from portal.policies.gates import may_be_offered
from portal.policies.sight import sight_of
from portal.policies.viewer import require
from portal.reflections.answers import Words, open_all
from portal.reflections.cards import AnswerFactsCard
from portal.reflections.drafts.cards import DraftCard, KeptCard
from portal.reflections.drafts.carrying import Carried, carried_into, carries
from portal.reflections.models import (
    DRAFT,
    WRITABLE,
    DraftField,
    KeptVersion,
    PrivateWord,
    Reflection,
    Revision,
)
from portal.reflections.openings.queries import is_there_for_both
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, Sight


def own_task(visit: Visit, round_id: UUID) -> TaskCard:
    """A round that this partner was given to answer."""
    task = task_of(visit, round_id)
    mine = visit.viewer.person_id in task.recipients
    require(deeds.may_write(visit.viewer, task.couple_id, is_recipient=mine))
    if task.mode is Mode.JOINT:
        raise NotFound  # a sheet for two has pages and rules of its own
    return task


def own_reflection(visit: Visit, round_id: UUID, *, lock: bool = False) -> Reflection | None:
    """This partner's own work on a round, where it was begun."""
    query = select(Reflection).where(
        Reflection.round_id == round_id, Reflection.respondent_id == visit.viewer.me()
    )
    if lock:
        query = held(query)
    return visit.db.scalars(query).one_or_none()


def draft(visit: Visit, round_id: UUID) -> DraftCard:
    """This partner's draft of a round, whether or not it was begun."""
    task, own = own_task(visit, round_id), own_couple(visit)
    couple = couple_of(visit, task.couple_id)  # held here, so that it is fetched once
    reflection = own_reflection(visit, round_id)
    fields = fields_for(task, own)
    shared = shares_now(visit, task)
    words = draft_words(visit, reflection, fields) if reflection else Words()
    rows = _draft_fields(visit, reflection) if reflection else {}
    before = Carried() if reflection else carried_into(visit, task, fields)
    chosen = {**before.audiences, **{key: row.audience for key, row in rows.items()}}
    proposed = proposed_audiences(fields)
    visit.vault.warm([visit.viewer.me()])
    return DraftCard(
        task=task,
        own=own,
        fields=fields,
        context=context_for(visit, task, couple),
        reading=Reading(values={**before.values, **words.values}, typed=words.typed),
        counters={**before.counts, **{key: row.counter for key, row in rows.items()}},
        audiences={
            key: settle(chosen.get(key), p, shared_now=shared) for key, p in proposed.items()
        },
        choices={key: may_choose(p, shared_now=shared) for key, p in proposed.items()},
        carried=frozenset(field.key for field in carries(task, fields)),
        kept=kept_beside(visit, reflection, fields) if reflection else (),
        state=reflection.state if reflection else None,
        revision=reflection.revision if reflection else 0,
        saved_at=reflection.saved_at if reflection else None,
        return_line=_return_line(visit, reflection) if reflection else "",
        piece_id=reflection.id if reflection else None,
        changes=reflection.changes if reflection else 0,
        carried_from=before.piece_id,
    )


def held_draft(visit: Visit, round_id: UUID) -> DraftCard:
    """The same, and nobody changes it meanwhile: the round first, then the work, in the order of everybody else."""
    own_task(visit, round_id)
    undisturbed(visit, round_id)
    own_reflection(visit, round_id, lock=True)
    return draft(visit, round_id)


def fields_for(task: TaskCard, own: OwnCoupleCard) -> tuple[Field, ...]:
    """The questions as this person is asked them."""
    promise = exercises.promise(own.secrets_policy)
    return asked(task.edition.content, solo=task.solo, promise=promise)


def context_for(visit: Visit, task: TaskCard, couple: Couple) -> Context:
    """The circumstances that conditions may ask about; a role is never among a partner's."""
    contact = contact_level_of(visit, couple)
    return {"contact_level": contact.value, "role": None, "solo": task.solo}


def shares_now(visit: Visit, task: TaskCard) -> bool:
    """Whether its writer is offered now that anything could open to the other."""
    if task.solo or not is_there_for_both(visit, task):
        return False
    couple = visit.db.get_one(Couple, task.couple_id)
    found = standings(visit, [task.couple_id])
    entry, have_parted = found.joint.get(couple.id), found.parting(couple.id) is not None
    holds, told = joint_work_at(entry, visit.now), joint_work_told(entry, couple, visit.now)
    contact = contact_level_of(visit, couple)
    return may_be_offered(task.mode, contact, holds, told, have_parted=have_parted)


def proposed_audiences(fields: tuple[Field, ...]) -> dict[str, Audience]:
    """What the exercise proposes for each question; unknown is the counsellor alone."""
    return {
        field.key: Audience.of(field.visibility) for field in fields if isinstance(field, Question)
    }


def draft_words(visit: Visit, reflection: Reflection, fields: tuple[Field, ...]) -> Words:
    """The words of the draft, opened for their own writer."""
    revision_id = draft_revision(visit, reflection)
    return words_in(visit, reflection, revision_id, fields) if revision_id else Words()


def newest_words(visit: Visit, reflection: Reflection, fields: tuple[Field, ...]) -> Words:
    """The words of the draft; where it was sent, the words as they were sent last."""
    number = DRAFT if reflection.state in WRITABLE else reflection.revision
    query = select(Revision.id).where(
        Revision.reflection_id == reflection.id, Revision.number == number
    )
    revision_id = visit.db.scalars(query).one_or_none()
    return words_in(visit, reflection, revision_id, fields) if revision_id else Words()


def words_in(
    visit: Visit, reflection: Reflection, revision_id: UUID, fields: tuple[Field, ...]
) -> Words:
    """The words of one of the writer's own revisions."""
    visit.vault.warm([reflection.respondent_id])
    return open_all(visit, [revision_id], {revision_id: fields}).get(revision_id, Words())


def draft_revision(visit: Visit, reflection: Reflection) -> UUID | None:
    """The id of revision 0."""
    query = select(Revision.id).where(
        Revision.reflection_id == reflection.id, Revision.number == DRAFT
    )
    return visit.db.scalars(query).one_or_none()


def _draft_fields(visit: Visit, reflection: Reflection) -> dict[str, DraftField]:
    query = select(DraftField).where(
        DraftField.reflection_id == reflection.id,
        DraftField.respondent_id == visit.viewer.me(),
    )
    return {row.field_key: row for row in visit.db.scalars(query)}


def kept_beside(
    visit: Visit, reflection: Reflection, fields: tuple[Field, ...]
) -> tuple[KeptCard, ...]:
    """Other versions of one's own answers, kept until their writer decides.

    What is for the counsellor alone is not shown again once the piece was sent: only that it is there.
    """
    labels = {field.key: field.label for field in fields}
    once = {field.key for field in fields if is_private(field)}
    query = select(KeptVersion).where(
        KeptVersion.reflection_id == reflection.id,
        KeptVersion.respondent_id == visit.viewer.me(),
    )
    rows = visit.db.scalars(query.order_by(KeptVersion.kept_at, KeptVersion.id)).all()
    last = _last_alone(visit, reflection) if once & {row.field_key for row in rows} else None
    return tuple(
        KeptCard(
            row.id,
            row.field_key,
            labels.get(row.field_key, ""),
            "" if is_hidden else visit.vault.open(row.place, row.value),
            row.kept_at,
            is_hidden,
        )
        for row in rows
        for is_hidden in [
            sight_of(visit.viewer, _kept_facts(reflection, row, once, last)) is not Sight.WORDS
        ]
    )


def is_private(field: Field) -> bool:
    """Whether it is for the counsellor alone, and written once."""
    return isinstance(field, Question) and field.write_once


def _last_alone(visit: Visit, reflection: Reflection) -> datetime | None:
    """When something for the counsellor alone was last sent with this piece by the viewer."""
    query = select(func.max(PrivateWord.sent_at)).where(
        PrivateWord.reflection_id == reflection.id, PrivateWord.respondent_id == visit.viewer.me()
    )
    return visit.db.scalar(query)


def _kept_facts(
    reflection: Reflection, row: KeptVersion, once: set[str], last: datetime | None
) -> AnswerFactsCard:
    """What the rule of sight asks of a version: it counts as sent from the next sending on."""
    is_over = reflection.state not in WRITABLE
    return AnswerFactsCard(
        couple_id=reflection.couple_id,
        author_id=row.respondent_id,
        audience=Audience.COUNSELLOR,
        state=reflection.state,
        is_open=False,
        write_once=row.field_key in once,
        sent=is_over or (last is not None and row.kept_at <= last),
        dated_at=reflection.started_at,
    )


def _return_line(visit: Visit, reflection: Reflection) -> str:
    return reflection.words(visit.vault, "return_line", reflection.respondent_id)
