"""The figures in what was sent, for whoever looks after the couple; never for the other partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from portal.exercises.form.measuring import currencies_of, measured
from portal.exercises.form.values import Values
from portal.homework.cards import TaskCard
from portal.policies.sight import sees_private
from portal.reflections.laying import Half, lay_out
from portal.visit import Visit


@dataclass(frozen=True)
class SentFigures:
    """What one person's newest sending on one round comes to, by the keys of its measures.

    Of a sheet for two there are three: what each wrote alone, and what both wrote, as the couple's.
    A figure of money has its currency beside it.
    """

    round_id: UUID
    revision_id: UUID
    respondent_id: UUID
    sent_at: datetime | None
    values: Mapping[str, Decimal]
    currencies: Mapping[str, str] = field(default_factory=dict)


def figures_in(
    visit: Visit, tasks: Sequence[TaskCard], as_of: datetime | None = None
) -> list[SentFigures]:
    """The figures of these rounds; those of a couple whose words this viewer may not read are not there."""
    seen = [
        task
        for task in tasks
        if task.edition.content.exercise.measures and sees_private(visit.viewer, task.couple_id)
    ]
    desk = lay_out(visit, seen, "en", as_of)
    found = []
    for task in seen:
        for row in desk.rows.get(task.round_id, ()):
            for who in desk.writers_of(task, row):
                words = desk.words_of(Half(row, who))
                if words is not None:
                    values = _values(task, words.values)
                    sent = desk.revisions[row.id]
                    found.append(
                        SentFigures(
                            round_id=task.round_id,
                            revision_id=sent.id,
                            respondent_id=who,
                            sent_at=sent.sent_at,
                            values=values,
                            currencies=_currencies(task, words.values),
                        )
                    )
    return found


def _values(task: TaskCard, answers: Values) -> dict[str, Decimal]:
    figures = {each.key: measured(each, answers) for each in task.edition.content.exercise.measures}
    return {key: figure for key, figure in figures.items() if figure is not None}


def _currencies(task: TaskCard, answers: Values) -> dict[str, str]:
    found = {
        each.key: currencies_of(each, answers) for each in task.edition.content.exercise.measures
    }
    return {key: next(iter(each)) for key, each in found.items() if len(each) == 1}
