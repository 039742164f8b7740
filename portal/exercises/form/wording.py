"""How an edition's questions read to one person: alone or as a couple, with the promise in place."""

from portal.exercises.form.definition import EditionContent, Field, Option
from portal.exercises.form.exercise import SoloChange
from portal.exercises.form.values import People

PROMISE = "{secrets_policy_sentence}"


def asked(content: EditionContent, *, solo: bool, promise: str) -> tuple[Field, ...]:
    """The questions as one person is asked them, with those that end every exercise."""
    own = _alone(content) if solo else content.exercise.fields
    return (*own, *after_questions(content, promise))


def after_questions(content: EditionContent, promise: str) -> tuple[Field, ...]:
    """The questions that end every exercise, holding the promise of this couple's policy."""
    return tuple(
        field.model_copy(update={"help": field.help.replace(PROMISE, promise)})
        for field in content.common.after_every_exercise
    )


def introduction(content: EditionContent, *, solo: bool) -> str:
    """The opening words for this person."""
    chosen = content.exercise.solo if solo else None
    return chosen.intro if chosen else content.exercise.intro


def person_options(content: EditionContent, people: People) -> tuple[Option, ...]:
    """Whom an answer can name, with the two first names."""
    names = {"a": people.a, "b": people.b}
    return tuple(
        Option(value=option.value, label=names.get(option.value) or option.label)
        for option in content.common.person_values
    )


def audience_labels(content: EditionContent) -> dict[str, str]:
    """What the writer is told about each audience, as this edition words it."""
    return {level.value: level.client_label for level in content.common.visibility_levels}


def _alone(content: EditionContent) -> tuple[Field, ...]:
    solo = content.exercise.solo
    changes = {change.field: change for change in solo.changes} if solo else {}
    return tuple(
        _changed(field, changes.get(field.key))
        for field in content.exercise.fields
        if not (field.key in changes and changes[field.key].hide)
    )


def _changed(field: Field, change: SoloChange | None) -> Field:
    new: dict[str, object] = {}
    if change and change.label is not None:
        new["label"] = change.label
    if change and change.help is not None:
        new["help"] = change.help
    if getattr(field, "respondent", None):
        # Alone there is nobody else to answer, so nothing is asked of each.
        new["respondent"] = None
    return field.model_copy(update=new)
