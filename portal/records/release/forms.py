"""To whom the file should go, and what for."""

from flask_babel import lazy_gettext as _l

from portal.web.forms import LineField, PortalForm, Said, WordsField


class ReleaseForm(PortalForm):
    """What both partners will read before they answer."""

    recipient = LineField(_l("To whom"), validators=[Said(_l("Write down who would be given it."))])
    purpose = WordsField(
        _l("What for"), validators=[Said(_l("Write down what it is for."))], most=1000
    )
