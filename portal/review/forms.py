"""What the counsellor writes back, and the line with which work is returned."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import RadioField

from portal.people.cards import MemberCard
from portal.vocabulary import Pocket
from portal.web.choices import choice
from portal.web.forms import LineField, PortalForm, Said, SeenField, WordsField

SAY_SOMETHING = _l("Write something first.")


class FeedbackForm(PortalForm):
    """Words to one of the two, or to both."""

    text = WordsField(_l("Write back"), most=6000, validators=[Said(SAY_SOMETHING)])
    pocket = RadioField(_l("To whom"), validate_choice=False)

    def __init__(self, asked_of: list[MemberCard], *, is_shared: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        pockets = {m.seat.value: m.person.first_name for m in asked_of}
        if is_shared:
            pockets[Pocket.JOINT.value] = _("Both")
        self.pockets = pockets
        self.pocket.choices = [choice(value, label) for value, label in pockets.items()]

    def validate_pocket(self, field: RadioField) -> None:
        """Somebody has to be chosen."""
        if field.data not in self.pockets:
            raise ValidationError(_("Choose to whom you write."))


class ChangeForm(PortalForm):
    """A draft to somebody, gone on with."""

    text = WordsField(_l("Your draft"), most=6000, validators=[Said(SAY_SOMETHING)])
    seen = SeenField()


class ReturnForm(PortalForm):
    """Why something is returned, in one line."""

    line = LineField(
        _l("One line of why"),
        most=400,
        validators=[Said(_l("Write one line, so that they know what to look at."))],
    )
    seen = SeenField()
