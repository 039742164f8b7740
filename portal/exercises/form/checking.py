"""What must be there before a reflection is sent; a draft may be as it is."""

from collections.abc import Sequence
from datetime import date

from portal.exercises.form.checking_rows import row_problems
from portal.exercises.form.checking_rules import rule_problems
from portal.exercises.form.conditions import Context, shown_fields
from portal.exercises.form.definition import Field, Question, RowsField
from portal.exercises.form.fields import (
    DailyEntryField,
    LongTextField,
    MultiChoiceField,
    ShortTextField,
    TableField,
)
from portal.exercises.form.messages import Problem, UnreadableError, each_once, problem_at
from portal.exercises.form.naming import Place
from portal.exercises.form.reading_cells import limits
from portal.exercises.form.rules import Rule
from portal.exercises.form.values import Row, Value, Values, rows_in

__all__ = ["check_for_sending", "for_sending", "left_out"]

# What holds words, and not only a choice or a number.
WRITTEN = (ShortTextField, LongTextField, TableField, DailyEntryField)

UNANSWERED = {
    "scale": "choose",
    "single_choice": "choose",
    "person": "choose",
    "multi_choice": "tick",
    "checklist": "tick",
    "table": "rows_required",
    "daily_entry": "rows_required",
}


def check_for_sending(
    fields: Sequence[Field],
    values: Values,
    context: Context,
    rules: Sequence[Rule],
    today: date,
) -> tuple[Problem, ...]:
    """Everything that stands in the way of sending, in the order of the questions."""
    shown = shown_fields(fields, values, context)
    asked = {item.key: item for item in fields if item.key in shown and item.type != "info"}
    problems = [problem for item in asked.values() for problem in _problems(item, values)]
    problems += rule_problems(asked, values, rules, today)
    places = list(asked)
    return tuple(sorted(each_once(problems), key=lambda problem: places.index(problem.field_key)))


def for_sending(fields: Sequence[Field], values: Values, context: Context) -> dict[str, Value]:
    """The answers as they are sent: without hidden questions and without empty rows."""
    shown = shown_fields(fields, values, context)
    return _filled([item for item in fields if item.key in shown], values)


def left_out(fields: Sequence[Field], values: Values, context: Context) -> dict[str, Value]:
    """What was written to questions that are not asked any more, because of another answer."""
    shown = shown_fields(fields, values, context)
    written = [item for item in fields if isinstance(item, WRITTEN)]
    return _filled([item for item in written if item.key not in shown], values)


def _filled(fields: Sequence[Field], values: Values) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for item in fields:
        value = values.get(item.key)
        if value is not None and isinstance(item, TableField | DailyEntryField):
            value = tuple(row for row in rows_in(value) if not row.is_empty) or None
        if value is not None:
            found[item.key] = value
    return found


def _problems(item: Field, values: Values) -> list[Problem]:
    value = values.get(item.key)
    if isinstance(item, TableField | DailyEntryField):
        return _table_problems(item, rows_in(value))
    place = Place(item.key)
    if value is None:
        missing = UnreadableError(UNANSWERED.get(item.type, "required"))
        return [problem_at(place, missing)] if isinstance(item, Question) and item.required else []
    if isinstance(item, MultiChoiceField) and isinstance(value, tuple):
        most = item.max_choices
        if most is not None and len(value) > most:
            return [problem_at(place, UnreadableError("too_many_chosen", max=most))]
    trouble = limits(item, value)
    return [problem_at(place, trouble)] if trouble else []


def _table_problems(item: RowsField, rows: tuple[Row, ...]) -> list[Problem]:
    begun = tuple(row for row in rows if not row.is_empty)
    if not begun:
        missing = UnreadableError("rows_required")
        return [problem_at(Place(item.key), missing)] if item.required else []
    return row_problems(item, begun)
