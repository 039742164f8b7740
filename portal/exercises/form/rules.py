"""The safety rules that an exercise carries as data, so that no code names an exercise."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Described

from portal.exercises.form.strictness import Key, Many, Slug, Strict, Words

Role = Literal["any", "hurt_partner", "involved_partner"]
Stance = Literal["not_set", "leaning_in", "unsure", "leaning_out", "wants_distance"]
ContactLevel = Literal["together", "separated_contact", "no_contact"]


def _one_or_many(given: object) -> object:
    return [given] if isinstance(given, str) else given


OneOrMany = BeforeValidator(_one_or_many)


class NeverWith(Strict):
    """Refused for this contact level, this role or this stance."""

    rule: Literal["never_with"]
    contact_level: Annotated[Many[ContactLevel], OneOrMany] = ()
    role: Annotated[Many[Role], OneOrMany] = ()
    stance: Annotated[Many[Stance], OneOrMany] = ()

    @model_validator(mode="after")
    def _names_exactly_one(self) -> "NeverWith":
        if sum(map(bool, (self.contact_level, self.role, self.stance))) != 1:
            raise ValueError("never_with names one of contact_level, role and stance")
        return self


class NeedsConfirm(Strict):
    """Every sentence to confirm is ticked, this time, for this couple."""

    rule: Literal["needs_confirm"]


class ConfirmStance(Strict):
    """A sentence is ticked where either partner has such a stance."""

    rule: Literal["confirm_stance"]
    stance: Annotated[Many[Stance], OneOrMany, Described(min_length=1)]
    ask: Words


class NeedsBefore(Strict):
    """Another exercise comes first."""

    rule: Literal["needs_before"]
    exercise: Slug
    by: Role
    state: Literal["draft", "submitted", "returned", "reviewed", "declined"]
    or_tick: Words


class EndDateRequired(Strict):
    """An agreement ends on a day to come, and not too far off."""

    rule: Literal["end_date_required"]
    field: Key
    within_days: Annotated[int, Described(gt=0)]


class MustTick(Strict):
    """These promises are part of the agreement."""

    rule: Literal["must_tick"]
    field: Key
    values: Annotated[Many[Words], Described(min_length=1)]


class RefuseWords(Strict):
    """Words that may not stand in an agreement."""

    rule: Literal["refuse_words"]
    fields: Annotated[Many[Key], Described(min_length=1)]
    words: Annotated[Many[Words], Described(min_length=1)]


class ReadFirst(Strict):
    """Answers that the counsellor reads before anything opens."""

    rule: Literal["read_first"]
    fields: Annotated[Many[Key], Described(min_length=1)]


class StopRelease(Strict):
    """An answer that keeps things closed."""

    rule: Literal["stop_release"]
    field: Key
    below: int | None = None
    among: Many[Words] = Described(default=(), alias="in")
    not_all: Literal[True] | None = None
    fields: Many[Key] = ()
    or_tick: str = ""

    @model_validator(mode="after")
    def _tests_exactly_one_thing(self) -> "StopRelease":
        if sum((self.below is not None, bool(self.among), self.not_all is not None)) != 1:
            raise ValueError("stop_release has one of below, in and not_all")
        return self


class ConfirmRelease(Strict):
    """A sentence is ticked for each release."""

    rule: Literal["confirm_release"]
    ask: Words


class NeverRelease(Strict):
    """Nothing of it is ever opened."""

    rule: Literal["never_release"]


class NeverPrint(Strict):
    """Nothing of it is ever printed."""

    rule: Literal["never_print"]


class TitleHidden(Strict):
    """Its title is not shown where a partner might see it."""

    rule: Literal["title_hidden_from_partner"]


Rule = Annotated[
    NeverWith
    | NeedsConfirm
    | ConfirmStance
    | NeedsBefore
    | EndDateRequired
    | MustTick
    | RefuseWords
    | ReadFirst
    | StopRelease
    | ConfirmRelease
    | NeverRelease
    | NeverPrint
    | TitleHidden,
    Described(discriminator="rule"),
]
