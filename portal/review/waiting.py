"""What waits to be read, over all couples: rounds of homework, and check-ins that nobody has seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any
from uuid import UUID

from portal.agenda.queries import soonest
from portal.exercises.form.shown import Shown
from portal.homework.cards import TaskCard
from portal.homework.queries import tasks_by_id
from portal.measures import scoring
from portal.measures.cards import CheckInCard
from portal.measures.picture import one_check_in
from portal.measures.seen import queries as seen
from portal.people.cards import CoupleCard
from portal.people.queries import cards_of, couple_cards
from portal.reflections import queries as reflections
from portal.reflections.cards import ReflectionCard, SharedCard
from portal.reflections.sheets import shared_on
from portal.review.cards import CheckInReading, QueueCard
from portal.review.highlights import mark, speaks_up
from portal.visit import Visit


def queue(visit: Visit, couples: list[CoupleCard] | None = None) -> list[QueueCard]:
    """Everything that waits for this counsellor, over all their couples, oldest first."""
    known = {card.id: card for card in (couples if couples is not None else everybody(visit))}
    planned = soonest(visit, known)
    cards = [*_rounds(visit, known), *check_ins(visit, list(known.values()))]
    met = [replace(card, session_at=planned.get(card.couple_id)) for card in cards]
    return sorted(met, key=lambda card: card.rank)


def everybody(visit: Visit, asking: AbstractSet[UUID] = frozenset()) -> list[CoupleCard]:
    """The couples in care, and those put away of whom something came in, or who are `asking`."""
    couples = couple_cards(visit)
    waiting = reflections.where_it_waits(visit) | seen.where_it_waits(visit) | asking
    return [*couples, *cards_of(visit, waiting - {couple.id for couple in couples})]


def around(cards: list[QueueCard], current: UUID) -> dict[str, Any]:
    """The queue beside what is read, with the ways on and back."""
    at = next((n for n, each in enumerate(cards) if each.id == current), None)
    return {
        "cards": cards,
        "place": at,
        "following": following(cards, current),
        "previous": cards[at - 1] if at else None,
    }


def following(cards: list[QueueCard], current: UUID) -> QueueCard | None:
    """The one that comes after this one; from the end it goes on at the beginning."""
    others = [card for card in cards if card.id != current]
    at = next((n for n, card in enumerate(cards) if card.id == current), 0)
    return others[at % len(others)] if others else None


def check_ins(visit: Visit, couples: Sequence[CoupleCard]) -> list[QueueCard]:
    """The weekly check-ins of these couples that wait to be seen."""
    known = {card.id: card for card in couples}
    return [_check_in(known[one.couple_id], one) for one in seen.waiting_in(visit, couples)]


def check_in_reading(visit: Visit, check_in_id: UUID) -> CheckInReading:
    """One check-in laid out for reading."""
    card = one_check_in(visit, check_in_id)
    words = card.check_in
    return CheckInReading(card, mark(_text(words.comment)), mark(_text(words.private_note)))


def count_to_read(visit: Visit) -> int:
    """How many rounds and check-ins wait to be read, for the number beside the way there."""
    return reflections.count_waiting(visit) + seen.count_waiting(visit)


def _rounds(visit: Visit, known: Mapping[UUID, CoupleCard]) -> Iterator[QueueCard]:
    waiting = reflections.waiting_in(visit, known)
    tasks = tasks_by_id(visit, {row.round_id for row in waiting})
    written = reflections.reflections_on(visit, list(tasks.values()))
    together = shared_on(visit, list(tasks.values()))
    for task in tasks.values():
        rows = [row for row in waiting if row.round_id == task.round_id]
        couple = known[task.couple_id]
        ids = _who_sent(task, {row.respondent_id for row in rows})
        yield QueueCard(
            id=task.round_id,
            couple_id=couple.id,
            couple_title=couple.title,
            time_zone=couple.time_zone,
            title=task.title,
            number=task.number,
            of=task.of,
            waiting=tuple(m.person.first_name for m in couple.members if m.person.id in ids),
            since=min(row.sent_at for row in rows),
            looks_first=any(row.looks_first for row in rows),
            has_phrases=_speak_up(p for p in written[task.round_id] if p.respondent_id in ids)
            or _says_together(together.get(task.round_id)),
        )


def _check_in(couple: CoupleCard, one: CheckInCard) -> QueueCard:
    kinds = {hint.kind for hint in scoring.look_first([one.week])}
    return QueueCard(
        id=one.id,
        couple_id=couple.id,
        couple_title=couple.title,
        time_zone=couple.time_zone,
        title="",
        number=1,
        of=1,
        waiting=(one.name,),
        since=one.sent_at,
        looks_first="not_free" in kinds,
        has_phrases=any(speaks_up(_text(words)) for words in (one.comment, one.private_note)),
        week_on=one.week_on,
        asks_for_a_look=bool(kinds - {"not_free"}),
    )


def _text(words: str) -> Shown:
    return Shown("text", text=words)


def _who_sent(task: TaskCard, respondents: set[UUID]) -> set[UUID]:
    """Whose work it is: of a sheet for two, both people's."""
    return set(task.recipients) if task.couple_id in respondents else respondents


def _says_together(shared: SharedCard | None) -> bool:
    return shared is not None and any(speaks_up(card.shown) for card in shared.answers)


def _speak_up(parts: Iterable[ReflectionCard]) -> bool:
    return any(
        any(speaks_up(card.shown) for card in part.answers)
        or any(speaks_up(card.shown) for card in part.private)
        for part in parts
    )
