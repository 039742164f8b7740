"""Being sure whose words they are."""

from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField

from portal.web.forms import PortalForm, Said


class WriterForm(PortalForm):
    """The counsellor has asked, and is sure."""

    both = BooleanField(
        _l("I am just as sure that what stands under the other was written by this one."),
        validators=[Said(_l("Tick this once you are sure of both."))],
    )
    sure = BooleanField(
        _l("I have asked about it, and I am sure who wrote this."),
        validators=[Said(_l("Tick this once you are sure."))],
    )
