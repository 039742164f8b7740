"""Laying both partners' answers side by side for the counsellor, with what was written back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import ScaleColumn, TableField
from portal.exercises.form.shown import Shown
from portal.exercises.queries import promise
from portal.homework.cards import TaskCard
from portal.homework.queries import couple_facts
from portal.homework.queries import task as task_of
from portal.people.cards import CoupleCard, MemberCard
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.openings import why_no_words_to_both
from portal.policies.sight import sight_of_pocket
from portal.policies.viewer import require
from portal.reflections import queries as reflections
from portal.reflections.cards import ReflectionCard, SharedCard
from portal.reflections.openings.service import Waiting, before_opening
from portal.reflections.sending.queries import why_not_returned
from portal.reflections.sheets import shared_on
from portal.review.cards import (
    FeedbackCard,
    GapLine,
    PairLine,
    PersonLine,
    PrivateLine,
    ReviewCard,
    SideCard,
)
from portal.review.highlights import mark
from portal.review.models import Feedback
from portal.visit import Visit
from portal.vocabulary import Audience, Mode, Seat, SecretsPolicy, Sight

NOT_OPEN = "Words to both can be sent once this round is open to both."
NOT_SENT_YET = "Words to both can be sent once the two have sent this sheet."


def reading(visit: Visit, round_id: UUID, locale: str = "en") -> ReviewCard:
    """One round, both partners side by side."""
    task = task_of(visit, round_id)
    require(deeds.may_read_file(visit.viewer, task.couple_id))
    couple = couple_card(visit, task.couple_id)
    parts = reflections.reflections_on(visit, [task], locale)[round_id]
    shared = shared_on(visit, [task], locale).get(round_id)
    is_open = round_id in reflections.opened_rounds(visit, [task])
    can_open = task.mode is not Mode.INDIVIDUAL and task.edition.opens_anything and not is_open
    waits = before_opening(visit, task) if can_open else Waiting((), ())
    return ReviewCard(
        task=task,
        couple=couple,
        people=_people(couple, task, parts),
        parts=parts,
        lines=_with_shared(task, _lines(couple, task, parts), shared),
        private=_private(parts),
        feedback=feedback_on(visit, [task])[round_id],
        is_open=is_open,
        can_open=can_open,
        waits_for=waits.reasons,
        asks=waits.asks,
        not_to_both=why_not_to_both(couple, task, is_there=is_open or shared is not None),
        no_way_on={p.id: why_not_returned(visit, task, couple, p.respondent_id) for p in parts},
    )


def why_not_to_both(couple: CoupleCard, task: TaskCard, *, is_there: bool) -> str:
    """Why words to both cannot be sent about this now; `is_there` is what both can read of it."""
    if task.mode is Mode.INDIVIDUAL:
        return ""
    reason = why_no_words_to_both(couple_facts(couple))
    if reason or is_there:
        return reason
    return NOT_SENT_YET if task.mode is Mode.JOINT else NOT_OPEN


def feedback_on(visit: Visit, tasks: Iterable[TaskCard]) -> dict[UUID, tuple[FeedbackCard, ...]]:
    """What was written back on these rounds, as far as this viewer may read it."""
    by_round = {task.round_id: task for task in tasks}
    query = select(Feedback).where(Feedback.round_id.in_(by_round))
    rows = visit.db.scalars(query.order_by(Feedback.written_at, Feedback.id)).all()
    found: dict[UUID, tuple[FeedbackCard, ...]] = dict.fromkeys(by_round, ())
    for row in rows:
        seen = sight_of_pocket(visit.viewer, Dated(row, by_round[row.round_id]))
        if seen is Sight.WORDS:
            found[row.round_id] = (*found[row.round_id], _feedback(visit, row))
    return found


class Dated:
    """Feedback with the date that counts for a partner who joined later: its homework's."""

    def __init__(self, row: Feedback, task: TaskCard) -> None:
        self.couple_id = row.couple_id
        self.pocket = row.pocket
        self.released = row.released
        self.dated_at = task.assigned_at


def _feedback(visit: Visit, row: Feedback) -> FeedbackCard:
    return FeedbackCard(
        id=row.id,
        round_id=row.round_id,
        pocket=row.pocket,
        text=row.words(visit.vault, "text", row.owner_id),
        written_at=row.written_at,
        released_at=row.released_at,
    )


def _people(
    couple: CoupleCard, task: TaskCard, parts: tuple[ReflectionCard, ...]
) -> tuple[PersonLine, ...]:
    states = {part.respondent_id: part.state for part in parts}
    return tuple(
        PersonLine(m.seat, m.person.first_name, states.get(m.person.id))
        for m in couple.members
        if m.person.id in task.recipients
    )


def _private(parts: tuple[ReflectionCard, ...]) -> tuple[PrivateLine, ...]:
    """What each meant for the counsellor alone; how freely they could answer comes first."""
    return tuple(
        PrivateLine(
            part.seat, part.name, card.label, mark(card.shown), card.sent_at, _promise(card.policy)
        )
        for part in parts
        for card in sorted(part.private, key=lambda card: (card.sent_at, card.shown.kind != "line"))
    )


def _promise(policy: SecretsPolicy | None) -> str:
    """What was promised when it was written; a later promise changes nothing about it."""
    return promise(policy) if policy else ""


def _lines(
    couple: CoupleCard, task: TaskCard, parts: tuple[ReflectionCard, ...]
) -> tuple[PairLine, ...]:
    by_seat = {part.seat: part for part in parts}
    first = [
        key
        for rule in task.edition.content.exercise.safety.rules
        if rule.rule == "read_first"
        for key in rule.fields
    ]
    asked_of = [m for m in couple.members if m.person.id in task.recipients]
    lines = []
    for field in reflections.questions(task):
        a, b = (by_seat[s].answer(field.key) if s in by_seat else None for s in Seat)
        some = a or b
        if some is None:
            continue
        numbers = [answer.number for answer in (a, b) if answer and answer.number is not None]
        lines.append(
            PairLine(
                key=field.key,
                label=some.label,
                audience=_narrowest(answer.audience for answer in (a, b) if answer),
                a=a.shown if a else None,
                b=b.shown if b else None,
                distance=abs(numbers[0] - numbers[1]) if len(numbers) == 2 else None,
                reads_first=field.key in first,
                sides=tuple(_side(m, by_seat.get(m.seat), field.key) for m in asked_of),
                gaps=_gaps(field, a.shown, b.shown) if a and b else (),
                asks=_asks(task, field.key),
            )
        )
    return tuple(sorted(lines, key=lambda line: not line.reads_first))


def _with_shared(
    task: TaskCard, lines: tuple[PairLine, ...], shared: SharedCard | None
) -> tuple[PairLine, ...]:
    """What the two wrote together stands among their own answers, where it was asked."""
    if shared is None:
        return lines
    together = [
        PairLine(
            key=answer.key,
            label=answer.label,
            audience=answer.audience,
            a=None,
            b=None,
            distance=None,
            reads_first=False,
            together=mark(answer.shown),
            hands=answer.hands,
        )
        for answer in shared.answers
    ]
    places = {field.key: place for place, field in enumerate(reflections.questions(task))}
    every = sorted((*lines, *together), key=lambda line: places[line.key])
    return tuple(sorted(every, key=lambda line: not line.reads_first))


def _side(member: MemberCard, part: ReflectionCard | None, key: str) -> SideCard:
    name = member.person.first_name
    if part is None:
        return SideCard(member.seat, name)
    answer = part.answer(key)
    has_sent = part.revision_id is not None
    if answer is None:
        return SideCard(member.seat, name, part.id, has_sent)
    return SideCard(
        seat=member.seat,
        name=name,
        part_id=part.id,
        has_sent=has_sent,
        audience=answer.audience,
        shown=mark(answer.shown),
        number=answer.number,
        is_released=key in part.released,
        may_be_released=key in part.yes_to_release,
    )


def _gaps(field: Field, a: Shown, b: Shown) -> tuple[GapLine, ...]:
    """Rows of a table in which both gave a number, the widest apart first."""
    if not isinstance(field, TableField):
        return ()
    theirs = dict(b.rows)
    gaps = [
        GapLine(label, column.label, int(cells[place]), int(theirs[label][place]))
        for place, column in enumerate(field.columns)
        if isinstance(column, ScaleColumn)
        for label, cells in a.rows
        if label in theirs and cells[place].isdigit() and theirs[label][place].isdigit()
    ]
    return tuple(sorted(gaps, key=lambda gap: -gap.distance))


def _asks(task: TaskCard, key: str) -> tuple[str, ...]:
    """The statements that can be confirmed when this answer is released."""
    found = []
    for rule in task.edition.content.exercise.safety.rules:
        if rule.rule == "confirm_release":
            found.append(rule.ask)
        elif rule.rule == "stop_release" and rule.or_tick and key in (rule.fields or (key,)):
            found.append(rule.or_tick)
    return tuple(found)


def _narrowest(audiences: Iterable[Audience]) -> Audience:
    found = list(audiences)
    return Audience.COUNSELLOR if Audience.COUNSELLOR in found else found[0]
