"""Confirming a joint sheet, each from their own sign-in; the second yes sends it."""

from uuid import UUID

from sqlalchemy import delete

from portal.audit import service as audit
from portal.exercises.form.answers import to_json
from portal.exercises.form.checking import for_sending, left_out
from portal.exercises.form.definition import Field
from portal.exercises.form.values import Value
from portal.foundation.errors import NotFound, Stale, TooLate, Unfit
from portal.homework import service as homework
from portal.homework.cards import TaskCard
from portal.homework.queries import undisturbed
from portal.notices import service as notices
from portal.people.models import Couple
from portal.people.promises import promise_for_both
from portal.people.queries import carers_of, own_couple
from portal.reflections import answers
from portal.reflections.drafts.keeping import keep_beside, readable
from portal.reflections.drafts.queries import (
    context_for,
    draft_revision,
    is_private,
    proposed_audiences,
)
from portal.reflections.drafts.service import require_takes_work
from portal.reflections.joint.queries import (
    Whole,
    draft_fields,
    sheet,
    sheet_row,
    sheet_task,
    sides_of,
    whole,
)
from portal.reflections.joint.service import a_side, begun, require_not_left
from portal.reflections.models import Answer, Reflection, Revision, SheetSide
from portal.reflections.openings.service import consider_sheet
from portal.reflections.sending.cards import Said
from portal.reflections.sending.consents import keep_consents
from portal.reflections.sending.freezing import empty_draft, write_private
from portal.reflections.sending.late import send_after
from portal.reflections.sending.queries import check_of
from portal.reflections.sending.service import NOTHING_YET, have_back
from portal.reflections.sheets import is_own_question
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind, ReflectionState

CHANGED = "The sheet was changed while you were reading it. Please look at it again."


def confirm(visit: Visit, round_id: UUID, seen: str, said: Said) -> bool:
    """One of the two says yes to what stands there; true where that was the second yes."""
    undisturbed(visit, round_id)  # two yeses in one instant wait for each other here
    task, own = sheet_task(visit, round_id), own_couple(visit)
    row = sheet_row(visit, task, lock=True)
    if row is None:
        raise TooLate(NOTHING_YET)
    row.require_writable()
    require_takes_work(visit, task, own)
    side = require_not_left(visit, row)
    card = sheet(visit, round_id)
    if seen != card.seen:
        raise Stale(CHANGED)
    check = check_of(visit, card.draft)
    if check.problems:
        raise Unfit({p.field_key: p.message for p in check.problems})
    keep_consents(visit, check, said, row.revision + 1)
    side = side or a_side(visit, row)
    side.confirmed = row.changes
    side.policy, side.policy_version = own.secrets_policy, own.policy_version
    audit.record(visit, Act.CONFIRMED, row.id, task.couple_id)
    visit.db.flush()  # the question that follows counts this yes
    if not _both_agree(visit, task, row):
        return False
    _send(visit, task, row)
    return True


def take_back(visit: Visit, round_id: UUID) -> None:
    """Either may have the sheet back, as long as it takes words, nobody has read it and it is not open."""
    undisturbed(visit, round_id)
    task = sheet_task(visit, round_id)
    row = sheet_row(visit, task, lock=True)
    if row is None:
        raise NotFound
    have_back(visit, row, task)


def send_on(visit: Visit, round_id: UUID, kept_id: UUID) -> None:
    """Words of one of the two for the counsellor alone, that came after the sheet was sent, go after it."""
    undisturbed(visit, round_id)
    task = sheet_task(visit, round_id)
    row = sheet_row(visit, task, lock=True)
    if row is None:
        raise NotFound
    send_after(visit, task, row, kept_id)


def decline(visit: Visit, round_id: UUID) -> None:
    """One of the two would rather not; the other's page stays as it is."""
    task, own = sheet_task(visit, round_id), own_couple(visit)
    row = begun(visit, task, own)
    row.require_writable()
    side = require_not_left(visit, row) or a_side(visit, row)
    side.declined_at, side.confirmed = visit.now, None
    me = visit.viewer.me()
    here = whole(visit, task, own, row, me)
    _send_private(visit, row, here, here.mine.values, side)
    audit.record(visit, Act.DECLINED, row.id, task.couple_id)
    carers = carers_of(visit, task.couple_id)
    notices.put(visit, carers, NoticeKind.REFLECTION_READY, task.round_id)


def _both_agree(visit: Visit, task: TaskCard, row: Reflection) -> bool:
    sides = sides_of(visit, row.id)
    mine = [sides.get(person_id) for person_id in task.recipients]
    return len(mine) == 2 and all(
        side is not None and side.declined_at is None and side.confirmed == row.changes
        for side in mine
    )


def _send(visit: Visit, task: TaskCard, row: Reflection) -> None:
    """The sheet becomes the next revision; nobody is shown the other's own answers by this."""
    own = own_couple(visit)
    number = row.send(visit.now)
    policy, version = promise_for_both(visit, task.couple_id, task.recipients)
    revision = Revision(
        reflection_id=row.id,
        number=number,
        sent_at=visit.now,
        policy=policy,
        policy_version=version,
    )
    visit.db.add(revision)
    visit.db.flush()  # the answers point at it
    sides = sides_of(visit, row.id)
    for person_id in task.recipients:
        _freeze_own(visit, row, revision, whole(visit, task, own, row, person_id), sides[person_id])
    _freeze_shared(visit, row, revision, whole(visit, task, own, row, task.recipients[0]))
    empty_draft(visit, row)
    visit.db.flush()  # the opening that may follow looks at what was just sent
    for person_id in task.recipients:
        homework.note_reached(visit, task.assignment_id, person_id, ReflectionState.SUBMITTED)
    audit.record(visit, Act.SENT, row.id, task.couple_id)
    notices.put(visit, carers_of(visit, task.couple_id), NoticeKind.REFLECTION_READY, task.round_id)
    consider_sheet(visit, task)


def _sent_values(visit: Visit, here: Whole) -> dict[str, Value]:
    context = context_for(visit, here.task, visit.db.get_one(Couple, here.task.couple_id))
    return for_sending(here.fields, {**here.shared.values, **here.mine.values}, context)


def _set_aside(visit: Visit, here: Whole, *, own: bool) -> list[tuple[Field, str]]:
    """What is not asked any more, because of another answer: it is not sent, and it is not lost."""
    context = context_for(visit, here.task, visit.db.get_one(Couple, here.task.couple_id))
    aside = left_out(here.fields, {**here.shared.values, **here.mine.values}, context)
    return [
        (field, readable(field, aside[field.key], here.own))
        for field in here.fields
        if field.key in aside and is_own_question(here.task, field) is own
    ]


def _freeze_shared(visit: Visit, row: Reflection, revision: Revision, here: Whole) -> None:
    task, values = here.task, _sent_values(visit, here)
    kept = [f for f in here.fields if f.key in values and not is_own_question(task, f)]
    couple, number = task.couple_id, revision.number
    where = answers.Sheet(revision.id, couple, couple, number, here.shared.writers)
    audiences = {**proposed_audiences(here.fields), **here.shared.audiences}
    answers.write(visit, answers.Lot(where, kept, values, audiences, {}))
    for field, text in _set_aside(visit, here, own=False):
        for who in {w for (key, _), w in here.shared.writers.items() if key == field.key}:
            keep_beside(visit, row, field, text, who)


def _freeze_own(
    visit: Visit, row: Reflection, revision: Revision, here: Whole, side: SheetSide
) -> None:
    person_id = side.person_id
    values = _sent_values(visit, here)
    own = [f for f in here.fields if f.key in values and is_own_question(here.task, f)]
    chosen = {
        key: each.audience for (key, _), each in draft_fields(visit, row, (person_id,)).items()
    }
    where = answers.Sheet(revision.id, person_id, person_id, revision.number)
    audiences = {**proposed_audiences(here.fields), **chosen}
    kept = [f for f in own if not is_private(f)]
    answers.write(visit, answers.Lot(where, kept, values, audiences, {}))
    _send_private(visit, row, here, values, side)
    for field, text in _set_aside(visit, here, own=True):
        keep_beside(visit, row, field, text, person_id)


def _send_private(
    visit: Visit, row: Reflection, here: Whole, values: dict[str, Value], side: SheetSide
) -> None:
    """What is for the counsellor alone goes its own way, and leaves the draft for good."""
    person_id = side.person_id
    private = [f for f in here.fields if is_private(f) and f.key in values]
    for field in private:
        text = to_json(field, values[field.key])
        write_private(visit, row, field, text, person_id, side.promise)
    visit.db.execute(
        delete(Answer).where(
            Answer.revision_id == draft_revision(visit, row),
            Answer.respondent_id == person_id,
            Answer.field_key.in_([field.key for field in private]),
        )
    )
