"""What a counsellor writes down of a couple, and an owner of their staff."""

from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import BooleanField, RadioField, SelectField, SelectMultipleField

from portal.people.cards import CoupleCard, MemberCard
from portal.people.service import CoupleTerms, Naming
from portal.practice.starters import promises
from portal.vocabulary import (
    ContactLevel,
    OpeningRule,
    PartnerRole,
    Role,
    SecretsPolicy,
    Stance,
)
from portal.web.choices import choice, currencies, time_zones
from portal.web.editing import EditForm
from portal.web.forms import LineField, PortalForm, Said
from portal.web.pages import typed

CHOOSE = _l("Choose one of these.")


class TermsForm(PortalForm):
    """What is agreed about a couple."""

    contact = RadioField(_l("How they are in touch"), validators=[Said(CHOOSE)])
    time_zone = SelectField(_l("Time zone"))
    currency = SelectField(_l("Currency"))
    secrets_policy = RadioField(_l("What you promise about words meant for you alone"))
    opening_rule = RadioField(_l("When answers open to both"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact.choices = _named(contact_names())
        self.time_zone.choices = time_zones()
        self.currency.choices = currencies()
        self.secrets_policy.choices = [
            choice(each.policy.value, _(each.label)) for each in promises()
        ]
        self.opening_rule.choices = [
            choice(OpeningRule.COUNSELLOR.value, _("When I open them")),
            choice(
                OpeningRule.AUTOMATIC.value, _("By themselves, once both have sent and said yes")
            ),
        ]

    @property
    def sentences(self) -> dict[str, str]:
        """What partners read under each promise."""
        return {each.policy.value: _(each.sentence) for each in promises()}

    def terms(self) -> CoupleTerms:
        """What was typed."""
        return CoupleTerms(
            contact=ContactLevel(typed(self.contact)),
            time_zone=self.time_zone.data,
            currency=self.currency.data,
            secrets_policy=SecretsPolicy(self.secrets_policy.data),
            opening_rule=OpeningRule(self.opening_rule.data),
        )


class EditTermsForm(EditForm, TermsForm):
    """The same, changed later."""


class NewCoupleForm(TermsForm):
    """A couple of one or two."""

    a_name = LineField(_l("Full name"), most=120, validators=[Said(_l("Write their name."))])
    a_first_name = LineField(
        _l("What you call them"), most=60, validators=[Said(_l("Write what you call them."))]
    )
    a_pronouns = LineField(_l("Pronouns"), most=40)
    b_name = LineField(_l("Full name"), most=120)
    b_first_name = LineField(_l("What you call them"), most=60)
    b_pronouns = LineField(_l("Pronouns"), most=40)
    b_participates = BooleanField(_l("They take part"), default=True)

    def validate_b_first_name(self, field: LineField) -> None:
        """Whoever is named, or takes part, has a name to be called by."""
        if (self.b_name.data or typed(self.b_pronouns)) and not field.data:
            raise ValidationError(_("Write what you call them, or leave the second person out."))

    def partners(self) -> list[Naming]:
        """One or two people, in the order of the record."""
        first = Naming(typed(self.a_name), typed(self.a_first_name), typed(self.a_pronouns))
        if not typed(self.b_first_name):
            return [first]
        second = Naming.second(
            typed(self.b_first_name),
            typed(self.b_name),
            typed(self.b_pronouns),
            participates=bool(self.b_participates.data),
        )
        return [first, second]


class MemberForm(EditForm):
    """One partner, as the counsellor writes them down."""

    name = LineField(_l("Full name"), most=120, validators=[Said(_l("Write their name."))])
    first_name = LineField(
        _l("What you call them"), most=60, validators=[Said(_l("Write what you call them."))]
    )
    pronouns = LineField(_l("Pronouns"), most=40)
    contact = LineField(_l("A safe way to reach them"), most=200)
    role = SelectField(_l("Role"))
    stance = SelectField(_l("How they lean"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _named(role_names())
        self.stance.choices = _named(stance_names())

    def naming(self) -> Naming:
        """What was typed."""
        return Naming(
            name=typed(self.name),
            first_name=typed(self.first_name),
            pronouns=typed(self.pronouns),
            contact=typed(self.contact),
            role=PartnerRole(self.role.data),
            stance=Stance(self.stance.data),
        )


class RolesForm(PortalForm):
    """What somebody does in the practice."""

    roles = SelectMultipleField(
        _l("What they do here"), validators=[Said(_l("Choose at least one."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = _named(staff_role_names())

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.roles.data or ()]


class EditRolesForm(EditForm, RolesForm):
    """The same, changed later."""


class StaffForm(RolesForm):
    """Somebody new who works for the practice."""

    name = LineField(_l("Name"), most=120, validators=[Said(_l("Write their name."))])


class CareForm(PortalForm):
    """A colleague to look after a couple, or a supervisor to read along."""

    person = SelectField(_l("Colleague"))

    def __init__(self, people: list[tuple[str, str]], label: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.person.choices = [choice(value, name) for value, name in people]
        if label:
            self.person.label.text = label


def terms_of(card: CoupleCard) -> dict[str, str]:
    """A couple's terms, as a form shows them."""
    return {
        "contact": card.contact.value,
        "time_zone": card.time_zone,
        "currency": card.currency,
        "secrets_policy": card.secrets_policy.value,
        "opening_rule": card.opening_rule.value,
    }


def member_of(card: MemberCard, contact: str) -> dict[str, str]:
    """A partner, as a form shows them."""
    return {
        "name": card.person.name,
        "first_name": card.person.first_name,
        "pronouns": card.person.pronouns,
        "contact": contact,
        "role": card.role.value,
        "stance": card.stance.value,
    }


def contact_names() -> dict[ContactLevel, str]:
    """How two people can be in touch, in words."""
    return {
        ContactLevel.TOGETHER: _("They are together"),
        ContactLevel.SEPARATED_CONTACT: _("They are separated and in contact"),
        ContactLevel.NO_CONTACT: _("There is no contact"),
    }


def role_names() -> dict[PartnerRole, str]:
    """The roles in words; partners never see them."""
    return {
        PartnerRole.ANY: _("Not set"),
        PartnerRole.HURT: _("The hurt partner"),
        PartnerRole.INVOLVED: _("The involved partner"),
    }


def stance_names() -> dict[Stance, str]:
    """How somebody leans, in words; partners never see it."""
    return {
        Stance.NOT_SET: _("Not set"),
        Stance.LEANING_IN: _("Leaning in"),
        Stance.UNSURE: _("Unsure"),
        Stance.LEANING_OUT: _("Leaning out"),
        Stance.WANTS_DISTANCE: _("Wants distance"),
    }


def staff_role_names() -> dict[Role, str]:
    """What somebody can do in a practice, in words."""
    return {
        Role.COUNSELLOR: _("Counsellor"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.OWNER: _("Practice owner"),
    }


def _named(names: dict[Any, str]) -> list[Any]:
    return [
        choice(member.value, name) for member, name in names.items() if isinstance(member, Enum)
    ]
