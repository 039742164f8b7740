"""What is decided about joint work, and on which grounds."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import BooleanField, HiddenField, RadioField, SelectMultipleField

from portal.care.queries import statuses
from portal.people.cards import CoupleCard
from portal.people.service import Naming
from portal.vocabulary import JointWork
from portal.web.choices import choice
from portal.web.forms import LineField, PortalForm, Said, SeenField, WordsField
from portal.web.pages import typed

NEEDS = ("both_seen_alone", "private_questions_answered", "counsellor_decision_recorded")


class JointWorkForm(PortalForm):
    """The status, the three things that ‘clear’ needs, and the reason."""

    status = RadioField(
        _l("Joint work"), validators=[Said(_l("Choose one of these."))], validate_choice=False
    )
    needs = SelectMultipleField(_l("What ‘clear’ needs first"), validate_choice=False)
    reason = WordsField(_l("Your reason"), most=2000)
    seen = SeenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.status.choices = [choice(value, _(card.label)) for value, card in statuses().items()]
        names = {
            "both_seen_alone": _("I have seen both of them alone."),
            "private_questions_answered": _("I have asked each of them the private questions."),
            "counsellor_decision_recorded": _("My decision and its reason stand below."),
        }
        self.needs.choices = [choice(need, names[need]) for need in NEEDS]

    def validate_status(self, field: RadioField) -> None:
        """Only a status that there is."""
        if field.data and field.data not in statuses():
            raise ValidationError(_("Choose one of these."))

    def validate_needs(self, field: SelectMultipleField) -> None:
        """‘Clear’ stands on all three."""
        missing = set(NEEDS) - set(field.data or [])
        if self.status.data == JointWork.CLEAR.value and missing:
            raise ValidationError(_("‘Clear’ needs all three of these first."))

    def validate_reason(self, field: WordsField) -> None:
        """‘Clear’ is a decision that is written down."""
        if self.status.data == JointWork.CLEAR.value and not (field.data or "").strip():
            raise ValidationError(_("Write down the reason for your decision."))

    def stand_at(self, couple: CoupleCard, sentence: str) -> None:
        """Another decision stands by now: the page chooses that one, and keeps the reason that was typed."""
        self.status.data, self.status.errors = couple.joint_work.value, [sentence]
        self.needs.data, self.seen.data = [], couple.joint_work_mark


class HoldForm(PortalForm):
    """Why everything between these two waits."""

    wish = HiddenField()
    seen = SeenField()
    reason = WordsField(_l("Your reason"), most=2000)


class SecondForm(PortalForm):
    """Somebody beside the person who came alone."""

    first_name = LineField(
        _l("What you call them"), most=60, validators=[Said(_l("Write what you call them."))]
    )
    participates = BooleanField(_l("They take part"))
    name = LineField(_l("Full name"), most=120)
    pronouns = LineField(_l("Pronouns"), most=40)

    def naming(self) -> Naming:
        """What was typed."""
        return Naming.second(
            typed(self.first_name),
            typed(self.name),
            typed(self.pronouns),
            participates=bool(self.participates.data),
        )


class AgreementForm(PortalForm):
    """What was agreed, in the counsellor's words."""

    wish = HiddenField()
    agreement = WordsField(
        _l("What was agreed"), validators=[Said(_l("Write down what was agreed."))], most=4000
    )


def allowed_by() -> dict[str, str]:
    """What each status allows, in words."""
    return {
        JointWork.NOT_ASKED.value: _(
            "Work of one person, where the exercise does not need ‘clear’."
        ),
        JointWork.CLEAR.value: _("Everything, within each exercise's own rules."),
        JointWork.INDIVIDUAL_ONLY.value: _(
            "Work of one person. All of it stays with you; nothing opens to the other."
        ),
        JointWork.PAUSED.value: _(
            "Nothing new. Work of one person that is running goes on, for your eyes only."
        ),
    }
