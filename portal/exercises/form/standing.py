"""What stands around every exercise: the added questions, the check page and the vocabularies."""

from typing import Annotated, Literal

from pydantic import Field as Described

from portal.exercises.form.fields import Audience, Field, InfoField, Option
from portal.exercises.form.strictness import Key, Many, Slug, Strict, Words


class CheckQuestion(Strict):
    """A consent that is asked before sending; no answer means no."""

    key: Key
    asked: Words
    label: Words
    help: str
    type: Literal["single_choice"]
    options: Annotated[Many[Option], Described(min_length=2)]
    preset: None
    unanswered_means: Literal["keep_closed"]
    revocable_until: Words
    text_version: Annotated[int, Described(gt=0)]


class PartnerSees(Strict):
    """All the sentences that tell one partner about the other."""

    not_open: Words
    open: Words
    closed: Words
    joint_unconfirmed: Words
    no_match: Words
    hidden_title: Words


class SecretsPolicy(Strict):
    """A promise about the private box, and the sentence in which it is made."""

    value: Key
    label: Words
    client_sentence: Words


class OpeningRule(Option):
    """Who opens a round."""

    default: bool = False


class VisibilityLevel(Strict):
    """How an audience is named to the person who writes."""

    value: Audience
    client_label: Words
    meaning: Words


class CounsellorLabel(Strict):
    """A label that is worked out when the counsellor's page is built."""

    value: Key
    when: Words


class AskedWith(Strict):
    """The part that is frozen into every edition with its exercise."""

    before_every_exercise: Many[InfoField]
    after_every_exercise: Many[Field]
    check_page: Many[CheckQuestion]
    secrets_policies: Many[SecretsPolicy]
    person_values: Many[Option]
    visibility_levels: Many[VisibilityLevel]


class CommonDefinition(AskedWith):
    """Everything that the catalogue adds to exercises, and the words it shares."""

    format: Literal["common/1"] = Described(alias="schema")
    partner_sees: PartnerSees
    contact_levels: Many[Option]
    opening_rules: Many[OpeningRule]
    roles: Many[Option]
    stances: Many[Option]
    assignment_states: Many[Key]
    reflection_states: Many[Key]
    counsellor_labels: Many[CounsellorLabel]
    core_shelf: Many[Slug]
