"""The few addresses that a page asks while a passkey is made or used."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import service as accounts
from portal.accounts.arrival import as_nobody, come_in, counters, terms
from portal.accounts.passkeys import service
from portal.accounts.passkeys.service import Site
from portal.foundation.errors import NotFound, Refused
from portal.vocabulary import Role
from portal.web.access import allow, public
from portal.web.pages import device_name
from portal.web.visits import house, visit

EVERYBODY = (Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)


@allow(*EVERYBODY)
def offer_passkey() -> ResponseReturnValue:
    """What a device needs in order to make a passkey."""
    return Response(service.offer_new(visit(), counters(), _site()), mimetype="application/json")


@allow(*EVERYBODY)
def add_passkey() -> ResponseReturnValue:
    """A device has made a passkey."""
    try:
        service.add(visit(), counters(), _site(), _given())
    except Refused as refused:
        return jsonify({"message": _(refused.message)}), 422
    flash(_("The passkey is added."), "done")
    return jsonify({"href": url_for("accounts.settings")})


@allow(*EVERYBODY)
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """A passkey opens nothing any more."""
    service.remove(visit(), passkey_id)
    flash(_("The passkey is removed."), "done")
    return redirect(url_for("accounts.settings"), 303)


@public
def offer_sign_in() -> ResponseReturnValue:
    """What a device needs in order to sign in with its passkey."""
    here = as_nobody()
    words = service.offer_sign_in(here.chest, counters(), _site(), here.now)
    return Response(words, mimetype="application/json")


@public
def sign_in_with_passkey() -> ResponseReturnValue:
    """A device signs somebody in with its passkey."""
    here = as_nobody()
    try:
        account = service.recognise_passkey(here, counters(), _site(), _given())
        token = accounts.sign_in(here, account.id, device_name(), terms())
    except (Refused, NotFound):
        return jsonify({"message": _(service.NOT_THIS_ONE)}), 422
    going = come_in(here, account, token)
    answer = jsonify({"href": going.location})
    for cookie in going.headers.getlist("Set-Cookie"):
        answer.headers.add("Set-Cookie", cookie)
    return answer


def _site() -> Site:
    config = house().config
    return Site.of(config.base_url, config.product_name)


def _given() -> dict[str, Any]:
    given = request.get_json(silent=True)
    return given if isinstance(given, dict) else {}


RULES = (
    ("/accounts/passkeys/offer", offer_passkey, ["POST"]),
    ("/accounts/passkeys", add_passkey, ["POST"]),
    ("/accounts/passkeys/<uuid:passkey_id>/remove", remove_passkey, ["POST"]),
    ("/accounts/sign-in/passkey/offer", offer_sign_in, ["POST"]),
    ("/accounts/sign-in/passkey", sign_in_with_passkey, ["POST"]),
)
