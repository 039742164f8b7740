"""What is asked at the door, and of somebody who joins."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import BooleanField, HiddenField, PasswordField
from wtforms.validators import Length

from portal.accounts.passwords import Fault
from portal.web.forms import LineField, PortalForm, Said

NOT_TOO_LONG = Length(max=1024, message=_l("Use at most %(max)d characters here."))


class SignInForm(PortalForm):
    """The sign-in name and the password."""

    login = LineField(
        _l("Sign-in name"), most=200, validators=[Said(_l("Write your sign-in name."))]
    )
    password = PasswordField(
        _l("Password"), validators=[Said(_l("Write your password.")), NOT_TOO_LONG]
    )


class CodeForm(PortalForm):
    """The code from a slip."""

    code = LineField(
        _l("Your code"), most=40, validators=[Said(_l("Write the code from your slip."))]
    )


class JoinForm(PortalForm):
    """A sign-in name and a password of one's own."""

    login = LineField(
        _l("Sign-in name"), most=80, validators=[Said(_l("Choose a name to sign in with."))]
    )
    password = PasswordField(_l("Password"), validators=[Said(_l("Choose a password."))])

    def validate_login(self, field: LineField) -> None:
        """A name of one or two letters is too easily typed by accident."""
        if field.data and len(field.data) < 3:
            raise ValidationError(_("Use at least 3 characters."))


class WelcomeForm(PortalForm):
    """That a partner has read what is promised to them, and which promise stood on the page."""

    shown = HiddenField()
    has_read = BooleanField(
        _l("I have read this"),
        validators=[Said(_l("Please tick this once you have read the promise above."))],
    )


class JustPost(PortalForm):
    """A deed that needs nothing but its button."""


def said_of(fault: Fault) -> str:
    """Why a password will not do, in the reader's language."""
    return str(_(fault.sentence, least=fault.number, most=fault.number))
