"""Drawing one box of a form from an answer, or from what was typed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision, get_currency_symbol

from portal.exercises.form.cards import BoxCard, ChoiceCard, Kind
from portal.exercises.form.conditions import Context
from portal.exercises.form.definition import ChoiceColumn, Option, Question, ScaleColumn
from portal.exercises.form.fields import (
    ChecklistField,
    MultiChoiceField,
    NumberField,
    ScaleField,
    SingleChoiceField,
)
from portal.exercises.form.messages import Problem
from portal.exercises.form.naming import Place, element_id
from portal.exercises.form.numbers import written as written_number
from portal.exercises.form.reading_cells import Asked
from portal.exercises.form.values import Money, Row, Value

KINDS: Mapping[str, Kind] = {
    "short_text": "line",
    "long_text": "letter",
    "scale": "scale",
    "number": "number",
    "money": "number",
    "single_choice": "choices",
    "multi_choice": "ticks",
    "checklist": "ticks",
    "checkbox": "tick",
    "date": "date",
    "person": "choices",
}
IN_A_ROW: Mapping[Kind, Kind] = {"choices": "select"}


@dataclass(frozen=True)
class Setting:
    """What must be known of the couple, the edition and the day to draw a form."""

    currency: str
    locale: str
    persons: tuple[Option, ...] = ()
    audience_labels: Mapping[str, str] = field(default_factory=dict)
    days: int = 1
    today: int = 1
    first_day: date | None = None
    context: Context = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What stands in a form already: answers, odd pieces of text, and trouble."""

    typed: Mapping[str, Sequence[str]]
    problems: tuple[Problem, ...]

    def at(self, place: Place) -> tuple[Problem, ...]:
        """The trouble of one box."""
        return tuple(problem for problem in self.problems if problem.place == place)


def box_card(
    asked: Asked, place: Place, value: Value | None, written: Written, setting: Setting
) -> BoxCard:
    """One box, filled with what was typed where that could not be understood."""
    typed = tuple(written.typed.get(place.box, ()))
    kind = KINDS[asked.type]
    ends = asked.scale if isinstance(asked, ScaleField | ScaleColumn) else None
    return BoxCard(
        kind=IN_A_ROW.get(kind, kind) if place.row_id else kind,
        name=place.box,
        id=element_id(place.box),
        label=asked.label,
        required=isinstance(asked, Question) and asked.required or _column_asks(asked),
        text=typed[0] if typed else _as_text(value, setting.currency),
        as_text=bool(typed) and kind == "date",
        unit=_unit(asked, setting),
        choices=_choices(asked, place, typed or _chosen(value), setting),
        low=ends.low if ends else "",
        high=ends.high if ends else "",
        problems=written.at(place),
    )


def _column_asks(asked: Asked) -> bool:
    return bool(getattr(asked, "required", False))


def _choices(
    asked: Asked, place: Place, chosen: Sequence[str], setting: Setting
) -> tuple[ChoiceCard, ...]:
    return tuple(
        ChoiceCard(
            option.value, option.label, element_id(place.box, option.value), option.value in chosen
        )
        for option in _options(asked, setting)
    )


def _options(asked: Asked, setting: Setting) -> tuple[Option, ...]:
    if isinstance(asked, ChoiceColumn | SingleChoiceField | MultiChoiceField | ChecklistField):
        return asked.options
    if asked.type == "person":
        return setting.persons
    if asked.type == "checkbox":
        return (Option(value="true", label=asked.label),)
    if asked.type == "scale":
        return tuple(Option(value=str(number), label=str(number)) for number in range(11))
    return ()


def _chosen(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(part for part in value if not isinstance(part, Row))
    if value is True:
        return ("true",)
    return () if value is None else (str(value),)


def _as_text(value: Value | None, currency: str) -> str:
    if isinstance(value, Money):
        digits = get_currency_precision(value.currency)
        amount = format(Decimal(value.minor).scaleb(-digits), "f")
        return amount if value.currency == currency else f"{value.currency} {amount}"
    if isinstance(value, Decimal):
        return written_number(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else ""


def _unit(asked: Asked, setting: Setting) -> str:
    if asked.type == "money":
        return str(get_currency_symbol(setting.currency, locale=setting.locale))
    return asked.unit if isinstance(asked, NumberField) else ""
