"""Saying yes, opening a round to both in one moment, and releasing one answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.audit import service as audit
from portal.exercises.form.definition import Field
from portal.exercises.form.values import Value
from portal.exercises.form.wording import asked
from portal.foundation.database import afresh
from portal.foundation.errors import NotFound, Refused, Stale, TooLate
from portal.homework.cards import TaskCard
from portal.homework.queries import tasks_of, undisturbed
from portal.notices import service as notices
from portal.people.cards import CoupleCard
from portal.people.models import Couple
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.openings import OpeningFacts, asked_before_opening, may_open, may_release
from portal.policies.viewer import Viewer, require
from portal.reflections.answers import audience_of, open_by_writer
from portal.reflections.models import DRAFT, Opening, Reflection, Release, Revision
from portal.reflections.openings.consents import say
from portal.reflections.openings.queries import SENT, open_state, opening_facts
from portal.visit import Visit
from portal.vocabulary import Act, ConsentKind, Mode, NoticeKind, OpeningRule, Role

ALREADY_OPEN = "This is open already, and cannot be closed again."
CHANGED = "This has changed since you looked at it. Look at it once more before you decide."
# The texts that stood on the page of whoever decides; nothing where they were looked up just now.
Texts = Collection[str]
Seen = Texts | None


@dataclass(frozen=True)
class Waiting:
    """What an opening still waits for, and what has to be ticked for it."""

    reasons: tuple[str, ...]
    asks: tuple[str, ...]


def change_mind(
    visit: Visit,
    round_id: UUID,
    says_yes: bool,  # noqa: FBT001 - yes or no is what is said
    seen: Seen = None,
) -> None:
    """Give or withdraw one's yes to an opening; possible until the round is open.

    A yes is one to the text that was looked at; a no may come from any page.
    """
    task = undisturbed(visit, round_id)
    is_recipient = visit.viewer.person_id in task.recipients
    require(deeds.may_write(visit.viewer, task.couple_id, is_recipient=is_recipient))
    if round_id in open_state(visit, [round_id]).opened:
        raise TooLate(ALREADY_OPEN)
    if says_yes:
        mine = (visit.viewer.me(), task.couple_id)
        require_seen(visit, round_id, Reflection.respondent_id.in_(mine), seen)
    say(visit, task, ConsentKind.OPEN_ROUND, says_yes)
    visit.db.flush()  # the question that follows counts this answer
    consider(visit, task)


def require_seen(visit: Visit, round_id: UUID, whose: ColumnElement[bool], seen: Seen) -> None:
    """What is decided about a text is decided by somebody who had that very text before them.

    A piece that was returned, taken back or given to its real writer, and sent again, is another one. Where
    no text is there, nobody can have seen one.
    """
    if seen is None:
        return
    texts = _texts(visit, round_id, whose)
    if not texts or any(text not in seen for text in texts):
        raise Stale(CHANGED)


def are_as_shown(visit: Visit, round_id: UUID, writers: Collection[UUID], seen: Texts) -> bool:
    """Whether what these people, or the couple on a sheet, have sent is just what a page showed as theirs."""
    now = _texts(visit, round_id, Reflection.respondent_id.in_(list(writers)))
    return set(now) == {mark for mark in seen if Reflection.whose(mark) in writers}


def _texts(visit: Visit, round_id: UUID, whose: ColumnElement[bool]) -> list[str]:
    query = (
        select(Reflection, Revision.id)
        .join(Revision, Reflection.id == Revision.reflection_id)
        .where(Reflection.round_id == round_id, Revision.number == Reflection.revision, whose)
    )
    return [piece.mark_of(revision_id) for piece, revision_id in visit.db.execute(afresh(query))]


def consider(visit: Visit, task: TaskCard) -> bool:
    """Ask whether the round, which stands still, may open by itself now; open it if so."""
    couple = visit.db.get_one(Couple, task.couple_id)
    if task.mode is not Mode.PAIRED or couple.opening_rule is not OpeningRule.AUTOMATIC:
        return False
    return _by_itself(visit, task, couple)


def consider_sheet(visit: Visit, task: TaskCard) -> bool:
    """Sending a joint sheet is its opening, where both said yes and nothing holds it."""
    return _by_itself(visit, task, visit.db.get_one(Couple, task.couple_id))


def _by_itself(visit: Visit, task: TaskCard, couple: Couple) -> bool:
    # Nobody's eyes are needed for this question, and no words leave it.
    behind = visit.as_viewer(
        Viewer(Role.SYSTEM, None, None, couple.practice_id, visit.viewer.couples)
    )
    scene = _scene(behind, task)
    if scene.is_open or may_open(scene.facts, by_itself=True):
        return False
    _open(visit, task, None)
    return True


def consider_waiting(visit: Visit, couple_id: UUID, only: UUID | None = None) -> None:
    """Ask of every round of a couple that still runs, or of `only` one piece, whether it may open by itself now.

    A sheet for two opens by itself whatever the couple's rule: as its sending would have opened it.
    """
    couple = visit.db.get_one(Couple, couple_id)
    opens = {Mode.JOINT: consider_sheet}
    if couple.opening_rule is OpeningRule.AUTOMATIC:
        opens[Mode.PAIRED] = consider
    for task in tasks_of(visit, [couple_id]):
        if task.is_running and task.mode in opens and only in (None, task.assignment_id):
            opens[task.mode](visit, undisturbed(visit, task.round_id))


def open_round(
    visit: Visit, round_id: UUID, ticked: tuple[str, ...] = (), seen: Seen = None
) -> None:
    """The counsellor opens a round to both, in one moment; it is never undone."""
    task = undisturbed(visit, round_id)
    require(deeds.may_care_for(visit.viewer, task.couple_id))
    scene = _scene(visit, task)
    if scene.is_open:
        raise TooLate(ALREADY_OPEN)
    reasons = may_open(scene.facts, by_itself=False, ticked=ticked)
    if reasons:
        raise Refused(*reasons)
    require_seen(visit, round_id, Reflection.state.in_(SENT), seen)
    _open(visit, task, visit.viewer.me())


def why_not_open(visit: Visit, task: TaskCard) -> tuple[str, ...]:
    """What an opening still waits for, for the counsellor's eyes."""
    return before_opening(visit, task).reasons


def before_opening(visit: Visit, task: TaskCard) -> Waiting:
    """The same, and the statements that the counsellor has to tick for it."""
    require(deeds.may_read_file(visit.viewer, task.couple_id))
    facts = _scene(visit, task).facts
    asks = asked_before_opening(facts)
    return Waiting(may_open(facts, by_itself=False, ticked=asks), asks)


def release(
    visit: Visit,
    reflection_id: UUID,
    field_key: str,
    ticked: tuple[str, ...] = (),
    seen: Seen = None,
) -> None:
    """The counsellor opens one answer to the other partner, with its writer's yes."""
    reflection = visit.db.get(Reflection, reflection_id)
    if reflection is None:
        raise NotFound
    task = undisturbed(visit, reflection.round_id)
    require(deeds.may_care_for(visit.viewer, task.couple_id))
    visit.db.refresh(reflection)
    scene = _scene(visit, task)
    state = open_state(visit, [task.round_id])
    if (reflection.id, reflection.revision, field_key) in state.released:
        raise TooLate(ALREADY_OPEN)
    halves = _writers_of(task, scene, reflection, field_key)
    ids = [half.id for half in halves]
    require_seen(visit, task.round_id, Reflection.id.in_(ids), seen)
    for half in halves:
        yes = state.may_release(half, field_key)
        audience = audience_of(visit, half, field_key)
        reasons = may_release(scene.facts, field_key, audience=audience, yes=yes, ticked=ticked)
        if reasons:
            raise Refused(*reasons)
        visit.db.add(
            Release(
                reflection_id=half.id,
                revision=half.revision,
                field_key=field_key,
                released_at=visit.now,
                released_by_id=visit.viewer.me(),
            )
        )
    audit.record(visit, Act.RELEASED, reflection.id, task.couple_id)
    to = {reader for half in halves for reader in _readers_of(scene.couple, half)}
    notices.put(visit, sorted(to), NoticeKind.ANSWER_RELEASED, task.round_id)


@dataclass(frozen=True)
class _Scene:
    """One round as an opening looks at it."""

    couple: CoupleCard
    halves: tuple[Reflection, ...]
    facts: OpeningFacts
    is_open: bool


def _scene(visit: Visit, task: TaskCard) -> _Scene:
    couple = couple_card(visit, task.couple_id)
    query = select(Reflection).where(Reflection.round_id == task.round_id)
    rows = visit.db.scalars(afresh(query)).all()
    halves = tuple(sorted(rows, key=lambda row: row.respondent_id))
    answers = _answers(visit, task, halves)
    facts = opening_facts(visit, task, couple, halves, answers)
    is_open = task.round_id in open_state(visit, [task.round_id]).opened
    return _Scene(couple, halves, facts, is_open)


def _answers(
    visit: Visit, task: TaskCard, halves: tuple[Reflection, ...]
) -> list[Mapping[str, Value]]:
    """What both sent, for rules that keep a round closed; read by the rule alone.

    A draft is read by nobody: what a rule says of it would tell the counsellor what stands there.
    """
    fields = asked(task.edition.content, solo=task.solo, promise="")
    numbers = {half.id: half.revision for half in halves}
    query = select(Revision).where(Revision.reflection_id.in_(numbers), Revision.number != DRAFT)
    rows = [row for row in visit.db.scalars(query) if row.number == numbers[row.reflection_id]]
    visit.vault.warm((task.couple_id, *task.recipients))
    opened = open_by_writer(visit, [row.id for row in rows], {row.id: fields for row in rows})
    offered = _all_options(fields)
    together = {rev: words.values for (rev, who), words in opened.items() if who == task.couple_id}
    each = [(rev, w.values) for (rev, who), w in opened.items() if who != task.couple_id]
    return [{**together.get(rev, {}), **values, **offered} for rev, values in each]


def _all_options(fields: tuple[Field, ...]) -> dict[str, Value]:
    return {
        f"{field.key}:all": tuple(option.value for option in field.options)
        for field in fields
        if field.type == "checklist"
    }


def _writers_of(
    task: TaskCard, scene: _Scene, reflection: Reflection, field_key: str
) -> tuple[Reflection, ...]:
    field = next((f for f in task.edition.content.exercise.fields if f.key == field_key), None)
    if field is None or getattr(field, "visibility", "") != "on_release":
        raise NotFound
    both = getattr(field, "reveal", None) is not None
    return scene.halves if both else (reflection,)


def _readers_of(couple: CoupleCard, half: Reflection) -> set[UUID]:
    """Whom an answer is released to: the other of the two."""
    return {member.person.id for member in couple.taking_part} - {half.respondent_id}


def _open(visit: Visit, task: TaskCard, by_id: UUID | None) -> None:
    visit.db.add(Opening(round_id=task.round_id, opened_at=visit.now, opened_by_id=by_id))
    audit.record(visit, Act.OPENED, task.round_id, task.couple_id)
    notices.put(visit, task.recipients, NoticeKind.ROUND_OPENED, task.round_id)
