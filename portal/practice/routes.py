"""The practice's pages: setting up, settings, help lines, and removing the sample."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.foundation.errors import Unfit
from portal.practice import queries, service
from portal.practice.cards import Upstairs
from portal.practice.forms import (
    LINE,
    ConfirmForm,
    EditLineForm,
    LineForm,
    MailForm,
    SettingsForm,
    SetUpForm,
    kind_names,
    practice_of,
)
from portal.vocabulary import Role
from portal.web.access import allow, public, waives_welcome
from portal.web.cookies import give_token, take_token
from portal.web.display import day_of
from portal.web.once import once
from portal.web.pages import device_name, form_page, page, show_faults, typed
from portal.web.visits import house, visit

pages = Blueprint("practice", __name__)
UPSTAIRS = "weft_first_person"
DEFAULT_CLEAR_DAYS = 90


@pages.route("/practice/set-up/<code>", methods=["GET", "POST"])
@public
def set_up(code: str) -> ResponseReturnValue:
    """An empty install becomes a practice."""
    here = visit()
    service.require_link(here, code)
    form = SetUpForm(time_zone="Europe/London", currency="GBP")
    if not form.validate_on_submit():
        return form_page("practice/set_up.html", form, code=code)
    rooms: Upstairs = current_app.extensions[UPSTAIRS]
    try:
        token = service.set_up(
            here, code, form.terms(), form.country.data, form.first_person(device_name()), rooms
        )
    except Unfit as unfit:
        show_faults(form, unfit.faults)
        return form_page("practice/set_up.html", form, code=code)
    return give_token(redirect(url_for("practice.help_lines"), 303), token)


@pages.route("/practice/settings", methods=["GET", "POST"])
@allow(Role.OWNER)
def settings() -> ResponseReturnValue:
    """The practice, as its owner may change it."""
    here = visit()
    _keep_others_out()
    card = queries.practice_card(here)
    form = SettingsForm.over(practice_of(card))
    if not form.validate_on_submit():
        sample = queries.sample_id(here.db)
        return form_page("practice/settings.html", form, practice=card, sample_id=sample)
    service.change_practice(here, form.terms(form.clear_days.data or DEFAULT_CLEAR_DAYS))
    flash(_("Saved."), "done")
    return redirect(url_for("practice.settings"), 303)


@pages.route("/practice/mail", methods=["GET", "POST"])
@allow(Role.OWNER)
def mail() -> ResponseReturnValue:
    """What the practice's messages look like from outside, and whether any can be sent."""
    here, config = visit(), house().config
    _keep_others_out()
    card = queries.practice_card(here)
    form = MailForm.over({"sender_name": card.sender_name})
    if form.validate_on_submit():
        try:
            service.name_sender(here, typed(form.sender_name))
        except Unfit as unfit:
            show_faults(form, unfit.faults)
    if not form.is_submitted() or form.errors:
        return form_page(
            "practice/mail.html",
            form,
            sends=config.sends_mail and not card.is_sample,
            is_sample=card.is_sample,
            product=config.product_name,
            sender=config.mail_from,
        )
    flash(_("Saved."), "done")
    return redirect(url_for("practice.mail"), 303)


@pages.route("/practice/help-lines", methods=["GET", "POST"])
@allow(Role.OWNER)
@once
def help_lines() -> ResponseReturnValue:
    """The numbers to call in a hard hour; partners see those that somebody has checked."""
    here = visit()
    form = LineForm()
    if not form.validate_on_submit():
        return form_page("practice/help_lines.html", form, **_lines())
    service.add_line(here, form.line())
    flash(_("Added. Partners see it once you have checked it."), "done")
    return redirect(url_for("practice.help_lines"), 303)


@pages.route("/practice/help-lines/<uuid:line_id>", methods=["GET", "POST"])
@allow(Role.OWNER)
def help_line(line_id: UUID) -> ResponseReturnValue:
    """One help line, to be corrected."""
    here = visit()
    _keep_others_out()
    card = queries.help_line(here, line_id)
    form = EditLineForm.over({name: getattr(card, name) for name in LINE})
    if not form.validate_on_submit():
        return form_page("practice/help_line.html", form, line=card)
    service.change_line(here, line_id, form.line())
    flash(_("Saved."), "done")
    return redirect(url_for("practice.help_lines"), 303)


@pages.post("/practice/help-lines/<uuid:line_id>/confirm")
@allow(Role.OWNER)
def confirm_line(line_id: UUID) -> ResponseReturnValue:
    """Somebody has rung or checked this line."""
    here = visit()
    form = ConfirmForm.of(line_id)
    today = day_of(here.now, queries.practice_card(here).time_zone)
    if form.validate():
        try:
            service.confirm_line(
                here, line_id, form.confirmed_on.data, today, form.shown.data or ""
            )
        except Unfit as unfit:
            show_faults(form, unfit.faults)
    if form.errors:
        cards = _lines(line_id, form)
        return page("practice/help_lines.html", form=LineForm(formdata=None), **cards), 422
    return redirect(url_for("practice.help_lines"), 303)


@pages.post("/practice/help-lines/<uuid:line_id>/remove")
@allow(Role.OWNER)
def remove_line(line_id: UUID) -> ResponseReturnValue:
    """A help line is taken away."""
    service.remove_line(visit(), line_id)
    flash(_("Removed."), "done")
    return redirect(url_for("practice.help_lines"), 303)


@pages.post("/practice/sample/<uuid:practice_id>/remove")
@waives_welcome
@allow(Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)
def remove_sample(practice_id: UUID) -> ResponseReturnValue:
    """The sample practice goes, with every row and key of it."""
    here = visit()
    was_inside = here.viewer.practice_id == practice_id
    service.remove_sample(here, practice_id)
    if was_inside:
        return take_token(redirect(url_for("accounts.sign_in"), 303))
    flash(_("The sample practice is removed."), "done")
    return redirect(url_for("practice.settings"), 303)


def _keep_others_out() -> None:
    if request.method == "POST":
        service.keep_others_out(visit())


def _lines(wrong_id: UUID | None = None, wrong: ConfirmForm | None = None) -> dict[str, object]:
    rows = []
    for line in queries.help_lines(visit()):
        if wrong is not None and line.id == wrong_id:
            wrong.shown.data = line.dialled  # this is the line that stands here now
            rows.append((line, wrong))
        else:
            rows.append((line, ConfirmForm.of(line.id, line.confirmed_on, line.dialled)))
    return {"lines": rows, "kinds": kind_names()}
