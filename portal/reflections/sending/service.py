"""Handing in and taking back, declining and returning: the roads of one reflection."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select

from portal.audit import service as audit
from portal.exercises.form.answers import to_json
from portal.exercises.form.checking import for_sending, left_out
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Stale, TooLate, Unfit
from portal.homework import service as homework
from portal.homework.cards import TaskCard
from portal.homework.queries import undisturbed
from portal.notices import service as notices
from portal.people.queries import carers_of, couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.reflections import answers
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.keeping import keep_beside, readable
from portal.reflections.drafts.queries import (
    draft_words,
    is_private,
    own_reflection,
    own_task,
)
from portal.reflections.drafts.service import require_takes_work
from portal.reflections.models import (
    Answer,
    PrivateWord,
    Reflection,
    Revision,
)
from portal.reflections.openings import service as openings
from portal.reflections.openings.queries import open_state
from portal.reflections.reached import note_anew
from portal.reflections.sending.cards import Said
from portal.reflections.sending.consents import keep_consents
from portal.reflections.sending.freezing import (
    empty_draft,
    last_questions,
    thaw,
    write_private,
    writers_of,
)
from portal.reflections.sending.queries import (
    OPEN_ALREADY,
    check,
    revision_of,
    why_not_back,
    why_not_returned,
)
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind, ReflectionState

NOTHING_YET = "There is nothing to send yet."
NOT_RETURNED = "This cannot be returned any more: it is open, or it lies with its writer again."
CAME_IN_ANEW = "These words came in anew while your page was open. Look at them first."


def send(visit: Visit, round_id: UUID, said: Said) -> Reflection:
    """The partner sends their own reflection to the counsellor."""
    undisturbed(visit, round_id)
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        raise TooLate(NOTHING_YET)
    reflection.require_writable()
    card = check(visit, round_id)
    require_takes_work(visit, card.draft.task, card.draft.own)
    if card.problems:
        raise Unfit({p.field_key: p.message for p in card.problems})
    number = reflection.send(visit.now)
    _freeze(visit, reflection, card.draft, number)
    keep_consents(visit, card, said, number)
    task = card.draft.task
    visit.db.flush()  # the opening that may follow looks at what was just sent
    homework.note_reached(visit, task.assignment_id, visit.viewer.me(), ReflectionState.SUBMITTED)
    audit.record(visit, Act.SENT, reflection.id, task.couple_id)
    carers = carers_of(visit, task.couple_id)
    notices.put(visit, carers, NoticeKind.REFLECTION_READY, task.round_id)
    openings.consider(visit, task)
    return reflection


def take_back(visit: Visit, round_id: UUID) -> Reflection:
    """The writer takes their work back, as long as it takes words, nobody has read it and it is not open."""
    task = _own_still(visit, round_id)
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        raise NotFound
    have_back(visit, reflection, task)
    return reflection


def have_back(visit: Visit, row: Reflection, task: TaskCard) -> None:
    """What was sent is the draft again, where nothing stands against it."""
    reason = why_not_back(visit, row, task)
    if reason:
        raise TooLate(reason)
    revision = revision_of(visit, row, row.revision)
    row.take_back()
    if revision is not None:
        thaw(visit, row, task, revision)
        visit.db.execute(delete(Answer).where(Answer.revision_id == revision.id))
        visit.db.execute(delete(Revision).where(Revision.id == revision.id))
    visit.db.flush()  # how far they are is asked of what lies there now
    for person_id in task.recipients if row.is_joint else (row.respondent_id,):
        note_anew(visit, task, person_id)
    audit.record(visit, Act.TOOK_BACK, row.id, task.couple_id)


def decline(visit: Visit, round_id: UUID) -> None:
    """The partner would rather not do this one; only the counsellor learns of it."""
    task = _own_still(visit, round_id)
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        reflection = Reflection(
            round_id=round_id,
            couple_id=task.couple_id,
            respondent_id=visit.viewer.me(),
            state=ReflectionState.DRAFT,
            revision=0,
            started_at=visit.now,
            saved_at=visit.now,
        )
        visit.db.add(reflection)
        visit.db.flush()  # its private words, if any, point at it
    reflection.decline(visit.now)
    homework.note_reached(visit, task.assignment_id, visit.viewer.me(), ReflectionState.DECLINED)
    _send_private(visit, reflection, task)
    audit.record(visit, Act.DECLINED, reflection.id, task.couple_id)
    carers = carers_of(visit, task.couple_id)
    notices.put(visit, carers, NoticeKind.REFLECTION_READY, task.round_id)


def give_back(visit: Visit, reflection_id: UUID, line: str, seen: str | None = None) -> None:
    """The counsellor returns a reflection with a line of why; it starts from the old words.

    `seen` is the mark of the text that stood on their page: words that came in since are looked at first,
    and so is a text that was given to who really wrote it.
    """
    reflection, task = _for_counsellor(visit, reflection_id)
    couple = couple_card(visit, task.couple_id)
    if no_way := why_not_returned(visit, task, couple, reflection.respondent_id):
        raise TooLate(no_way)
    if open_state(visit, [task.round_id]).is_open_of(reflection):
        raise TooLate(OPEN_ALREADY)
    revision = revision_of(visit, reflection, reflection.revision)
    if seen is not None and (revision is None or seen != reflection.mark_of(revision.id)):
        raise Stale(CAME_IN_ANEW)
    reflection.give_back(visit.now)
    reflection.put(visit.vault, "return_line", line, reflection.respondent_id)
    if revision is not None:
        thaw(visit, reflection, task, revision)
        _note_read_with(visit, revision)
    who = writers_of(reflection, task)
    for person_id in who:
        homework.note_reached(visit, task.assignment_id, person_id, ReflectionState.RETURNED)
    audit.record(visit, Act.RETURNED, reflection.id, task.couple_id)
    notices.put(visit, who, NoticeKind.HOMEWORK_RETURNED, task.round_id)


def _note_read_with(visit: Visit, revision: Revision) -> None:
    """The words for the counsellor alone that stood beside a text which they return have been read with it."""
    query = select(PrivateWord).where(
        PrivateWord.reflection_id == revision.reflection_id,
        PrivateWord.read_at.is_(None),
        PrivateWord.sent_at <= revision.sent_at,
    )
    for word in visit.db.scalars(held(query)):
        word.read_at = visit.now


def mark_read(visit: Visit, reflection_id: UUID, shown: Collection[str] | None = None) -> None:
    """The counsellor has read it, with the words for them alone that came with it or by themselves.

    `shown` are the marks of the text and of those words that stood on their page: what came since
    waits on.
    """
    reflection, task = _for_counsellor(visit, reflection_id)
    alone = select(PrivateWord).where(
        PrivateWord.reflection_id == reflection.id, PrivateWord.read_at.is_(None)
    )
    unread = visit.db.scalars(held(alone)).all()
    waits = [word.mark for word in unread]
    revision = revision_of(visit, reflection, reflection.revision)
    if reflection.state is ReflectionState.SUBMITTED and revision is not None:
        waits.append(reflection.mark_of(revision.id))
    if shown is not None and any(mark not in shown for mark in waits):
        raise Stale(CAME_IN_ANEW)
    for word in unread:
        word.read_at = visit.now
    if reflection.state is ReflectionState.SUBMITTED or not unread:
        reflection.mark_read(visit.now)
        for person_id in writers_of(reflection, task):
            homework.note_reached(visit, task.assignment_id, person_id, ReflectionState.REVIEWED)
    audit.record(visit, Act.REVIEWED, reflection.id, reflection.couple_id)


def _freeze(visit: Visit, reflection: Reflection, card: DraftCard, number: int) -> None:
    """The draft becomes the next revision, and what is for the counsellor alone goes its own way."""
    me = reflection.respondent_id
    values = for_sending(card.fields, card.reading.values, card.context)
    revision = Revision(
        reflection_id=reflection.id,
        number=number,
        sent_at=visit.now,
        policy=card.own.secrets_policy,
        policy_version=card.own.policy_version,
    )
    visit.db.add(revision)
    visit.db.flush()  # the answers point at it
    kept = [f for f in card.fields if f.key in values and not is_private(f)]
    sheet = answers.Sheet(revision.id, me, me, number)
    answers.write(visit, answers.Lot(sheet, kept, values, card.audiences, {}))
    for field in card.fields:
        if is_private(field) and field.key in values:
            write_private(visit, reflection, field, to_json(field, values[field.key]))
    # What is not asked any more, because of another answer, is not sent, and it is not lost.
    aside = left_out(card.fields, card.reading.values, card.context)
    for field in (each for each in card.fields if each.key in aside):
        keep_beside(visit, reflection, field, readable(field, aside[field.key], card.own))
    empty_draft(visit, reflection)


def _send_private(visit: Visit, reflection: Reflection, task: TaskCard) -> None:
    """Declining still carries what was written for the counsellor alone."""
    fields = last_questions(task)
    words = draft_words(visit, reflection, fields)
    for field in fields:
        if is_private(field) and field.key in words.values:
            text = to_json(field, words.values[field.key])
            write_private(visit, reflection, field, text)


def _own_still(visit: Visit, round_id: UUID) -> TaskCard:
    """A round that this partner was given, and that nobody else changes meanwhile."""
    own_task(visit, round_id)
    return undisturbed(visit, round_id)


def _for_counsellor(visit: Visit, reflection_id: UUID) -> tuple[Reflection, TaskCard]:
    reflection = visit.db.get(Reflection, reflection_id)
    if reflection is None:
        raise NotFound
    require(deeds.may_care_for(visit.viewer, reflection.couple_id))
    task = undisturbed(visit, reflection.round_id)
    visit.db.refresh(reflection)
    return reflection, task
