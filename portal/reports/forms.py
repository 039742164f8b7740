"""What is said before printing: which edition, and what of it was on the page."""

from flask_babel import lazy_gettext as _l
from wtforms.fields import HiddenField

from portal.web.forms import PortalForm, Said


class PrintForm(PortalForm):
    """Order the edition that is on the page."""

    edition = HiddenField(validators=[Said(_l("Choose for whom this is."))])
    shown = HiddenField()
