"""The kinds of question that an exercise can ask, each with the keys that belong to it."""

from typing import Annotated, Literal

from pydantic import Field as Described
from pydantic import model_validator

from portal.exercises.form.strictness import Choice, Key, Many, Strict, Words

Audience = Literal["counsellor", "after_both", "at_once", "on_release"]
Operator = Literal["eq", "ne", "in", "includes", "gte", "lte", "filled"]
Scalar = str | int | bool


class Option(Strict):
    """One answer that can be chosen."""

    value: Choice
    label: Words


class ScaleEnds(Strict):
    """The eleven numbers of a scale, with both ends in words."""

    min: Literal[0]
    max: Literal[10]
    low: Words
    high: Words


class FieldCondition(Strict):
    """Shown only when another answer is as described."""

    field: Key
    op: Operator
    value: Scalar | Many[Scalar] | None = None


class ContextCondition(Strict):
    """Shown only when the couple's circumstances are as described."""

    context: Literal["contact_level", "role", "solo"]
    op: Operator
    value: Scalar | Many[Scalar] | None = None


Condition = FieldCondition | ContextCondition


class Column(Strict):
    """What every column of a table has."""

    key: Key
    label: Words
    required: bool

    @model_validator(mode="after")
    def _leaves_the_reserved_names(self) -> "Column":
        if self.key in ("label", "day", "rows"):
            raise ValueError(f"a column may not be called '{self.key}'")
        return self


class PlainColumn(Column):
    """A column of words, numbers, days, amounts, people or ticks."""

    type: Literal["short_text", "long_text", "number", "checkbox", "date", "money", "person"]


class ScaleColumn(Column):
    """A column of numbers from 0 to 10."""

    type: Literal["scale"]
    scale: ScaleEnds


class ChoiceColumn(Column):
    """A column of options."""

    type: Literal["single_choice", "multi_choice"]
    options: Annotated[Many[Option], Described(min_length=1)]


AnyColumn = Annotated[PlainColumn | ScaleColumn | ChoiceColumn, Described(discriminator="type")]


class FixedRow(Strict):
    """A row that the exercise names."""

    key: Key
    label: Words


class Rows(Strict):
    """Which rows a table has, and how many a person may add."""

    fixed: Many[FixedRow] = ()
    min: Annotated[int, Described(ge=0)] = 0
    max: Annotated[int, Described(ge=0)] = 0
    add_label: str = ""


class Reveal(Strict):
    """Shows only the rows that suit both."""

    rule: Literal["matches_only"]
    column: Key
    match: Annotated[Many[Words], Described(min_length=1)]


class Labelled(Strict):
    """What every question and every piece of text has."""

    key: Key
    label: Words
    help: str
    show_if: Condition | None = None
    when: Literal["start", "end"] | None = None


class InfoField(Labelled):
    """Text only; nothing is asked."""

    type: Literal["info"]


class Question(Labelled):
    """What every question has: whether it must be answered, and who may read the answer."""

    required: bool
    visibility: Audience
    respondent: Literal["each"] | None = None
    carry_forward: bool = False
    write_once: bool = False
    never_print: bool = False


class ShortTextField(Question):
    """A line of up to 200 characters."""

    type: Literal["short_text"]


class LongTextField(Question):
    """As much as a person wants to write."""

    type: Literal["long_text"]
    max_words: Annotated[int, Described(gt=0)] | None = None


class ScaleField(Question):
    """A number from 0 to 10."""

    type: Literal["scale"]
    scale: ScaleEnds


class NumberField(Question):
    """A number with a unit."""

    type: Literal["number"]
    min: int | None = None
    max: int | None = None
    unit: str = ""


class SingleChoiceField(Question):
    """One of several answers."""

    type: Literal["single_choice"]
    options: Annotated[Many[Option], Described(min_length=1)]


class MultiChoiceField(Question):
    """Some of several answers."""

    type: Literal["multi_choice"]
    options: Annotated[Many[Option], Described(min_length=1)]
    max_choices: Annotated[int, Described(gt=0)] | None = None


class ChecklistField(Question):
    """Things to tick, over several days if need be."""

    type: Literal["checklist"]
    options: Annotated[Many[Option], Described(min_length=1)]


class DateField(Question):
    """A day."""

    type: Literal["date"]


class MoneyField(Question):
    """An amount in the couple's currency."""

    type: Literal["money"]


class PersonField(Question):
    """One of the two, both, somebody else or nobody."""

    type: Literal["person"]


class TableField(Question):
    """Rows with the same questions in each."""

    type: Literal["table"]
    rows: Rows
    columns: Annotated[Many[AnyColumn], Described(min_length=1)]
    reveal: Reveal | None = None


class DailyEntryField(Question):
    """A diary: the same questions for each day of the run."""

    type: Literal["daily_entry"]
    columns: Annotated[Many[AnyColumn], Described(min_length=1)]
    per_day: Literal["one", "many"]


Field = Annotated[
    InfoField
    | ShortTextField
    | LongTextField
    | ScaleField
    | NumberField
    | SingleChoiceField
    | MultiChoiceField
    | ChecklistField
    | DateField
    | MoneyField
    | PersonField
    | TableField
    | DailyEntryField,
    Described(discriminator="type"),
]
RowsField = TableField | DailyEntryField
ChoiceField = SingleChoiceField | MultiChoiceField | ChecklistField
