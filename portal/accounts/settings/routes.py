"""One's own settings: language, the way out, devices, password."""

from typing import cast
from uuid import UUID

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passwords, queries
from portal.accounts import service as accounts
from portal.accounts.arrival import counters, terms
from portal.accounts.forms import said_of
from portal.accounts.passkeys.service import is_offered_at
from portal.accounts.settings import service
from portal.accounts.settings.forms import PasswordForm, SettingsForm
from portal.accounts.settings.service import Wishes
from portal.accounts.throttle import guess_mark
from portal.people.queries import locale_of
from portal.people.seats.queries import names_around
from portal.visit import Visit
from portal.vocabulary import Role
from portal.web.access import allow, waives_welcome
from portal.web.cookies import give_token, take_token
from portal.web.pages import device_name, form_page, page, typed
from portal.web.signed_in import SignedIn
from portal.web.visits import house, signed_in, visit

EVERYBODY = (Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)
begin = service.begin


@allow(*EVERYBODY)
def settings() -> ResponseReturnValue:
    """How somebody wants the portal to be."""
    here = visit()
    person = queries.own_person(here, lock=request.method == "POST")
    form = SettingsForm.over(
        {
            "locale": person.locale,
            "time_zone": person.time_zone,
            "theme": person.theme,
            "shows_leave": not person.hides_leave,
        }
    )
    if not form.validate_on_submit():
        return form_page(
            "accounts/settings.html",
            form,
            card=queries.settings_card(here, _this().sign_in_id),
            is_partner=here.viewer.role is Role.PARTNER,
            with_passkey=is_offered_at(house().config.base_url, request.host),
        )
    hides = here.viewer.role is Role.PARTNER and not form.shows_leave.data
    wishes = Wishes(form.locale.data, form.time_zone.data, form.theme.data, hides)
    service.settle(here, wishes)
    here.db.flush()
    session["locale"] = locale_of(here.db, person.id)
    flash(_("Saved."), "done")
    return redirect(url_for("accounts.settings"), 303)


@allow(*EVERYBODY)
def change_password() -> ResponseReturnValue:
    """Somebody chooses another password."""
    here, form = visit(), PasswordForm()
    if form.validate_on_submit():
        _weigh(here, form)
    if not form.is_submitted() or form.errors:
        return form_page("accounts/change_password.html", form, phrase=_phrase(here))
    token = service.choose_password(
        here, _this().sign_in_id, typed(form.password), device_name(), terms()
    )
    response = give_token(redirect(url_for("accounts.settings"), 303), token)
    flash(_("Your password is changed. Every other device is signed out."), "done")
    return response


@allow(*EVERYBODY)
def end_device(sign_in_id: UUID) -> ResponseReturnValue:
    """One of one's own devices is signed out."""
    service.end_device(visit(), sign_in_id)
    if sign_in_id == _this().sign_in_id:
        return take_token(redirect(url_for("accounts.sign_in"), 303))
    flash(_("That device is signed out."), "done")
    return redirect(url_for("accounts.settings"), 303)


@allow(*EVERYBODY)
def sign_out_everywhere() -> ResponseReturnValue:
    """Every device is signed out, this one too."""
    accounts.end_all(visit(), _this().account_id)
    return take_token(redirect(url_for("accounts.sign_in"), 303))


@waives_welcome
@allow(Role.PARTNER)
def private() -> ResponseReturnValue:
    """What a device keeps of a visit, and how to leave less behind."""
    return page("accounts/private.html")


def _this() -> SignedIn:
    return cast(SignedIn, signed_in())


def _weigh(here: Visit, form: PasswordForm) -> None:
    """Whether the old password is right and the new one will do; guesses count as at the door."""
    account = queries.own_account(here)
    counted = guess_mark(here.chest, account.login_mark, "settings")
    if counters().take(counted, here.now).seconds:
        form.current.errors = [_("Please wait a little, then try again.")]
        return
    if not passwords.fits(here.chest, terms().hashing, account.password_hash, typed(form.current)):
        form.current.errors = [_("This is not the password you have now.")]
        return
    counters().forget(counted)
    login = account.words(here.vault, "login", account.person_id)
    fault = accounts.fault_of(here, account.person_id, login, typed(form.password))
    if fault is not None:
        form.password.errors = [said_of(fault)]


def _phrase(here: Visit) -> str:
    return passwords.phrase(names_around(here, here.viewer.me()))


RULES = (
    ("/accounts/private", private, ["GET"]),
    ("/accounts/settings", settings, ["GET", "POST"]),
    ("/accounts/password", change_password, ["GET", "POST"]),
    ("/accounts/devices/<uuid:sign_in_id>/end", end_device, ["POST"]),
    ("/accounts/sign-out-everywhere", sign_out_everywhere, ["POST"]),
)
