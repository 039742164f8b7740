"""The weekly check-in as a form: eleven numbers a line, none chosen at the start."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError
from wtforms.fields import RadioField

from portal.measures.cards import Typed, WritingCard
from portal.measures.opened import NOT_FIT, TEXTS
from portal.measures.queries import last_questions
from portal.measures.questions import Item
from portal.web.choices import choice
from portal.web.forms import PortalForm, WordsField
from portal.web.saving import sent_before

NUMBERS = [choice(str(n), str(n)) for n in range(11)]


NOT_OFFERED = _l("Choose one of the numbers, or leave this one out.")


class OneOf:
    """One of what is offered, or nothing at all."""

    def __init__(self, sentence: object) -> None:
        self.sentence = sentence

    def __call__(self, _form: object, field: RadioField) -> None:
        """Nothing is fine; anything else has to be on offer."""
        if field.data and field.data not in [one.value for one in field.iter_choices()]:  # type: ignore[attr-defined]  # the stubs are older
            raise ValidationError(str(self.sentence))


class CheckInForm(PortalForm):
    """What is asked beside the numbers."""

    comment = WordsField()
    could_be_open = RadioField(validators=[OneOf(NOT_OFFERED)], validate_choice=False)
    private_note = WordsField()

    def typed(self, counts: MultiDict[str, str]) -> Typed:
        """What was typed and chosen, by the name of its question, with the page's counts."""
        kept = {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
        values = {name: str(value) for name, value in kept.items() if value}
        found = {key: counts[f"counter.{key}"] for key in kept if f"counter.{key}" in counts}
        numbers = {key: found.get(key, "") for key in TEXTS}
        return Typed(
            values,
            {k: int(n) for k, n in numbers.items() if n.isascii() and n.isdigit()},
            drawn={key: value for key, value in found.items() if key not in TEXTS},
            earlier=[self._as_sent(each) for each in sent_before(counts.to_dict(flat=False))],
            wording=counts.get("wording", ""),
        )

    def _as_sent(self, boxes: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
        before = type(self)(formdata=MultiDict(boxes))
        return {key: str(field.data or "") for key, field in before._fields.items() if key in boxes}

    @property
    def chosen(self) -> dict[str, str]:
        """Which choice each question shows that is not answered by typing."""
        return {
            name: str(field.data or "")
            for name, field in self._fields.items()
            if isinstance(field, RadioField)
        }


def check_in_form(card: WritingCard) -> CheckInForm:
    """The form of this wording, with what was typed before where nothing is posted now."""
    made = type(
        "CheckInHere", (CheckInForm,), {item.key: _box(card, item) for item in card.text.items}
    )
    form: CheckInForm = made(data=dict(card.typed))
    form.comment.label.text = card.text.comment
    asked = last_questions()
    form.could_be_open.label.text = asked["could_be_open"].label
    form.could_be_open.choices = [
        choice(value, label) for value, label in asked["could_be_open"].options.items()
    ]
    form.private_note.label.text = asked["private_note"].label
    return form


def _box(card: WritingCard, item: Item) -> RadioField:
    choices = [*NUMBERS]
    if item.may_not_fit:
        choices.append(choice(NOT_FIT, card.text.not_fit))
    return RadioField(
        item.text, choices=choices, validators=[OneOf(NOT_OFFERED)], validate_choice=False
    )
