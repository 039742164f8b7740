"""Saving a draft: every pause, field by field, with nothing lost when two places type at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import delete, select

from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotFound, TooLate
from portal.homework.cards import TaskCard
from portal.homework.windows import day_in
from portal.people.cards import OwnCoupleCard
from portal.people.queries import own_couple
from portal.policies.audiences import after_page
from portal.reflections import answers
from portal.reflections.answers import Words
from portal.reflections.drafts.beginning import begun
from portal.reflections.drafts.cards import Conflict, DraftCard, Saved
from portal.reflections.drafts.carrying import carried_into
from portal.reflections.drafts.counting import counted, is_untouched
from portal.reflections.drafts.keeping import (
    keep_beside,
    let_go_shown,
    odd_in,
    readable,
    said_before,
)
from portal.reflections.drafts.queries import (
    draft,
    draft_revision,
    fields_for,
    newest_words,
    own_reflection,
    own_task,
    shares_now,
    words_in,
)
from portal.reflections.models import (
    Answer,
    DraftField,
    KeptVersion,
    PrivateWord,
    Reflection,
    Revision,
)
from portal.reflections.openings.consents import end_every_yes
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, ReflectionState

CHANGED_SINCE = "This has changed since you looked at it. It stands here as it is now."
NO_MORE_WORK = "This piece does not take any more words. What you wrote is kept."


def save(
    visit: Visit, round_id: UUID, reading: Reading, laid_out: DraftCard | None = None
) -> Saved:
    """Keep what the partner typed; a field that another place changed meanwhile keeps both.

    Whoever has laid the draft out in this same visit hands it in, so that nothing is asked twice; what
    another device may have changed since then is read again behind the lock.
    """
    card = laid_out or draft(visit, round_id)
    require_takes_work(visit, card.task, card.own)
    reflection = begun(visit, card.task, card.own, card.fields)
    reflection.require_writable()
    revision_id = draft_revision(visit, reflection)
    if revision_id is None:
        raise NotFound
    before = words_in(visit, reflection, revision_id, card.fields)
    rows = counted(visit, reflection)
    return _Writer(visit, card, reflection, revision_id, before, rows).save(reading)


def leave_words(visit: Visit, round_id: UUID, reading: Reading) -> None:
    """Words from a page whose sign-in had rested, or that comes too late: kept beside, changing nothing.

    What stands in the draft already, or in what was sent, is not kept twice.
    """
    task, own = own_task(visit, round_id), own_couple(visit)
    fields = fields_for(task, own)
    reflection = begun(visit, task, own, fields)
    before = newest_words(visit, reflection, fields)
    for field in fields:
        value, odd = reading.values.get(field.key), odd_in(field, reading.typed)
        is_new = value is not None and value != before.values.get(field.key)
        if is_new or (odd and odd != odd_in(field, before.typed)):
            sent = said_before(field, reading, own)
            text = readable(field, value, own, odd)
            keep_beside(visit, reflection, field, text, sent=sent)


def discard(visit: Visit, round_id: UUID) -> None:
    """The writer throws their own draft away; what went with it to the counsellor alone stays.

    A yes that they had said of it before they took it back goes with it.
    """
    own_task(visit, round_id)
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        return
    if reflection.state is not ReflectionState.DRAFT or reflection.revision:
        raise TooLate(NO_MORE_WORK)
    end_every_yes(visit, round_id, visit.viewer.me())
    revision_id = draft_revision(visit, reflection)
    visit.db.execute(delete(Answer).where(Answer.revision_id == revision_id))
    visit.db.execute(delete(KeptVersion).where(KeptVersion.reflection_id == reflection.id))
    sent = select(PrivateWord.id).where(PrivateWord.reflection_id == reflection.id).limit(1)
    if visit.db.scalars(sent).first() is not None:
        for row in counted(visit, reflection).values():
            row.counter += 1  # a page that is still open is stale
        return
    for table, where in (
        (Revision, Revision.reflection_id == reflection.id),
        (DraftField, DraftField.reflection_id == reflection.id),
        (Reflection, Reflection.id == reflection.id),
    ):
        visit.db.execute(delete(table).where(where))


def today_for(visit: Visit, own: OwnCoupleCard, task: TaskCard) -> date:
    """Which day of this work it is now: its writer's, or on a sheet of two the couple's."""
    return day_in(visit.now, zone_of(own, task))


def zone_of(own: OwnCoupleCard, task: TaskCard) -> str:
    """The zone in which the days of this work begin."""
    return own.time_zone if task.mode is Mode.JOINT else own.writer_zone


def takes_work(visit: Visit, card: DraftCard) -> bool:
    """Whether this round can be written in and sent today."""
    return takes_work_now(visit, card.task, card.own)


def takes_work_now(visit: Visit, task: TaskCard, own: OwnCoupleCard) -> bool:
    """The same of a round; a sheet for two takes words only while the two may share anything."""
    is_shut = task.mode is Mode.JOINT and not shares_now(visit, task)
    return not is_shut and task.takes_work(today_for(visit, own, task))


def require_takes_work(visit: Visit, task: TaskCard, own: OwnCoupleCard) -> None:
    """Refuse kindly where a round has ended, or on a sheet where nothing joint is possible now."""
    if not takes_work_now(visit, task, own):
        raise TooLate(NO_MORE_WORK)


@dataclass
class _Writer:
    """One saving of one draft."""

    visit: Visit
    card: DraftCard
    reflection: Reflection
    revision_id: UUID
    before: Words
    rows: Mapping[str, DraftField]

    def save(self, reading: Reading) -> Saved:
        """Write what changed, keep what clashes, let go what lay beside and stands here now, and count."""
        changed, conflicts, behind = [], [], set[str]()
        for field in self.card.fields:
            if field.key not in reading.present or field.key not in self.rows:
                continue
            if not self._differs(field, reading):
                self._let_go(field, reading)
            elif self._may_write(field, reading) or self._narrows(field, reading):
                changed.append(field)
                self._let_go(field, reading)
            elif self._says_the_same(field, reading):
                behind.add(field.key)  # else the next words from this page would widen the readers
            else:
                conflicts.append(self._clash(field, reading))
        if changed:
            self._write(changed, reading)
        known = reading.present - behind
        counters = {key: row.counter for key, row in self.rows.items() if key in known}
        return Saved(counters, tuple(conflicts), self.reflection.id)

    def _may_write(self, field: Field, reading: Reading) -> bool:
        base, row = reading.counters.get(field.key, 0), self.rows[field.key]
        return row.counter == base or self._is_as_begun(row, base) or self._knows(field, reading)

    def _is_as_begun(self, row: DraftField, base: int) -> bool:
        """Whether a page from before the draft was begun shows what it was begun with.

        Such a page has no count, or the earlier week's of what it took over from there. Where its writer went on in
        that week since, the page shows an older text.
        """
        if not is_untouched(self.reflection, row):
            return False
        taken_over = row.field_key in self.card.carried
        return base == (self._counts_before.get(row.field_key, 0) if taken_over else 0)

    @cached_property
    def _counts_before(self) -> Mapping[str, int]:
        return carried_into(self.visit, self.card.task, self.card.fields).counts

    def _says_the_same(self, field: Field, reading: Reading) -> bool:
        """Whether a page that is behind holds no other words: a button pressed twice, or other readers alone."""
        return self._said(field, reading) == self._stands(field)

    def _narrows(self, field: Field, reading: Reading) -> bool:
        """Whether all that a page which is behind asks for is fewer readers; more it cannot ask for."""
        now = self.rows[field.key].audience
        narrower = after_page(self._audience(field, reading), None, now)
        return narrower is not now and self._says_the_same(field, reading)

    def _said(self, field: Field, reading: Reading) -> str:
        value = reading.values.get(field.key)
        return readable(field, value, self.card.own, reading.typed)

    def _stands(self, field: Field) -> str:
        value = self.before.values.get(field.key)
        return readable(field, value, self.card.own, self.before.typed)

    def _let_go(self, field: Field, reading: Reading) -> None:
        beside = [each for each in self.card.kept if each.key == field.key]
        if beside:
            let_go_shown(self.visit, field, beside, self._said(field, reading))

    def _differs(self, field: Field, reading: Reading) -> bool:
        same_value = reading.values.get(field.key) == self.before.values.get(field.key)
        same_typed = odd_in(field, reading.typed) == odd_in(field, self.before.typed)
        same_reader = self._audience(field, reading) is self.rows[field.key].audience
        return not (same_value and same_typed and same_reader)

    def _knows(self, field: Field, reading: Reading) -> bool:
        """Whether what stands here came from this very page, which had no answer and so is behind in its count."""
        sent = (each for each in reading.earlier if field.key in each.present)
        return any(not self._differs(field, each) for each in sent)

    def _audience(self, field: Field, reading: Reading) -> Audience:
        given = reading.audiences.get(field.key)
        chosen = Audience.of(given) if given else self.rows[field.key].audience
        allowed = self.card.choices[field.key]
        return chosen if chosen in allowed else allowed[0]

    def _write(self, changed: list[Field], reading: Reading) -> None:
        for field in changed:
            row = self.rows[field.key]
            row.counter += 1
            row.audience = self._audience(field, reading)
        me = self.reflection.respondent_id
        version = max(row.counter for row in self.rows.values())
        sheet = answers.Sheet(self.revision_id, me, me, version)
        audiences = {key: row.audience for key, row in self.rows.items()}
        lot = answers.Lot(sheet, changed, reading.values, audiences, reading.typed)
        answers.write(self.visit, lot)
        self.reflection.saved_at = self.visit.now

    def _clash(self, field: Field, reading: Reading) -> Conflict:
        keep_beside(self.visit, self.reflection, field, self._said(field, reading))
        return Conflict(field.key, self._stands(field), self.rows[field.key].audience)
