"""Making the card of each question: what it asks, what stands in it, and who can read it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.exercises.form import naming
from portal.exercises.form.cards import (
    AudienceCard,
    BoxCard,
    ChoiceCard,
    ProblemLine,
    QuestionCard,
    RowCard,
)
from portal.exercises.form.conditions import is_shown
from portal.exercises.form.definition import ContextCondition, Field, FieldCondition, InfoField
from portal.exercises.form.drawing_cells import Setting, Written, box_card
from portal.exercises.form.drawing_rows import may_add, row_cards
from portal.exercises.form.fields import DailyEntryField, LongTextField, Question, TableField
from portal.exercises.form.naming import Place, element_id
from portal.exercises.form.reading import Reading
from portal.exercises.form.typed_text import count_words
from portal.exercises.form.values import rows_in

__all__ = ["QuestionCard", "Readers", "Setting", "problem_lines", "question_card", "question_cards"]


@dataclass(frozen=True)
class Readers:
    """Who can read an answer now, and among which audiences its writer may choose."""

    now: str
    may_be: tuple[str, ...] = ()


PRIVATE = Readers("counsellor")


def question_cards(
    fields: Sequence[Field],
    reading: Reading,
    setting: Setting,
    readers: Mapping[str, Readers],
    counters: Mapping[str, int],
) -> tuple[QuestionCard, ...]:
    """The cards of all questions that fit this couple's circumstances."""
    return tuple(
        question_card(
            field, reading, setting, readers.get(field.key, PRIVATE), counters.get(field.key, 0)
        )
        for field in fields
        if not isinstance(field.show_if, ContextCondition)
        or is_shown(field.show_if, {}, setting.context)
    )


def question_card(
    field: Field, reading: Reading, setting: Setting, readers: Readers = PRIVATE, counter: int = 0
) -> QuestionCard:
    """One question as it is drawn, with what was typed where that could not be understood."""
    name = Place(field.key).box
    asks = isinstance(field, Question)
    value = reading.values.get(field.key)
    return QuestionCard(
        key=field.key,
        type=field.type,
        id=element_id(name),
        label=field.label,
        help=field.help,
        required=isinstance(field, Question) and field.required,
        box=_box(field, reading, setting),
        rows=_rows(field, reading, setting),
        rows_name=naming.rows_box(field.key),
        add_name=_add_name(field, reading),
        add_label=field.rows.add_label if isinstance(field, TableField) else "",
        audience=_audience(field, readers, setting) if asks else None,
        respondent=field.respondent if isinstance(field, Question) else None,
        counter_name=naming.counter_box(field.key),
        counter=counter,
        show_if=_show_if(field),
        max_words=field.max_words if isinstance(field, LongTextField) else None,
        words=count_words(value) if isinstance(value, str) else 0,
        write_once=isinstance(field, Question) and field.write_once,
        problems=_written(reading).at(Place(field.key)),
    )


def problem_lines(cards: Sequence[QuestionCard]) -> tuple[ProblemLine, ...]:
    """What to look at on a page, in its order, each line leading to its box."""
    lines: list[ProblemLine] = []
    for card in cards:
        lines += [ProblemLine(_first_of(card), card.label, each) for each in card.problems]
        for row in card.rows:
            for box in (*row.own, *row.cells):
                label = f"{card.label} ({_row_name(row, box)})"
                lines += [ProblemLine(f"#{_target(box)}", label, each) for each in box.problems]
    return tuple(lines)


def _row_name(row: RowCard, box: BoxCard) -> str:
    parts = (row.label or row.day_label or str(row.number), box.label)
    return ", ".join(part for part in parts if part)


def _first_of(card: QuestionCard) -> str:
    return f"#{_target(card.box)}" if card.box else f"#{card.id}"


def _target(box: BoxCard) -> str:
    """The box itself, or the first answer of a group."""
    groups = ("choices", "ticks", "scale")
    return box.choices[0].id if box.kind in groups and box.choices else box.id


def _written(reading: Reading) -> Written:
    return Written(reading.typed, reading.problems)


def _box(field: Field, reading: Reading, setting: Setting) -> BoxCard | None:
    if isinstance(field, InfoField | TableField | DailyEntryField):
        return None
    value = reading.values.get(field.key)
    return box_card(field, Place(field.key), value, _written(reading), setting)


def _rows(field: Field, reading: Reading, setting: Setting) -> tuple[RowCard, ...]:
    if not isinstance(field, TableField | DailyEntryField):
        return ()
    rows = rows_in(reading.values.get(field.key))
    return row_cards(field, rows, _written(reading), setting)


def _add_name(field: Field, reading: Reading) -> str | None:
    if not isinstance(field, TableField | DailyEntryField):
        return None
    rows = rows_in(reading.values.get(field.key))
    return naming.add_button(field.key) if may_add(field, rows) else None


def _audience(field: Field, readers: Readers, setting: Setting) -> AudienceCard:
    name = naming.audience_box(field.key)
    labels = setting.audience_labels
    may_be = readers.may_be if len(readers.may_be) > 1 else ()
    is_narrowed = not may_be and getattr(field, "visibility", readers.now) != readers.now
    return AudienceCard(
        name=name,
        id=element_id(name),
        label=labels.get(readers.now, ""),
        choices=tuple(
            ChoiceCard(
                value, labels.get(value, value), element_id(name, value), value == readers.now
            )
            for value in may_be
        ),
        for_now=readers.now if is_narrowed else "",
    )


def _show_if(field: Field) -> str:
    """The condition for the browser; circumstances stay on the server, where they are decided."""
    if not isinstance(field.show_if, FieldCondition):
        return ""
    data = {"field": field.show_if.field, "op": field.show_if.op, "value": field.show_if.value}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
