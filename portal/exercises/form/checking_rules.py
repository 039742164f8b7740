"""The rules of an exercise that are looked at in the moment of sending."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from portal.exercises.catalogue.phrases import matches
from portal.exercises.form.definition import Field, Option
from portal.exercises.form.messages import Problem, UnreadableError, problem_at
from portal.exercises.form.naming import Place
from portal.exercises.form.rules import EndDateRequired, MustTick, RefuseWords, Rule
from portal.exercises.form.values import Values, rows_in


def rule_problems(
    asked: Mapping[str, Field], values: Values, rules: Sequence[Rule], today: date
) -> list[Problem]:
    """What the exercise's own rules ask for and do not find."""
    problems: list[Problem] = []
    for rule in rules:
        if isinstance(rule, EndDateRequired) and rule.field in asked:
            problems += _end_date(rule, values, today)
        elif isinstance(rule, MustTick) and rule.field in asked:
            problems += _ticks(rule, asked[rule.field], values)
        elif isinstance(rule, RefuseWords):
            for key in rule.fields:
                problems += _refused(rule, key, values) if key in asked else []
    return problems


def _end_date(rule: EndDateRequired, values: Values, today: date) -> list[Problem]:
    chosen = values.get(rule.field)
    last = today + timedelta(days=rule.within_days)
    if isinstance(chosen, date) and today < chosen <= last:
        return []
    trouble = UnreadableError("end_date", days=rule.within_days)
    return [problem_at(Place(rule.field), trouble)]


def _ticks(rule: MustTick, field: Field, values: Values) -> list[Problem]:
    ticked = values.get(rule.field)
    chosen = ticked if isinstance(ticked, tuple) else ()
    options: tuple[Option, ...] = getattr(field, "options", ())
    labels = {option.value: option.label for option in options}
    missing = [labels.get(value, value) for value in rule.values if value not in chosen]
    if not missing:
        return []
    trouble = UnreadableError("must_tick", label="”, “".join(missing))
    return [problem_at(Place(rule.field), trouble)]


def _refused(rule: RefuseWords, key: str, values: Values) -> Iterator[Problem]:
    for place, words in _words_in(key, values):
        found = matches(words, rule.words)
        if found:
            word = words[found[0].start : found[0].end]
            yield problem_at(place, UnreadableError("refused_word", word=word))


def _words_in(key: str, values: Values) -> Iterator[tuple[Place, str]]:
    """Every piece of text in an answer, its rows and the names of its rows, with its place."""
    value = values.get(key)
    if isinstance(value, str):
        yield Place(key), value
    for row in rows_in(value):
        if row.label:
            yield Place(key, row.row_id, "label"), row.label
        for column, cell in row.cells.items():
            if isinstance(cell, str):
                yield Place(key, row.row_id, column), cell
