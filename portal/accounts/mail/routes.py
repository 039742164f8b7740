"""The page where somebody says whether, where and when they may be written to."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.mail.forms import OFF, ON, MailForm
from portal.accounts.queries import own_person
from portal.notices import queries, service
from portal.practice.queries import practice_card
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.pages import form_page
from portal.web.visits import house, visit

EVERYBODY = (Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)


@allow(*EVERYBODY)
def mail() -> ResponseReturnValue:
    """How somebody wants to be written to."""
    here = visit()
    if request.method == "POST":
        own_person(here, lock=True)
    card, practice = queries.own_choice(here), practice_card(here)
    form = MailForm.over(
        {
            "wanted": ON if card.is_on else OFF,
            "address": card.address,
            "from_hour": card.from_hour,
            "until_hour": card.until_hour,
            "shares": card.shares,
        }
    )
    if not form.validate_on_submit():
        return form_page(
            "accounts/mail.html",
            form,
            card=card,
            sends=house().config.sends_mail and not practice.is_sample,
            is_sample=practice.is_sample,
        )
    service.choose(here, form.wish())
    flash(_("Saved."), "done")
    return redirect(url_for("accounts.mail"), 303)


RULES = (("/accounts/mail", mail, ["GET", "POST"]),)
