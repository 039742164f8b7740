"""Finding a joint sheet for one of its two writers; the other's own answers are not even fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.foundation.database import afresh, held
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import task as task_of
from portal.people.cards import OwnCoupleCard
from portal.people.models import Couple
from portal.people.queries import own_couple
from portal.policies import deeds
from portal.policies.audiences import may_choose, settle
from portal.policies.sight import sight_of
from portal.policies.viewer import require
from portal.reflections.answers import Words, open_by_writer
from portal.reflections.cards import AnswerFactsCard
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.queries import (
    context_for,
    draft_revision,
    fields_for,
    kept_beside,
    proposed_audiences,
    shares_now,
)
from portal.reflections.drafts.service import today_for
from portal.reflections.joint.cards import HandCard, SheetCard
from portal.reflections.joint.merging import Text, base_of, digest, parts_of
from portal.reflections.joint.readers import drawn_with, standing
from portal.reflections.laying import is_known_to
from portal.reflections.models import WRITABLE, DraftField, Reflection, SheetSide
from portal.reflections.sheets import is_own_question
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, ReflectionState, Sight

Sides = Mapping[UUID, SheetSide]


def sheet_task(visit: Visit, round_id: UUID) -> TaskCard:
    """A joint round that this partner was given together with the other."""
    task = task_of(visit, round_id)
    mine = visit.viewer.person_id in task.recipients
    require(deeds.may_write(visit.viewer, task.couple_id, is_recipient=mine))
    if task.mode is not Mode.JOINT:
        raise NotFound
    return task


def sheet_row(visit: Visit, task: TaskCard, *, lock: bool = False) -> Reflection | None:
    """The one sheet of this round, where it was begun as far as this one of the two can tell."""
    return _found(visit, task, lock, is_known_to(visit.viewer.me()))


def begun_by_anybody(visit: Visit, task: TaskCard) -> Reflection | None:
    """The same, also where the other has so far written for themselves alone. Locked."""
    return _found(visit, task, True)


def _found(
    visit: Visit,
    task: TaskCard,
    lock: bool,  # noqa: FBT001 - whether it is held
    *known: ColumnElement[bool],
) -> Reflection | None:
    query = select(Reflection).where(
        Reflection.round_id == task.round_id, Reflection.respondent_id == task.couple_id, *known
    )
    if lock:
        query = held(query)
    return visit.db.scalars(query).one_or_none()


def sides_of(visit: Visit, reflection_id: UUID) -> dict[UUID, SheetSide]:
    """What each of the two did with this sheet; never for the other's eyes."""
    query = select(SheetSide).where(SheetSide.reflection_id == reflection_id)
    rows = visit.db.scalars(afresh(query))
    return {row.person_id: row for row in rows}


@dataclass(frozen=True)
class Whole:
    """A sheet as the two writers' services work on it: shared words and one's own."""

    task: TaskCard
    own: OwnCoupleCard
    fields: tuple[Field, ...]
    shared: Words = dataclass_field(default_factory=Words)
    mine: Words = dataclass_field(default_factory=Words)
    revision_id: UUID | None = None

    def text(self, field: Field) -> Text:
        """What stands in one answer now."""
        words = self.mine if is_own_question(self.task, field) else self.shared
        typed = {box: t for box, t in words.typed.items() if box.split(".")[1] == field.key}
        return Text(words.values.get(field.key), typed)


def whole(
    visit: Visit, task: TaskCard, own: OwnCoupleCard, row: Reflection | None, person_id: UUID
) -> Whole:
    """The words of the draft as this one of the two has them."""
    fields = fields_for(task, own)
    revision_id = draft_revision(visit, row) if row is not None else None
    if row is None or revision_id is None:
        return Whole(task, own, fields)
    visit.vault.warm([task.couple_id, person_id])
    wanted = (task.couple_id, person_id)
    by_writer = open_by_writer(visit, [revision_id], {revision_id: fields}, wanted)
    shared = by_writer.get((revision_id, task.couple_id), Words())
    mine = by_writer.get((revision_id, person_id), Words())
    return Whole(task, own, fields, shared, mine, revision_id)


def sheet(visit: Visit, round_id: UUID) -> SheetCard:
    """The sheet as this partner may see it while it is being written."""
    task, own = sheet_task(visit, round_id), own_couple(visit)
    row = sheet_row(visit, task)
    me = visit.viewer.me()
    side = sides_of(visit, row.id).get(me) if row else None
    seen = _seen(visit, task, row, whole(visit, task, own, row, me))
    rows = draft_fields(visit, row, (task.couple_id, me)) if row else {}
    clear = shares_now(visit, task)
    bases = {
        f.key: _base(f, seen, rows.get((f.key, me)), clear=clear) for f in seen.fields if _asks(f)
    }
    open_now = row is None or row.state in WRITABLE
    has_declined = side is not None and side.declined_at is not None
    return SheetCard(
        draft=_draft(visit, seen, row, rows, side),
        bases=bases,
        stamps={key: each.counter for (key, _), each in rows.items()},
        hands=_hands(seen, rows) if clear or not open_now else {},
        version=row.changes if row else 0,
        own_mark=digest(own.promise_mark + _mark_of_own(seen, bases)),
        has_confirmed=side is not None and row is not None and side.confirmed == row.changes,
        has_declined=has_declined,
        takes_words=open_now
        and clear
        and not has_declined
        and task.takes_work(today_for(visit, own, task)),
        is_begun=side is not None or bool(row and row.changes),
    )


Counted = dict[tuple[str, UUID], DraftField]


def draft_fields(visit: Visit, row: Reflection, writers: tuple[UUID, ...]) -> Counted:
    """The counts of these writers' answers; the couple stands for the shared ones."""
    query = select(DraftField).where(
        DraftField.reflection_id == row.id, DraftField.respondent_id.in_(writers)
    )
    found = visit.db.scalars(afresh(query))
    return {(each.field_key, each.respondent_id): each for each in found}


def _base(field: Field, seen: Whole, row: DraftField | None, *, clear: bool) -> str:
    """What a page of this writer stands upon: the words and, of an answer of their own, its readers."""
    words = base_of(parts_of(field, seen.text(field)))
    if not is_own_question(seen.task, field):
        return words
    return drawn_with(words, standing(field, row, shared_now=clear))


def _mark_of_own(seen: Whole, bases: Mapping[str, str]) -> str:
    own = [f for f in seen.fields if _asks(f) and is_own_question(seen.task, f)]
    return digest("".join(f.key + bases[f.key] for f in own))


def _asks(field: Field) -> bool:
    return isinstance(field, Question)


def _seen(visit: Visit, task: TaskCard, row: Reflection | None, found: Whole) -> Whole:
    """Only what the rule of sight lets this writer read; the gates may have closed meanwhile."""
    facts = AnswerFactsCard(
        couple_id=task.couple_id,
        author_id=None,
        audience=Audience.AT_ONCE if shares_now(visit, task) else Audience.COUNSELLOR,
        state=row.state if row else ReflectionState.DRAFT,
        is_open=False,
        write_once=False,
        sent=bool(row and row.revision),
        dated_at=task.assigned_at,
    )
    if sight_of(visit.viewer, facts) is Sight.WORDS:
        return found
    return replace(found, shared=Words())


def _draft(
    visit: Visit,
    seen: Whole,
    row: Reflection | None,
    rows: Counted,
    side: SheetSide | None,
) -> DraftCard:
    task, me = seen.task, visit.viewer.me()
    shared = shares_now(visit, task)
    proposed = proposed_audiences(seen.fields)
    chosen = {key: each.audience for (key, who), each in rows.items() if who == me}
    moments = [side.saved_at if side else None, row.saved_at if row and row.changes else None]
    return DraftCard(
        task=task,
        own=seen.own,
        fields=seen.fields,
        context=context_for(visit, task, visit.db.get_one(Couple, task.couple_id)),
        reading=Reading(
            values={**seen.shared.values, **seen.mine.values},
            typed={**seen.shared.typed, **seen.mine.typed},
        ),
        counters={},
        audiences={k: settle(chosen.get(k), p, shared_now=shared) for k, p in proposed.items()},
        choices={k: may_choose(p, shared_now=shared) for k, p in proposed.items()},
        carried=frozenset(),
        kept=kept_beside(visit, row, seen.fields) if row else (),
        state=row.state if row else None,
        revision=row.revision if row else 0,
        saved_at=max((at for at in moments if at), default=None),
        return_line=row.words(visit.vault, "return_line", task.couple_id) if row else "",
    )


def _hands(seen: Whole, rows: Counted) -> dict[str, tuple[HandCard, ...]]:
    """Whose hand each shared answer was last in; a table says it of its rows, first partner first."""
    found = {}
    for field in seen.fields:
        changed = rows.get((field.key, seen.task.couple_id))
        if is_own_question(seen.task, field) or changed is None or not changed.changed_by_id:
            continue
        who = {p for (key, _), p in seen.shared.writers.items() if key == field.key}
        found[field.key] = hands_of(seen.own, who or {changed.changed_by_id})
    return found


def hands_of(own: OwnCoupleCard, people: set[UUID]) -> tuple[HandCard, ...]:
    """These people's marks, in the order of the couple's record."""
    ids = {own.seat: own.me.id}
    cards = []
    for seat in type(own.seat):
        person_id = ids.get(seat) or (own.partner.id if own.partner else None)
        if person_id in people:
            cards.append(HandCard(own.name_at(seat), seat.value))
    return tuple(cards)
