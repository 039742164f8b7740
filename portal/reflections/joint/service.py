"""Writing on a joint sheet: each change under its writer's mark, and nobody's words overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Value
from portal.foundation.errors import NotFound, TooLate
from portal.homework.cards import TaskCard
from portal.people.cards import OwnCoupleCard
from portal.people.queries import own_couple
from portal.reflections import answers
from portal.reflections.drafts.keeping import (
    holds,
    keep_beside,
    let_go,
    odd_in,
    readable,
    said_before,
)
from portal.reflections.drafts.service import NO_MORE_WORK, require_takes_work
from portal.reflections.joint.cards import Clash, Saved
from portal.reflections.joint.merging import (
    DECIDED,
    Merged,
    Text,
    decided_base,
    merge,
    parts_of,
    text_in,
    unpacked,
)
from portal.reflections.joint.queries import (
    Counted,
    Whole,
    begun_by_anybody,
    draft_fields,
    sheet_row,
    sheet_task,
    sides_of,
    whole,
)
from portal.reflections.joint.readers import reader_after, shown_on, standing
from portal.reflections.models import (
    DRAFT,
    WRITABLE,
    DraftField,
    KeptVersion,
    Reflection,
    Revision,
    SheetSide,
)
from portal.reflections.sending.freezing import unconfirm
from portal.reflections.sheets import is_own_question
from portal.visit import Visit
from portal.vocabulary import Audience, ReflectionState


def save(visit: Visit, round_id: UUID, reading: Reading, bases: dict[str, str]) -> Saved:
    """Lay what one of the two typed over the sheet; what both changed keeps both texts."""
    task, own = sheet_task(visit, round_id), own_couple(visit)
    require_takes_work(visit, task, own)
    row = begun(visit, task, own)
    row.require_writable()
    side = require_not_left(visit, row)
    here = whole(visit, task, own, row, visit.viewer.me())
    return _Hand(visit, row, here, side).save(reading, bases)


def leave_words(visit: Visit, round_id: UUID, reading: Reading) -> None:
    """Words that cannot go into the sheet any more, or not yet: kept beside it for their writer."""
    task, own = sheet_task(visit, round_id), own_couple(visit)
    row = begun(visit, task, own)
    here = whole(visit, task, own, row, visit.viewer.me())
    sent = _as_sent(visit, row, here.fields) if row.state not in WRITABLE else None
    for item in here.fields:
        value = reading.values.get(item.key)
        known = here.text(item).value if sent is None else sent.get(item.key)
        odd = odd_in(item, reading.typed)
        if (value is not None and value != known) or (odd and odd != here.text(item).typed):
            text, before = readable(item, value, own, odd), said_before(item, reading, own)
            keep_beside(visit, row, item, text, visit.viewer.me(), before)


def _as_sent(visit: Visit, row: Reflection, fields: Sequence[Field]) -> Mapping[str, Value]:
    """The sheet as the two sent it, as far as it is this one's: what is shared, and their own."""
    query = select(Revision.id).where(
        Revision.reflection_id == row.id, Revision.number == row.revision
    )
    found = visit.db.scalars(query).all()
    whose = (row.couple_id, visit.viewer.me())
    words = answers.open_by_writer(visit, found, dict.fromkeys(found, fields), whose)
    return {key: value for each in words.values() for key, value in each.values.items()}


def put_away(visit: Visit, round_id: UUID, kept_id: UUID) -> None:
    """The writer does not need this other version."""
    row = sheet_row(visit, sheet_task(visit, round_id))
    kept = visit.db.get(KeptVersion, kept_id)
    if kept is None or row is None or kept.reflection_id != row.id:
        raise NotFound
    if kept.respondent_id != visit.viewer.me():
        raise NotFound
    visit.db.delete(kept)


def require_not_left(visit: Visit, row: Reflection) -> SheetSide | None:
    """This partner's own side, where there is one; who left the sheet out writes no more on it."""
    side = sides_of(visit, row.id).get(visit.viewer.me())
    if side is not None and side.declined_at is not None:
        raise TooLate(NO_MORE_WORK)
    return side


def begun(visit: Visit, task: TaskCard, own: OwnCoupleCard) -> Reflection:
    """The sheet, begun now if nobody has; both may begin it in the same instant. Locked."""
    found = begun_by_anybody(visit, task)
    if found is None:
        try:
            with visit.db.begin_nested():
                _begin(visit, task, own)
        except IntegrityError:
            # The other began it in the same instant; theirs is as good as ours.
            visit.db.expire_all()
        found = begun_by_anybody(visit, task)
    if found is None:
        raise NotFound
    return found


def a_side(visit: Visit, row: Reflection) -> SheetSide:
    """A side of the sheet for a partner who had none so far."""
    side = SheetSide(reflection_id=row.id, person_id=visit.viewer.me())
    visit.db.add(side)
    return side


def _begin(visit: Visit, task: TaskCard, own: OwnCoupleCard) -> None:
    row = Reflection(
        round_id=task.round_id,
        couple_id=task.couple_id,
        respondent_id=task.couple_id,
        state=ReflectionState.DRAFT,
        revision=0,
        changes=0,
        started_at=visit.now,
        saved_at=visit.now,
    )
    visit.db.add(row)
    visit.db.flush()  # the database says here whether it was begun elsewhere
    visit.db.add(
        Revision(
            reflection_id=row.id,
            number=DRAFT,
            policy=own.secrets_policy,
            policy_version=own.policy_version,
        )
    )
    visit.db.flush()  # the saving that follows writes into it


@dataclass
class _Hand:
    """One saving by one of the two."""

    visit: Visit
    row: Reflection
    here: Whole
    side: SheetSide | None

    def save(self, reading: Reading, bases: dict[str, str]) -> Saved:
        """Answer by answer: keep what is new, leave what the other changed, note what clashes."""
        saved = Saved()
        me, couple = self.visit.viewer.me(), self.here.task.couple_id
        rows = draft_fields(self.visit, self.row, (couple, me))
        shared: list[tuple[Field, Merged]] = []
        alone: list[tuple[Field, Merged]] = []
        readers: dict[str, Audience] = {}
        for item in self.here.fields:
            if not isinstance(item, Question) or item.key not in reading.present:
                continue
            base = bases.get(item.key, "")
            merged = self._merged(item, reading, base, saved)
            if not is_own_question(self.here.task, item):
                shared += [(item, merged)] if merged.mine else []
                continue
            now = standing(item, rows.get((item.key, me)))
            given = reading.audiences.get(item.key)
            readers[item.key] = reader_after(item, given, base, now)
            saved.show(item.key, Audience.of(given) if given else shown_on(base) or now)
            if merged.mine or readers[item.key] is not now:
                alone.append((item, merged))
        lots = [self._shared_lot(shared, rows)] if shared else []
        lots += [self._own_lot(alone, readers, rows)] if alone else []
        answers.write(self.visit, *lots)
        return saved

    def _merged(self, item: Field, reading: Reading, base: str, saved: Saved) -> Merged:
        mine, theirs = text_in(item, reading), self.here.text(item)
        marks = unpacked(base)
        sent = [e for e in reading.earlier if item.key in e.present]
        merged = merge(item, mine, theirs, marks, [text_in(item, each) for each in sent])
        saved.bases[item.key] = merged.base
        if merged.clashes:
            own, me = self.here.own, self.visit.viewer.me()
            keep_beside(self.visit, self.row, item, readable(item, mine.value, own, mine.typed), me)
            now = decided_base(parts_of(item, merged.text))
            other = readable(item, theirs.value, own, theirs.typed)
            saved.clashes.append(Clash(item.key, other, now))
        elif DECIDED in marks:
            self._decide(item, merged, theirs)
        return merged

    def _decide(self, item: Field, merged: Merged, theirs: Text) -> None:
        """This hand read both and keeps its own: whoever wrote the other text has it beside the sheet."""
        hands = {self.here.shared.writers.get((item.key, part)) for part in merged.mine}
        me, own = self.visit.viewer.me(), self.here.own
        before, now = (readable(item, t.value, own, t.typed) for t in (theirs, merged.text))
        let_go(self.visit, self.row, item, now)
        for who in hands - {None, me} if not holds(item, now, before) else ():
            keep_beside(self.visit, self.row, item, before, who)

    def _shared_lot(self, changed: list[tuple[Field, Merged]], rows: Counted) -> answers.Lot:
        """A change of the shared words counts the sheet on, and nothing is confirmed any more."""
        me, couple = self.visit.viewer.me(), self.here.task.couple_id
        self.row.changes += 1
        self.row.saved_at = self.visit.now
        writers = dict(self.here.shared.writers)
        for item, merged in changed:
            row = self._counted(rows, item.key, couple, Audience.AT_ONCE)
            row.counter, row.changed_by_id = self.row.changes, me
            writers.update({(item.key, part): me for part in merged.mine})
        unconfirm(self.visit, self.row)
        both = dict.fromkeys([f.key for f, _ in changed], Audience.AT_ONCE)
        return self._lot(couple, changed, both, writers)

    def _own_lot(
        self, changed: list[tuple[Field, Merged]], readers: dict[str, Audience], rows: Counted
    ) -> answers.Lot:
        """One's own answers: the other is told nothing, and only one's own yes must be given anew."""
        me = self.visit.viewer.me()
        for item, _ in changed:
            row = self._counted(rows, item.key, me, readers[item.key])
            row.audience = readers[item.key]
            row.counter += 1
        side = self.side or a_side(self.visit, self.row)
        side.saved_at, side.confirmed = self.visit.now, None
        return self._lot(me, changed, readers, {})

    def _lot(
        self,
        whose: UUID,
        changed: list[tuple[Field, Merged]],
        audiences: dict[str, Audience],
        writers: dict[tuple[str, str], UUID],
    ) -> answers.Lot:
        if self.here.revision_id is None:
            raise NotFound
        sheet = answers.Sheet(self.here.revision_id, whose, whose, self.row.changes, writers)
        values = {f.key: m.text.value for f, m in changed if m.text.value is not None}
        typed = {box: t for _, m in changed for box, t in m.text.typed.items()}
        return answers.Lot(sheet, [f for f, _ in changed], values, audiences, typed)

    def _counted(self, rows: Counted, key: str, whose: UUID, audience: Audience) -> DraftField:
        row = rows.get((key, whose))
        if row is None:
            row = DraftField(
                reflection_id=self.row.id,
                field_key=key,
                respondent_id=whose,
                counter=0,
                audience=audience,
            )
            self.visit.db.add(row)
            rows[key, whose] = row
        return row
