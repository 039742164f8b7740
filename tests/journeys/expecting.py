"""What must stand on each paper, worked out from what was written and from the catalogue, cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from portal.exercises.form.definition import AnyColumn, Field
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.measuring import currencies_of, measured
from portal.exercises.form.shown import Shown
from portal.exercises.form.values import CellValue, Money, Row, Value, Values, rows_in
from portal.reports.paper import Summary
from tests.journeys.walking import Walked

Spot = tuple[str, str]  # a question as it was asked, and whose answer: "a", "b" or both together
Cells = list[list[str]]
SYMBOLS = {"EUR": "€", "GBP": "£", "JPY": "JP¥", "KWD": "KWD"}
DIGITS = {"EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3}
WORDS = {"a": "Ann", "b": "Ben", "both": "Both of us", "other": "Someone else"}


@dataclass(frozen=True)
class Reader:
    """Who reads a paper: the counsellor, both of the couple, or one of them."""

    key: str
    person: UUID | None = None


@dataclass(frozen=True)
class Scene:
    """One walked round with what was opened of it: the whole round, and single answers of one writer."""

    walked: Walked
    seats: Mapping[UUID, str]
    is_open: bool
    released: frozenset[tuple[UUID, str]]
    narrowed: frozenset[tuple[UUID, str]]

    def holds(self, reader: Reader, who: UUID, field: Field) -> bool:
        """Whether this paper may hold this answer, by the rules of the catalogue."""
        if reader.key == "clinical" or reader.person == who or self.seats[who] == "":
            return True
        audience = getattr(field, "visibility", "counsellor")
        if (who, field.key) in self.narrowed:
            return False
        opened = audience == "after_both" and self.is_open
        return opened or (audience == "on_release" and (who, field.key) in self.released)

    def matches_only(self, reader: Reader, who: UUID, field: Field) -> bool:
        """Whether only the lines that suit both are shown: then own answers do not stand beside them."""
        if getattr(field, "reveal", None) is None or reader.key == "clinical":
            return False
        return (who, field.key) in self.released


def wanted_on(scene: Scene, reader: Reader) -> dict[Spot, Cells]:
    """Every answer that must stand on this paper, and no other, in the words in which it is read."""
    walked = scene.walked
    if not walked.task.edition.is_printable:
        return {}
    found: dict[Spot, Cells] = {}
    for who, values in walked.written.items():
        for field in walked.fields:
            if field.key in values and scene.holds(reader, who, field):
                if scene.matches_only(reader, who, field):
                    found[field.label, ""] = _matching(field, walked.written.values())
                else:
                    cells = cells_of(field, values[field.key], walked.task.first_on)
                    found.setdefault((field.label, scene.seats[who]), []).extend(cells)
    return found


def stands_on(summary: Summary) -> dict[Spot, Cells]:
    """Every answer that does stand there."""
    found: dict[Spot, Cells] = {}
    for piece in summary.pieces:
        for question in piece.questions:
            for voice in question.voices:
                spot = (question.label, voice.place)
                found.setdefault(spot, []).extend(_read(voice.shown))
    return found


def _read(shown: Shown) -> Cells:
    if shown.kind == "grid":
        return [[label, *cells] for label, cells in shown.rows]
    return [[line] for line in shown.lines] or ([[shown.text]] if shown.text else [])


def cells_of(field: Field, value: Value, first_on: date) -> Cells:
    """One answer as rows of cells, each as a person reads it."""
    if isinstance(field, TableField | DailyEntryField):
        return [_row(field, row, first_on) for row in rows_in(value) if not row.is_empty]
    if field.type in ("multi_choice", "checklist") and isinstance(value, tuple):
        return [[_label(field, str(part))] for part in value]
    return [[_cell(field, value)]]


def _row(field: TableField | DailyEntryField, row: Row, first_on: date) -> list[str]:
    label = row.label or ""
    if row.day is not None:
        day = first_on + timedelta(days=row.day - 1)
        label = f"{day:%A} {day.day} {day:%B}"
    elif isinstance(field, TableField):
        label = next((one.label for one in field.rows.fixed if one.key == row.row_id), label)
    cells = [
        _cell(column, row.cells[column.key]) if column.key in row.cells else ""
        for column in field.columns
    ]
    return [label, *cells]


def _cell(asked: Field | AnyColumn, value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(_label(asked, str(part)) for part in value)
    if isinstance(value, str):
        return WORDS[value] if asked.type == "person" else _label(asked, value)
    return _figure(value, getattr(asked, "unit", ""))


def _figure(value: CellValue, unit: str) -> str:
    if value is True:
        return "Yes"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Money):
        return _amount(Decimal(value.minor).scaleb(-DIGITS[value.currency]), value.currency)
    return f"{value:,} {unit}".strip()


def _amount(amount: Decimal, currency: str) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{SYMBOLS[currency]}{abs(amount):,.{DIGITS[currency]}f}"


def _label(asked: Field | AnyColumn, value: str) -> str:
    options = getattr(asked, "options", ())
    return next((option.label for option in options if option.value == value), value)


def _matching(field: Field, written: Iterable[Values]) -> Cells:
    assert isinstance(field, TableField)
    assert field.reveal is not None
    column, wanted = field.reveal.column, set(field.reveal.match)
    marked = [
        {row.row_id for row in rows_in(values.get(field.key)) if row.cells.get(column) in wanted}
        for values in written
    ]
    both = set.intersection(*marked) if len(marked) > 1 else set()
    found = [[row.label] for row in field.rows.fixed if row.key in both]
    return found or [["Your counsellor will suggest something."]]


Figures = dict[str, dict[str, str]]  # by measure, by name: the one number of this round


def wanted_figures(walked: Walked, names: Mapping[UUID, str]) -> Figures:
    """What every measure of this round came to, for each who gave it, as it is written."""
    if not walked.task.edition.is_printable:
        return {}
    found: Figures = {}
    for measure in walked.task.edition.content.exercise.measures:
        for who, name in names.items():
            answers = walked.written.get(who, {})
            figure = measured(measure, answers)
            if figure is not None:
                said = [_amount(figure, code) for code in currencies_of(measure, answers)]
                written = said[0] if said else f"{figure.normalize():,f}"
                found.setdefault(measure.label, {})[name] = written
    return found


def figures_on(summary: Summary) -> Figures:
    """The same from the paper's own tables."""
    found: Figures = {}
    for one in summary.figures:
        assert one.label not in found
        row = one.rows[-1]
        assert all(each.is_earlier is (each is not row) for each in one.rows)
        found[one.label] = dict(zip(one.columns, row.cells, strict=True))
    return found
