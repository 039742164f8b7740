"""What homework came to in numbers, for the counsellor's own paper: the span's rounds and those before."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from babel.numbers import format_currency, format_decimal

from portal.exercises.form.shown import spoken
from portal.homework.cards import TaskCard
from portal.measures.charts import Chart, Number
from portal.policies.editions import holds_figures
from portal.reflections.figures import figures_in
from portal.reports.paper import CheckInRow, FigurePiece
from portal.reports.readers import Table, tasks_seen
from portal.review.cards import MeasureCard
from portal.review.figures import by_exercise, with_gaps

MOST_ROUNDS = 12  # a picture of a quarter year; more would be a table of its own


def figures_on(table: Table) -> Iterable[FigurePiece]:
    """Each measure with a number sent within the span, and what led up to it, as earlier."""
    if not holds_figures(table.choice.edition):
        return []
    tasks = sorted(
        tasks_seen(table, table.visit), key=lambda t: (t.due_on, t.assigned_at, t.round_id)
    )
    sent = [one for one in figures_in(table.visit, tasks, table.span.until) if one.values]
    new = {one.round_id for one in sent if table.span.holds(one.sent_at)}
    answered = {one.round_id for one in sent}
    rounds = _rounds(tasks, answered, new)
    drawn = {task.round_id for of in rounds.values() for task in of}
    kept = [one for one in sent if one.round_id in drawn]
    return [
        FigurePiece(
            exercise_title=exercise.title,
            label=measure.label,
            better=measure.better,
            columns=tuple(series.name for series in measure.chart.series),
            rows=rows,
            chart=measure.chart if _has_a_line(measure.chart) else None,
            texts=tuple(
                one.revision_id
                for one in kept
                if any(one.round_id in rounds_there for rounds_there in measure.columns)
            ),
        )
        for exercise in by_exercise(table.couple, tasks, kept, table.locale)
        for measure in exercise.measures
        for rows in [_rows(measure, table.locale, new, answered)]
        if any(not row.is_earlier and any(row.cells) for row in rows)
    ]


def _rounds(
    tasks: Sequence[TaskCard], answered: set[UUID], new: set[UUID]
) -> dict[str, list[TaskCard]]:
    """Of each exercise with something new every new round, and the last ones up to it, gaps among them."""
    found: dict[str, list[TaskCard]] = {}
    for task in with_gaps(tasks, answered):
        found.setdefault(task.edition.key, []).append(task)
    firsts = {
        key: next((at for at, task in enumerate(of) if task.round_id in new), None)
        for key, of in found.items()
    }
    return {
        key: found[key][max(0, min(first, len(found[key]) - MOST_ROUNDS)) :]
        for key, first in firsts.items()
        if first is not None
    }


def _has_a_line(chart: Chart) -> bool:
    """Whether anybody gave two numbers; a picture of single points says nothing."""
    return any(sum(v is not None for v in one.values) > 1 for one in chart.series)


def _written(value: Number, currency: str, locale: str) -> str:
    """A number as it stands in the table, or an amount as it stands on a bill."""
    if currency:
        return str(format_currency(value, currency, locale=spoken(locale)))
    return str(format_decimal(value, locale=locale))


def _rows(
    measure: MeasureCard, locale: str, new: set[UUID], answered: set[UUID]
) -> tuple[CheckInRow, ...]:
    """One row a round; one that nobody sent is earlier only where everything new comes after it."""
    chart, columns = measure.chart, measure.columns
    since = next((at for at, ids in enumerate(columns) if not new.isdisjoint(ids)), len(columns))
    return tuple(
        CheckInRow(
            day,
            tuple(
                "" if value is None else _written(value, chart.currency, locale)
                for value in (series.values[place] for series in chart.series)
            ),
            is_earlier=new.isdisjoint(columns[place])
            and (place < since or not answered.isdisjoint(columns[place])),
        )
        for place, day in enumerate(chart.days)
    )
