"""Finding what waits to be read, and laying both partners' answers side by side."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.homework.cards import TaskCard
from portal.homework.queries import task as task_of
from portal.homework.queries import tasks_by_id
from portal.people.cards import CoupleCard
from portal.people.queries import couple_card, couple_cards
from portal.policies import deeds
from portal.policies.sight import sight_of_pocket
from portal.policies.viewer import require
from portal.reflections import queries as reflections
from portal.reflections.cards import ReflectionCard
from portal.reflections.openings.service import why_not_open
from portal.review.cards import FeedbackCard, PairLine, PersonLine, QueueCard, ReviewCard
from portal.review.models import Feedback
from portal.visit import Visit
from portal.vocabulary import Audience, Seat, Sight


def queue(visit: Visit, couples: list[CoupleCard] | None = None) -> list[QueueCard]:
    """Everything that waits for this counsellor, over all their couples, oldest first."""
    known = {card.id: card for card in (couples if couples is not None else couple_cards(visit))}
    waiting = reflections.waiting_in(visit, known)
    tasks = tasks_by_id(visit, {row.round_id for row in waiting})
    cards: dict[UUID, QueueCard] = {}
    for row in waiting:
        task = tasks.get(row.round_id)
        if task is None:
            continue
        couple = known[task.couple_id]
        name = next(
            (m.person.first_name for m in couple.members if m.person.id == row.respondent_id), ""
        )
        before = cards.get(task.round_id)
        cards[task.round_id] = QueueCard(
            round_id=task.round_id,
            couple_title=couple.title,
            title=task.title,
            waiting=(*(before.waiting if before else ()), name),
            since=min(before.since, row.sent_at) if before else row.sent_at,
            looks_first=row.looks_first or bool(before and before.looks_first),
        )
    return sorted(cards.values(), key=lambda c: (not c.looks_first, c.since, c.round_id))


def reading(visit: Visit, round_id: UUID, locale: str = "en") -> ReviewCard:
    """One round, both partners side by side."""
    task = task_of(visit, round_id)
    require(deeds.may_read_file(visit.viewer, task.couple_id))
    couple = couple_card(visit, task.couple_id)
    parts = reflections.reflections_on(visit, [task], locale)[round_id]
    is_open = round_id in reflections.opened_rounds(visit, [task])
    can_open = task.is_paired and task.edition.opens_anything and not is_open
    return ReviewCard(
        task=task,
        couple=couple,
        people=_people(couple, task, parts),
        parts=parts,
        lines=_lines(task, parts),
        feedback=feedback_on(visit, [task])[round_id],
        is_open=is_open,
        waits_for=why_not_open(visit, task) if can_open else (),
    )


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


def _lines(task: TaskCard, parts: tuple[ReflectionCard, ...]) -> tuple[PairLine, ...]:
    by_seat = {part.seat: part for part in parts}
    first = [
        key
        for rule in task.edition.content.exercise.safety.rules
        if rule.rule == "read_first"
        for key in rule.fields
    ]
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
            )
        )
    return tuple(sorted(lines, key=lambda line: not line.reads_first))


def _narrowest(audiences: Iterable[Audience]) -> Audience:
    found = list(audiences)
    return Audience.COUNSELLOR if Audience.COUNSELLOR in found else found[0]
