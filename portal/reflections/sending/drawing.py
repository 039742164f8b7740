"""Drawing the check page: each answer with its readers, each consent, each thing to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.exercises.form.cards import AudienceCard, BoxCard, ChoiceCard
from portal.exercises.form.drawing_cells import Setting
from portal.exercises.form.messages import Problem
from portal.exercises.form.naming import audience_box, element_id
from portal.exercises.form.shown import Shown
from portal.exercises.form.standing import CheckQuestion
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.leaves import asked_keys
from portal.reflections.sending.cards import YES, Asked, CheckCard, CheckLine, name_of


@dataclass(frozen=True)
class SentAs:
    """One answer as it will be sent, where to change it, and who may be chosen to read it."""

    key: str
    label: str
    shown: Shown
    leaf: int
    audience: AudienceCard
    is_private: bool
    was_changed: bool


@dataclass(frozen=True)
class ConsentCard:
    """One question of the check page, in the words of the edition."""

    label: str
    help: str
    about: str
    box: BoxCard


@dataclass(frozen=True)
class ToLookAt:
    """Something that stands in the way of sending, and the page of its question."""

    label: str
    leaf: int
    anchor: str
    problem: Problem


@dataclass(frozen=True)
class LiesBeside:
    """An answer of which another text is kept, and the page of its question where both stand."""

    kept_id: UUID
    key: str
    label: str
    leaf: int | None


def beside_on(draft: DraftCard, leaves: Mapping[str, int]) -> tuple[LiesBeside, ...]:
    """Each answer beside which something lies, once; one that is not asked now has no page of its own."""
    asked = asked_keys(draft)
    last = {each.key: each for each in draft.kept}
    return tuple(
        LiesBeside(each.id, key, each.label, leaves.get(key) if key in asked else None)
        for key, each in last.items()
    )


def answers_on(card: CheckCard, leaves: Mapping[str, int], setting: Setting) -> tuple[SentAs, ...]:
    """Every answer that will be sent."""
    return tuple(
        SentAs(
            line.key,
            line.label,
            line.shown,
            leaves.get(line.key, 1),
            _audience(card, line, setting),
            line.is_private,
            line.was_changed,
        )
        for line in card.lines
    )


def consents_on(card: CheckCard) -> tuple[ConsentCard, ...]:
    """Every yes that is asked for; nothing is preset, whatever was said before."""
    return tuple(
        consent(card.draft.task.edition.content.common.check_page, each) for each in card.asked
    )


def consent(
    questions: tuple[CheckQuestion, ...], asked: Asked, *, as_said: bool = False
) -> ConsentCard:
    """One yes that is asked for, in the words that were frozen with the exercise."""
    words = next(each for each in questions if each.key == asked.kind.value)
    name = name_of(asked)
    chosen = YES[asked.kind] if asked.says_yes else words.unanswered_means
    return ConsentCard(
        label=words.label,
        help=words.help,
        about=asked.label,
        box=BoxCard(
            kind="choices",
            name=name,
            id=element_id(name),
            label=words.label,
            required=True,
            choices=tuple(
                ChoiceCard(
                    option.value,
                    option.label,
                    element_id(name, option.value),
                    as_said and option.value == chosen,
                )
                for option in words.options
            ),
        ),
    )


def problems_on(card: CheckCard, leaves: Mapping[str, int]) -> tuple[ToLookAt, ...]:
    """What stands in the way, each with a way to its question."""
    labels = {field.key: field.label for field in card.draft.fields}
    return tuple(
        ToLookAt(
            labels.get(each.field_key, ""),
            leaves.get(each.field_key, 1),
            element_id(each.place.box),
            each,
        )
        for each in card.problems
    )


def _audience(card: CheckCard, line: CheckLine, setting: Setting) -> AudienceCard:
    name, labels = audience_box(line.key), setting.audience_labels
    may_be = card.draft.choices[line.key]
    return AudienceCard(
        name=name,
        id=element_id(name),
        label=labels.get(line.audience.value, ""),
        choices=tuple(
            ChoiceCard(
                each.value,
                labels.get(each.value, ""),
                element_id(name, each.value),
                each is line.audience,
            )
            for each in may_be
            if len(may_be) > 1
        ),
    )
