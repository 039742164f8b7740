"""Understanding what was typed in one box, or saying kindly why it cannot be understood."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision, is_currency

from portal.exercises.form.currencies import is_sign, plain, signs_of
from portal.exercises.form.definition import AnyColumn, ChoiceColumn, Field
from portal.exercises.form.fields import (
    ChecklistField,
    MultiChoiceField,
    NumberField,
    SingleChoiceField,
)
from portal.exercises.form.messages import UnreadableError
from portal.exercises.form.numbers import read_number, unwritten, western
from portal.exercises.form.typed_text import on_one_line
from portal.exercises.form.values import CellValue, Money

Asked = Field | AnyColumn
LINE = 200
LETTER = 20_000
MOST_DIGITS = 13  # before the point, so that what was taken can always be written back
PERSONS = ("a", "b", "both", "other", "nobody")
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,10})?")
CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
CURRENCY, SIGNS = "\u00a4", "+-\u2212"
WRITTEN_DATE = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")


def parse(asked: Asked, typed: Sequence[str], currency: str) -> CellValue | None:
    """The answer that was typed or chosen; None where the box is empty."""
    given = [text for text in typed if text.strip()]
    if not given:
        return None
    if asked.type == "money":
        return read_money(given[0], currency)
    return PARSERS[asked.type](asked, given)


def limits(asked: Asked, value: object) -> UnreadableError | None:
    """What is too long or out of range about an answer that was understood."""
    if isinstance(value, str) and asked.type == "short_text" and len(value) > LINE:
        return UnreadableError("line_too_long", max=LINE, length=len(value))
    if isinstance(value, str) and asked.type == "long_text" and len(value) > LETTER:
        return UnreadableError("text_too_long", max=LETTER, length=len(value))
    if isinstance(asked, NumberField) and isinstance(value, Decimal):
        return _range(asked, value)
    return None


def _range(asked: NumberField, value: Decimal) -> UnreadableError | None:
    if asked.min is not None and value < asked.min:
        return UnreadableError("number_too_low", min=asked.min)
    if asked.max is not None and value > asked.max:
        return UnreadableError("number_too_high", max=asked.max)
    return None


def options_of(asked: Asked) -> tuple[str, ...]:
    """The values that this question offers, in its order."""
    if isinstance(asked, ChoiceColumn | SingleChoiceField | MultiChoiceField | ChecklistField):
        return tuple(option.value for option in asked.options)
    return PERSONS if asked.type == "person" else ()


def _short(_: Asked, typed: Sequence[str]) -> str:
    return on_one_line(typed[0])


def _long(_: Asked, typed: Sequence[str]) -> str:
    return typed[0]


def _scale(_: Asked, typed: Sequence[str]) -> int:
    if typed[0] not in map(str, range(11)):
        raise UnreadableError("scale_unknown")
    return int(typed[0])


def _one(asked: Asked, typed: Sequence[str]) -> str:
    if typed[0] not in options_of(asked):
        raise UnreadableError("choice_unknown")
    return typed[0]


def _several(asked: Asked, typed: Sequence[str]) -> tuple[str, ...]:
    offered = options_of(asked)
    if not set(typed) <= set(offered):
        raise UnreadableError("choice_unknown")
    return tuple(value for value in offered if value in typed)


def _tick(_: Asked, typed: Sequence[str]) -> bool:
    if typed[0] != "true":
        raise UnreadableError("choice_unknown")
    return True


def _number(_: Asked, typed: Sequence[str]) -> Decimal:
    number = read_number(typed[0])
    if number is None or not NUMBER.fullmatch(number.plain):
        raise UnreadableError("number_unknown")
    if number.by_two_ways:
        parts = number.plain.rstrip("0") if number.part.endswith("0") else f"{number.plain}0"
        raise UnreadableError(
            "number_two_ways", large=number.as_grouped, small=parts.removesuffix(".")
        )
    return unwritten(number.plain)


def _date(_: Asked, typed: Sequence[str]) -> date:
    text = western(typed[0].strip())
    written = WRITTEN_DATE.fullmatch(text)
    if written:
        text = f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise UnreadableError("date_unknown")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError("date_unknown") from error


def read_money(typed: str, currency: str) -> Money:
    """An amount as people write it, in the smallest unit of the couple's currency or of the one it names."""
    named = {code for code in CODE.findall(typed) if is_currency(code)}
    if len(named) == 1:
        (currency,) = named
    if {plain(each) for each in typed if is_sign(each)} - signs_of(currency):
        raise UnreadableError("money_other")
    digits = get_currency_precision(currency)
    number = read_number(_without_currency(typed, currency))
    if number is None:
        raise UnreadableError("money_unknown")
    if len(number.whole.lstrip("0")) > MOST_DIGITS:
        raise UnreadableError("money_too_large")
    amount = number.plain
    if number.by_two_ways and digits == 0:
        amount = number.as_grouped  # what has no smaller parts has only thousands
    elif len(number.part) > digits or number.by_two_ways == ",":
        raise UnreadableError("money_too_fine" if digits else "money_whole", digits=digits)
    if Decimal(amount) < 0:
        raise UnreadableError("money_negative")
    return Money(int(Decimal(amount).scaleb(digits)), currency)


def _without_currency(typed: str, currency: str) -> str:
    """The amount alone; a currency in the middle of it stays, for nobody knows what it parts."""
    text = "".join(CURRENCY if is_sign(c) else c for c in typed)
    text = re.sub(re.escape(currency), CURRENCY, text, flags=re.IGNORECASE).strip()
    sign, rest = (text[0], text[1:]) if text[:1] in SIGNS else ("", text)
    return sign + rest.strip(f"{CURRENCY} \t\n\u00a0\u202f")


PARSERS: Mapping[str, Callable[[Asked, Sequence[str]], CellValue]] = {
    "short_text": _short,
    "long_text": _long,
    "scale": _scale,
    "number": _number,
    "single_choice": _one,
    "multi_choice": _several,
    "checklist": _several,
    "checkbox": _tick,
    "date": _date,
    "person": _one,
}
