"""The weekly check-in and the programmes, typed as the catalogue writes them."""

from typing import Annotated, Literal

from pydantic import Field as Described

from portal.exercises.form.fields import LongTextField
from portal.exercises.form.rules import ContactLevel
from portal.exercises.form.strictness import Key, Many, Slug, Strict, Words

Pair = Annotated[Many[int], Described(min_length=2, max_length=2)]


class CheckInScale(Strict):
    """The eleven numbers of the check-in."""

    min: Literal[0]
    max: Literal[10]
    step: Literal[1]


class NotApplicable(Strict):
    """How an item is left out without counting as nought."""

    allowed: bool
    label: Words
    except_for: Many[Key] = Described(alias="except")
    meaning: Words


class CheckInItem(Strict):
    """One line of the check-in in its three wordings."""

    key: Key
    area: Words
    section: Slug
    text: Words
    solo_text: Words
    apart_text: Words
    low: Words
    high: Words
    private: bool = False
    never_print: bool = False
    required: bool = True
    help: str = ""


class Variant(Strict):
    """Which wording is used, and which items are left out."""

    text: Literal["text", "solo_text", "apart_text"]
    drop: Many[Key] = ()


class Variants(Strict):
    """The wordings by contact level, and for one person alone."""

    together: Variant
    separated_contact: Variant
    no_contact: Variant
    solo: Variant


class TotalScore(Strict):
    """How the total is made."""

    label: Words
    items: Many[Key]
    method: Words
    minimum_answered: int
    range: Pair
    no_contact: Words


class Subscale(Strict):
    """A smaller score from one or two items."""

    key: Key
    label: Words
    items: Many[Key]
    minimum_answered: int


class SeparateScore(Strict):
    """A number that stands apart from the total."""

    key: Key
    label: Words
    items: Many[Key]
    method: Words
    range: Pair
    in_total: Literal[False]
    visibility: Literal["counsellor"]
    never_print: bool = False
    never_chart_for_clients: bool = False


class Scoring(Strict):
    """All the scores of a check-in."""

    total: TotalScore
    subscales: Many[Subscale]
    separate: Many[SeparateScore]


class ReadingScores(Strict):
    """What a counsellor may take from the scores, and what not."""

    worth_asking_about: Many[Words]
    please_look_first: Many[Words]
    caution: Words


class WhoSeesWhat(Strict):
    """Who reads what of the check-in."""

    counsellor: Words
    the_person: Words
    the_partner: Words
    clinical_edition: Words
    couple_edition: Words
    partner_edition: Words


class CheckInDefinition(Strict):
    """The weekly check-in."""

    format: Literal["check-in/1"] = Described(alias="schema")
    id: Slug
    version: Annotated[int, Described(gt=0)]
    title: Words
    minutes: int
    cadence: Literal["weekly"]
    intro: Words
    scale: CheckInScale
    not_applicable: NotApplicable
    items: Many[CheckInItem]
    comment: LongTextField
    uses_after_every_exercise: Many[Key]
    variants: Variants
    scoring: Scoring
    reading_the_scores: ReadingScores
    who_sees_what: WhoSeesWhat


class Stage(Strict):
    """A part of a programme."""

    name: Words
    weeks: Pair


class Step(Strict):
    """One exercise of a programme, prepared for a week."""

    week: Annotated[int, Described(ge=0)]
    exercise: Slug
    to: Literal["each", "couple", "client", "hurt_partner", "involved_partner"]
    optional: bool
    hold: Literal["clear", "confirm"] | None = None
    note: str


class ProgrammeDefinition(Strict):
    """A sequence of exercises with weeks; a starting point for the counsellor."""

    format: Literal["programme/1"] = Described(alias="schema")
    id: Slug
    version: Annotated[int, Described(gt=0)]
    title: Words
    purpose: Words
    contact_levels: Many[ContactLevel]
    for_one_partner: bool
    weeks: Annotated[int, Described(gt=0)]
    check_in: str
    before_starting: Many[Words]
    minutes_per_person_per_week: int
    stages: Many[Stage] = ()
    steps: Annotated[Many[Step], Described(min_length=1)]
    ends_with: Words
    next: Many[Slug]
