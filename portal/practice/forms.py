"""What is asked when a practice is set up or changed, and for a help line."""

from datetime import date
from typing import Any
from uuid import UUID

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import (
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
)
from wtforms.validators import NumberRange
from wtforms.validators import Optional as MayBeEmpty

from portal.practice.cards import FirstPerson, HelpLine, PracticeTerms
from portal.practice.queries import PracticeCard
from portal.practice.starters import kinds, promises, starter_blocks
from portal.vocabulary import OpeningRule, SecretsPolicy
from portal.web.choices import choice, currencies, languages, time_zones
from portal.web.editing import EditForm
from portal.web.forms import LineField, PortalForm, Said, WordsField
from portal.web.pages import typed

LINE = ("kind", "name", "contact", "text", "hours", "who_for")
ONE_OF_THESE = _l("Choose one of these.")


class PracticeForm(PortalForm):
    """The practice itself."""

    name = LineField(
        _l("Name of the practice"), most=120, validators=[Said(_l("Write the practice's name."))]
    )
    letterhead = WordsField(_l("Letterhead"), most=600)
    time_zone = SelectField(_l("Time zone"), validate_choice=True)
    locale = SelectField(_l("Language"))
    currency = SelectField(_l("Currency"))
    secrets_policy = RadioField(
        _l("What you promise about words meant for the counsellor alone"),
        validators=[Said(ONE_OF_THESE)],
        validate_choice=False,
    )
    opening_rule = RadioField(
        _l("When answers open to both partners"),
        validators=[Said(ONE_OF_THESE)],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = time_zones()
        self.locale.choices = languages()
        self.currency.choices = currencies()
        self.secrets_policy.choices = [
            choice(each.policy.value, _(each.label)) for each in promises()
        ]
        self.opening_rule.choices = [
            choice(OpeningRule.COUNSELLOR.value, _("When the counsellor opens them")),
            choice(
                OpeningRule.AUTOMATIC.value, _("By themselves, once both have sent and said yes")
            ),
        ]

    def validate_secrets_policy(self, field: RadioField) -> None:
        """Only a promise that has a sentence can be given."""
        _one_of(field, [each.value for each in SecretsPolicy])

    def validate_opening_rule(self, field: RadioField) -> None:
        """Only a rule that the portal knows can hold."""
        _one_of(field, [each.value for each in OpeningRule])

    @property
    def sentences(self) -> dict[str, str]:
        """What partners will read under each promise."""
        return {each.policy.value: _(each.sentence) for each in promises()}

    def terms(self, clear_days: int = 90) -> PracticeTerms:
        """What was typed, in the practice's words."""
        return PracticeTerms(
            name=typed(self.name),
            letterhead=typed(self.letterhead),
            time_zone=self.time_zone.data,
            locale=self.locale.data,
            currency=self.currency.data,
            secrets_policy=SecretsPolicy(self.secrets_policy.data),
            opening_rule=OpeningRule(self.opening_rule.data),
            clear_days=clear_days,
        )


class SetUpForm(PracticeForm):
    """The practice, its help lines to start from, and its first person."""

    country = SelectField(_l("Help lines to start from"))
    your_name = LineField(
        _l("Your name"), most=120, validators=[Said(_l("Write your name, as couples know it."))]
    )
    login = LineField(
        _l("Sign-in name"), most=80, validators=[Said(_l("Choose a name to sign in with."))]
    )
    password = PasswordField(_l("Password"), validators=[Said(_l("Choose a password."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Locale.parse(str(get_locale() or "en")).territories
        blocks = [
            choice(each.key, " - ".join(p for p in (names.get(each.country), each.region) if p))
            for each in starter_blocks()
        ]
        self.country.choices = [choice("", _("I will write them myself")), *blocks]

    def first_person(self, device: str) -> FirstPerson:
        """Who sets the practice up."""
        return FirstPerson(typed(self.your_name), typed(self.login), typed(self.password), device)


class SettingsForm(EditForm, PracticeForm):
    """The practice, as its owner changes it later."""

    clear_days = IntegerField(
        _l("Days until ‘clear for joint work’ lapses"),
        validators=[NumberRange(min=1, max=365, message=_l("Write a number from 1 to 365."))],
    )


class MailForm(EditForm):
    """Under which name messages come."""

    sender_name = LineField(_l("Name that messages come from"), most=60)


class LineForm(PortalForm):
    """One help line."""

    kind = SelectField(_l("What it is for"))
    name = LineField(_l("Name"), most=120, validators=[Said(_l("Write the line's name."))])
    contact = LineField(_l("Number"), most=120)
    text = LineField(_l("By text message"), most=120)
    hours = LineField(_l("Hours"), most=120)
    who_for = LineField(_l("Who it is for"), most=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = kind_names()
        self.kind.choices = [choice(kind, names.get(kind, kind)) for kind in kinds()]

    def line(self) -> HelpLine:
        """What was typed."""
        return HelpLine(
            kind=self.kind.data,
            name=typed(self.name),
            contact=typed(self.contact),
            text=typed(self.text),
            hours=typed(self.hours),
            who_for=typed(self.who_for),
        )


class EditLineForm(EditForm, LineForm):
    """The same, corrected."""


class ConfirmForm(PortalForm):
    """The day on which somebody checked a help line; empty switches it off."""

    confirmed_on = DateField(_l("Checked on"), validators=[MayBeEmpty()])
    shown = HiddenField(default="")

    @classmethod
    def of(cls, line_id: UUID, on: date | None = None, shown: str = "") -> "ConfirmForm":
        """The form beside one line; several of them stand on a page."""
        form = cls(confirmed_on=on, shown=shown)
        form.confirmed_on.id = f"checked-{line_id}"
        return form


def practice_of(card: PracticeCard) -> dict[str, object]:
    """The practice, as a form shows it."""
    return {
        "name": card.name,
        "letterhead": card.letterhead,
        "time_zone": card.time_zone,
        "locale": card.locale,
        "currency": card.currency,
        "secrets_policy": card.secrets_policy.value,
        "opening_rule": card.opening_rule.value,
        "clear_days": card.clear_days,
    }


def kind_names() -> dict[str, str]:
    """What each kind of help line is called."""
    return {
        "emergency": _("Emergency"),
        "someone_to_talk_to": _("Somebody to talk to"),
        "domestic_abuse": _("Domestic abuse"),
        "lgbt_domestic_abuse": _("Domestic abuse, LGBT+"),
        "men_domestic_abuse": _("Domestic abuse, men"),
        "own_behaviour": _("Worried about one's own behaviour"),
        "mental_health_urgent": _("Urgent mental health"),
        "children": _("Children"),
        "practice": _("The practice itself"),
    }


def _one_of(field: RadioField, values: list[str]) -> None:
    if field.data and field.data not in values:
        raise ValidationError(_("Choose one of these."))
