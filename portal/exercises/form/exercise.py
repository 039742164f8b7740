"""What one exercise of the catalogue is, typed and frozen."""

from typing import Annotated, Literal

from pydantic import Field as Described
from pydantic import model_validator

from portal.exercises.form.fields import Field
from portal.exercises.form.rules import Role, Rule
from portal.exercises.form.strictness import Key, Many, Slug, Strict, Words

Suit = Literal["full", "adapted", "never"]
Root = Literal[
    "gottman",
    "eft",
    "ibct",
    "cbct",
    "forgiveness",
    "reach",
    "discernment",
    "positive",
    "act",
    "sex-therapy",
    "general",
]


class Run(Strict):
    """For how long an exercise goes on, in the unit of its cadence."""

    times: Literal[1] | None = None
    days: Annotated[int, Described(gt=0)] | None = None
    weeks: Annotated[int, Described(gt=0)] | None = None

    @model_validator(mode="after")
    def _has_one_unit(self) -> "Run":
        if sum(unit is not None for unit in (self.times, self.days, self.weeks)) != 1:
            raise ValueError("run has one of times, days and weeks")
        return self


class Suits(Strict):
    """For whom an exercise is meant, by contact level and for one person alone."""

    together: Suit
    separated_contact: Suit
    no_contact: Suit
    one_partner: Suit


class SoloChange(Strict):
    """How one question reads when a person works alone."""

    field: Key
    label: Words | None = None
    help: str | None = None
    hide: bool = False


class Solo(Strict):
    """The wording for a person who works alone."""

    intro: Words
    changes: Many[SoloChange] = ()


class Safety(Strict):
    """What must hold before an exercise is given, sent, opened or printed."""

    requires_clear: bool
    hold_for_review: bool
    rules: Many[Rule]
    confirm: Many[Words]
    do_not_assign: Many[Words]
    notes: Many[Words]


class Measure(Strict):
    """A number that may be drawn as a line over time."""

    key: Key
    label: Words
    source: str | None = Described(default=None, alias="from")
    reduce: Literal["value", "mean", "sum", "count", "max", "entries", "formula"]
    count_value: str | None = None
    formula: str | None = None
    range: Annotated[Many[int], Described(min_length=2, max_length=2)]
    better: Literal["higher", "lower", "neither"]
    visibility: Literal["as_field", "counsellor"]


class ExerciseDefinition(Strict):
    """One exercise: its words, questions, rules and measures."""

    format: Literal["exercise/1"] = Described(alias="schema")
    id: Slug
    version: Annotated[int, Described(gt=0)]
    title: Words
    purpose: Words
    section: Slug
    also_from: Many[Slug]
    roots: Many[Root]
    difficulty: Literal[1, 2, 3]
    mode: Literal["individual", "paired", "joint"]
    cadence: Literal["once", "daily", "weekly"]
    run: Run
    minutes: Annotated[int, Described(gt=0)]
    for_role: Role
    suits: Suits
    intro: Words
    solo: Solo | None = None
    fields: Annotated[Many[Field], Described(min_length=1)]
    review: Many[Words]
    discuss: Many[Words]
    safety: Safety
    follow_ups: Many[Slug]
    measures: Many[Measure]
    sources: Many[Words]

    @model_validator(mode="after")
    def _runs_in_its_own_unit(self) -> "ExerciseDefinition":
        unit = {"once": self.run.times, "daily": self.run.days, "weekly": self.run.weeks}
        if unit[self.cadence] is None:
            raise ValueError(f"run does not fit the cadence '{self.cadence}'")
        return self
