"""How an exercise will look to one person, drawn for reading only."""

from dataclasses import dataclass

from portal.exercises.form.definition import EditionContent, Field
from portal.exercises.form.fields import (
    ChoiceColumn,
    DailyEntryField,
    InfoField,
    Question,
    RowsField,
    ScaleColumn,
    ScaleField,
    TableField,
)
from portal.exercises.form.values import People
from portal.exercises.form.wording import asked, audience_labels, introduction, person_options

WRITTEN = ("short_text", "long_text", "number", "date", "money")


@dataclass(frozen=True)
class ColumnCard:
    """One column of a table, with what can be chosen in it."""

    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreviewLine:
    """One question as it will be asked."""

    key: str
    kind: str
    label: str
    help: str
    is_required: bool
    depends: bool
    readers: str
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    columns: tuple[ColumnCard, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreviewCard:
    """An exercise as one person will see it."""

    title: str
    introduction: str
    minutes: int
    is_solo: bool
    before: tuple[InfoField, ...]
    lines: tuple[PreviewLine, ...]


def preview(
    content: EditionContent, *, solo: bool, shared: bool, promise: str, people: People
) -> PreviewCard:
    """Exactly the words that this person will be shown, question by question."""
    labels = audience_labels(content)
    persons = tuple(option.label for option in person_options(content, people))

    def readers(field: Field) -> str:
        # Where nothing is shared it stays with the counsellor, whatever the exercise proposes.
        audience = getattr(field, "visibility", "")
        return labels.get(audience if shared or not audience else "counsellor", "")

    return PreviewCard(
        title=content.exercise.title,
        introduction=introduction(content, solo=solo),
        minutes=content.exercise.minutes,
        is_solo=solo,
        before=_before(content, solo=solo),
        lines=tuple(
            _line(field, readers(field), persons)
            for field in asked(content, solo=solo, promise=promise)
        ),
    )


def _before(content: EditionContent, *, solo: bool) -> tuple[InfoField, ...]:
    """What stands above the questions; on a sheet for two it stands beside each of them alone."""
    is_sheet = content.exercise.mode == "joint" and not solo
    return () if is_sheet else tuple(content.common.before_every_exercise)


def _line(field: Field, readers: str, persons: tuple[str, ...]) -> PreviewLine:
    ends = field.scale if isinstance(field, ScaleField) else None
    return PreviewLine(
        key=field.key,
        kind="written" if field.type in WRITTEN else field.type,
        label=field.label,
        help=field.help,
        is_required=isinstance(field, Question) and field.required,
        depends=field.show_if is not None,
        readers=readers,
        options=_options(field, persons),
        low=ends.low if ends else "",
        high=ends.high if ends else "",
        columns=_columns(field) if isinstance(field, TableField | DailyEntryField) else (),
        rows=_rows(field),
    )


def _options(field: Field, persons: tuple[str, ...]) -> tuple[str, ...]:
    if field.type == "person":
        return persons
    return tuple(option.label for option in getattr(field, "options", ()))


def _columns(field: RowsField) -> tuple[ColumnCard, ...]:
    return tuple(
        ColumnCard(
            column.label,
            tuple(option.label for option in column.options)
            if isinstance(column, ChoiceColumn)
            else _ends(column),
        )
        for column in field.columns
    )


def _ends(column: object) -> tuple[str, ...]:
    if not isinstance(column, ScaleColumn):
        return ()
    return (f"0 {column.scale.low}", f"10 {column.scale.high}")


def _rows(field: Field) -> tuple[str, ...]:
    if not isinstance(field, TableField):
        return ()
    return tuple(row.label for row in field.rows.fixed)
