"""What homework came to in numbers, over time, for the counsellor: one picture for each measure."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from uuid import UUID

from babel.numbers import format_compact_decimal

from portal.exercises.form.exercise import Measure
from portal.exercises.form.shown import spoken
from portal.homework.cards import TaskCard
from portal.homework.queries import tasks_of
from portal.measures.charts import Number, Place, Series, chart, day_label, scale_for
from portal.people.cards import CoupleCard
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.reflections.figures import SentFigures, figures_in
from portal.review.cards import FiguresCard, MeasureCard, MeasuredExercise
from portal.visit import Visit

Points = Mapping[tuple[UUID, UUID], Number]


def figures_of(visit: Visit, couple_id: UUID, locale: str) -> FiguresCard:
    """Every measure of this couple's homework with at least one point, by exercise."""
    require(deeds.may_read_file(visit.viewer, couple_id))
    couple = couple_card(visit, couple_id)
    tasks = sorted(
        tasks_of(visit, [couple_id]), key=lambda t: (t.due_on, t.assigned_at, t.round_id)
    )
    sent = figures_in(visit, tasks)
    read = tuple(each.revision_id for each in sent if each.values)
    return FiguresCard(couple, by_exercise(couple, tasks, sent, locale), read)


def by_exercise(
    couple: CoupleCard, tasks: Sequence[TaskCard], sent: Sequence[SentFigures], locale: str
) -> tuple[MeasuredExercise, ...]:
    """These figures as pictures, one for each measure with a point, in the order of the rounds."""
    grouped: dict[str, list[TaskCard]] = {}
    for task in tasks:
        grouped.setdefault(task.edition.key, []).append(task)
    found = [_exercise(couple, rounds, sent, locale) for rounds in grouped.values()]
    return tuple(each for each in found if each.measures)


def with_gaps(rounds: Sequence[TaskCard], answered: Container[UUID]) -> list[TaskCard]:
    """The rounds that gave a number, and of each assignment those between them that gave none."""
    ends: dict[UUID, list[int]] = {}
    for task in rounds:
        if task.round_id in answered:
            ends.setdefault(task.assignment_id, []).append(task.number)
    return [
        task
        for task in rounds
        for numbers in [ends.get(task.assignment_id)]
        if numbers and min(numbers) <= task.number <= max(numbers)
    ]


def _exercise(
    couple: CoupleCard, rounds: Sequence[TaskCard], sent: Sequence[SentFigures], locale: str
) -> MeasuredExercise:
    """One exercise with the words of its newest edition; a round between others that gave no number is a gap."""
    newest = max(rounds, key=lambda task: task.edition.number).edition
    ids = {task.round_id for task in rounds}
    mine = [one for one in sent if one.round_id in ids]
    shown = with_gaps(rounds, {one.round_id for one in mine if one.values})
    drawn = tuple(
        card
        for each in newest.content.exercise.measures
        for card in _pictures(couple, each, shown, mine, locale)
    )
    return MeasuredExercise(newest.key, newest.title, drawn)


def _pictures(
    couple: CoupleCard,
    measure: Measure,
    rounds: Sequence[TaskCard],
    sent: Sequence[SentFigures],
    locale: str,
) -> list[MeasureCard]:
    """One picture, or one for each currency in which its amounts were written: no line joins two."""
    money: dict[str, list[SentFigures]] = {}
    for one in sent:
        if measure.key in one.values:
            money.setdefault(one.currencies.get(measure.key, ""), []).append(one)
    cards = {code: _measure(couple, measure, rounds, of, locale) for code, of in money.items()}
    found = {
        code: replace(card, chart=replace(card.chart, currency=code))
        for code, card in cards.items()
        if card
    }
    if len(found) < 2:
        return list(found.values())
    return [
        replace(card, key=f"{card.key}-{code}", label=f"{card.label} ({code})")
        for code, card in found.items()
    ]


def _measure(
    couple: CoupleCard,
    measure: Measure,
    rounds: Sequence[TaskCard],
    sent: Sequence[SentFigures],
    locale: str,
) -> MeasureCard | None:
    points = {
        (one.round_id, one.respondent_id): _plain(one.values[measure.key])
        for one in sent
        if measure.key in one.values
    }
    if not points:
        return None
    columns = _columns(rounds, points)
    series = [
        Series(name, place, tuple(_point(points, column, who) for column in columns))
        for who, name, place in _whose(couple)
        if any(person == who for _, person in points)
    ]
    low, top = measure.range
    scale = scale_for(low, top, list(points.values()), partial(_edge, locale=locale))
    days = [day_label(column[0].due_on, locale) for column in columns]
    stands = tuple(frozenset(task.round_id for task in column) for column in columns)
    drawn = chart(days, series, scale)
    return MeasureCard(measure.key, measure.label, measure.better, drawn, stands)


def _columns(rounds: Sequence[TaskCard], points: Points) -> list[list[TaskCard]]:
    """Where each round stands along the foot: what both were given singly for one day stands together."""
    columns: list[list[TaskCard]] = []
    for task in rounds:
        last = columns[-1] if columns else []
        here = {who for round_id, who in points if round_id == task.round_id}
        there = {who for one in last for round_id, who in points if round_id == one.round_id}
        if last and last[0].due_on == task.due_on and here.isdisjoint(there):
            last.append(task)
        else:
            columns.append([task])
    return columns


def _point(points: Points, column: Sequence[TaskCard], who: UUID) -> Number | None:
    found = (points.get((task.round_id, who)) for task in column)
    return next((value for value in found if value is not None), None)


def _whose(couple: CoupleCard) -> list[tuple[UUID, str, Place]]:
    """Each one's line, and one for both where they gave a single figure on a sheet for two."""
    own: list[tuple[UUID, str, Place]] = [
        (m.person.id, m.person.first_name, "a" if m.seat.value == "a" else "b")
        for m in couple.taking_part
    ]
    return [*own, (couple.id, couple.title, "a")]


def _plain(figure: Decimal) -> Number:
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _edge(value: Number, locale: str) -> str:
    """A number at the edge of a picture, where there is little room: "5K", and half of it "2.5K"."""
    return str(format_compact_decimal(value, locale=spoken(locale), fraction_digits=1))
