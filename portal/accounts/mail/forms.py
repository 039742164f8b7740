"""Whether, where and when somebody may be written to."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import BooleanField, RadioField, SelectField

from portal.notices.service import Wish
from portal.web.choices import choice, hours
from portal.web.editing import EditForm
from portal.web.forms import LineField
from portal.web.pages import typed

OFF, ON = "off", "on"


class MailForm(EditForm):
    """A neutral message or none, to one address, in hours that are safe."""

    wanted = RadioField(_l("Messages by e-mail"), default=OFF)
    address = LineField(_l("E-mail address"), most=254)
    from_hour = SelectField(_l("Not before"), coerce=int)
    until_hour = SelectField(_l("Not after"), coerce=int)
    shares = BooleanField(_l("I know that somebody else here may use this address too"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted.choices = [
            choice(OFF, _("No messages")),
            choice(ON, _("At most one a day, which says nothing but that there is something new")),
        ]
        self.from_hour.choices, self.until_hour.choices = hours(0, 23), hours(1, 24)

    def validate_address(self, field: LineField) -> None:
        """One bare address, and only where messages are wanted."""
        if self.wanted.data == ON:
            try:
                field.data = checked(typed(field))
            except EmailNotValidError as problem:
                sentence = _("Enter an e-mail address, like name@example.org.")
                raise ValidationError(sentence) from problem

    def validate_until_hour(self, field: SelectField) -> None:
        """A day has to have an hour in which a message may come."""
        if self.wanted.data == ON and field.data == self.from_hour.data:
            raise ValidationError(_("Leave at least one hour in between."))

    def wish(self) -> Wish:
        """What was chosen; without messages no address is kept."""
        if self.wanted.data != ON:
            return Wish()
        return Wish(
            address=typed(self.address),
            shares=bool(self.shares.data),
            from_hour=self.from_hour.data,
            until_hour=self.until_hour.data,
        )


def checked(text: str) -> str:
    """The one bare address that this is, as a mail server knows it; raises where it is none."""
    found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    return str(found.ascii_email)
