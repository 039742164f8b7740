"""What homework came to in numbers, for the counsellor's own paper: the span's rounds and no other."""

from collections.abc import Iterable

from babel.numbers import format_decimal

from portal.measures.charts import Chart
from portal.policies.editions import holds_figures
from portal.reflections.figures import figures_in
from portal.reports.paper import CheckInRow, FigurePiece
from portal.reports.readers import Table, tasks_seen
from portal.review.figures import by_exercise


def figures_on(table: Table) -> Iterable[FigurePiece]:
    """Each measure with a number sent within the span, where this paper may hold any."""
    if not holds_figures(table.choice.edition):
        return []
    tasks = sorted(
        tasks_seen(table, table.visit), key=lambda t: (t.due_on, t.assigned_at, t.round_id)
    )
    sent = figures_in(table.visit, tasks, table.span.until)
    within = [one for one in sent if table.span.holds(one.sent_at)]
    return [
        FigurePiece(
            exercise_title=exercise.title,
            label=measure.label,
            better=measure.better,
            columns=tuple(series.name for series in measure.chart.series),
            rows=_rows(measure.chart, table.locale),
            chart=measure.chart if len(measure.chart.days) > 1 else None,
        )
        for exercise in by_exercise(table.couple, tasks, within, table.locale)
        for measure in exercise.measures
    ]


def _rows(chart: Chart, locale: str) -> tuple[CheckInRow, ...]:
    return tuple(
        CheckInRow(
            day,
            tuple(
                "" if value is None else str(format_decimal(value, locale=locale))
                for value in (series.values[place] for series in chart.series)
            ),
        )
        for place, day in enumerate(chart.days)
    )
