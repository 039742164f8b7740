"""Reading a posted form back into answers, without ever losing what somebody typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal.exercises.form import naming
from portal.exercises.form.definition import Field, InfoField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.messages import Problem, each_once
from portal.exercises.form.naming import Place
from portal.exercises.form.reading_rows import read_rows
from portal.exercises.form.sheet import RawForm, ReadingContext, Sheet
from portal.exercises.form.values import Value

__all__ = ["RawForm", "Reading", "ReadingContext", "read_form"]

AUDIENCES = ("counsellor", "after_both", "at_once", "on_release")


@dataclass(frozen=True)
class Reading:
    """What a form says: answers, what could not be understood, and what goes with each answer."""

    values: Mapping[str, Value] = field(default_factory=dict)
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    present: frozenset[str] = frozenset()
    audiences: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)
    focus: str | None = None
    pressed: str | None = None
    earlier: tuple["Reading", ...] = ()  # what the same page sent before and had no answer to

    def with_problems(self, more: Iterable[Problem]) -> "Reading":
        """The same form with more to look at, such as what is missing before it is sent."""
        return replace(self, problems=tuple(each_once((*self.problems, *more))))


def read_form(fields: Sequence[Field], raw: RawForm, ctx: ReadingContext) -> Reading:
    """Everything that the form says about these questions; the others are left alone."""
    sheet = Sheet(raw, ctx)
    present = present_keys(fields, raw)
    values: dict[str, Value] = {}
    for item in fields:
        value = _read(item, sheet) if item.key in present else None
        if value is not None:
            values[item.key] = value
    return Reading(
        values=values,
        typed=sheet.typed,
        problems=tuple(sheet.problems),
        present=present,
        audiences=_audiences(present, raw),
        counters=_counters(present, raw),
        focus=sheet.focus,
        pressed=sheet.pressed,
    )


def present_keys(fields: Sequence[Field], raw: RawForm) -> frozenset[str]:
    """The questions that stood on the form, whether or not anything was written."""
    seen = {name.split(".")[1] for name in raw if name.count(".") and _is_ours(name)}
    return frozenset(
        item.key for item in fields if not isinstance(item, InfoField) and item.key in seen
    )


def _is_ours(name: str) -> bool:
    return name.split(".", 1)[0] in ("f", "counter", "add", "remove")


def _read(item: Field, sheet: Sheet) -> Value | None:
    if isinstance(item, TableField | DailyEntryField):
        return read_rows(item, sheet)
    if isinstance(item, InfoField):
        return None
    return sheet.box(item, Place(item.key))


def _audiences(present: frozenset[str], raw: RawForm) -> dict[str, str]:
    chosen = {key: raw.get(naming.audience_box(key), ("",)) for key in present}
    return {key: given[0] for key, given in chosen.items() if given and given[0] in AUDIENCES}


def _counters(present: frozenset[str], raw: RawForm) -> dict[str, int]:
    given = {key: raw.get(naming.counter_box(key), ("",)) for key in present}
    return {
        key: int(numbers[0])
        for key, numbers in given.items()
        if numbers and numbers[0].isascii() and numbers[0].isdigit() and len(numbers[0]) < 16
    }
