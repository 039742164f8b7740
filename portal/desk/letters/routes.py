"""Where a letter's link leads, once its reader has signed in; it signs nobody in itself."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.desk.letters.queries import page_for
from portal.notices.queries import own_letter
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.visits import visit

pages = Blueprint("letters", __name__)


@pages.get("/desk/go/<code>")
@allow(Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)
def go(code: str) -> ResponseReturnValue:
    """From a letter to the very thing; an old link, or one of somebody else's, leads home."""
    here = visit()
    letter = own_letter(here, code)
    if letter is None or letter.has_rested:
        flash(_("This link has rested too long. Everything is still on your page."), "info")
        return redirect(url_for("desk.home"), 303)
    endpoint, values = page_for(here, letter)
    return redirect(url_for(endpoint, **values), 303)
