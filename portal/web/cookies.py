"""The two cookies: one for being signed in, one by which a device is known again."""

import secrets

from flask import g, request, session
from werkzeug.wrappers import Response

from portal.web.visits import cookie_name, house

DEVICE_DAYS = 180
WAS = "was"  # whose pages this browser showed last, as a mark that only the keys can tell apart
KEPT = ("locale", WAS)


def give_token(response: Response, token: str) -> Response:
    """Sign this browser in; whatever it carried before is left behind."""
    _forget_form()
    config = house().config
    response.set_cookie(
        cookie_name(config), token, httponly=True, secure=config.is_https, samesite="Lax", path="/"
    )
    response.set_cookie(
        _device_name(),
        device_token(),
        max_age=DEVICE_DAYS * 24 * 3600,
        httponly=True,
        secure=config.is_https,
        samesite="Lax",
        path="/",
    )
    return response


def take_token(response: Response) -> Response:
    """Sign this browser out and have it forget what it kept of our pages.

    The device's own mark stays: it says nothing about a person, and it is what keeps somebody
    else's wrong guesses from slowing this device down.
    """
    _forget_form()
    config = house().config
    response.delete_cookie(
        cookie_name(config), path="/", secure=config.is_https, httponly=True, samesite="Lax"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def device_token() -> str:
    """By what this device is known; made when it is seen for the first time."""
    if "device" not in g:
        known = request.cookies.get(_device_name(), "")
        g.device = known if 20 <= len(known) <= 64 else secrets.token_urlsafe(24)
    return str(g.device)


def _device_name() -> str:
    return f"{cookie_name(house().config)}-device"


def _forget_form() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
