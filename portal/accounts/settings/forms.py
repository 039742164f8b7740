"""What somebody may choose for themselves."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField, PasswordField, RadioField, SelectField

from portal.accounts.forms import NOT_TOO_LONG
from portal.web.choices import choice, languages, time_zones
from portal.web.editing import EditForm
from portal.web.forms import PortalForm, Said


class SettingsForm(EditForm):
    """Language, time zone, light or dark, and whether the way out is shown."""

    locale = SelectField(_l("Language"))
    time_zone = SelectField(_l("Time zone"))
    theme = RadioField(_l("Light or dark"), default="")
    shows_leave = BooleanField(_l("Show the button ‘Leave now’"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = [choice("", _("As the practice")), *languages()]
        self.time_zone.choices = [choice("", _("As the practice")), *time_zones()]
        self.theme.choices = [
            choice("", _("As this device")),
            choice("light", _("Light")),
            choice("dark", _("Dark")),
        ]


class PasswordForm(PortalForm):
    """The password that holds now, and a new one."""

    current = PasswordField(
        _l("Your password now"),
        validators=[Said(_l("Write the password you have now.")), NOT_TOO_LONG],
    )
    password = PasswordField(_l("New password"), validators=[Said(_l("Choose a password."))])
