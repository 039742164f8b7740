"""Knocking: who may come in, and where the others are sent, so that guessing teaches nothing."""

from flask import Flask, current_app, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.foundation.errors import NotFound
from portal.vocabulary import Role
from portal.web.access import doors_of, takes_rested, waives
from portal.web.crossing import refuse_crossing
from portal.web.given_back import words_sent
from portal.web.headers import is_file
from portal.web.signed_in import Standing
from portal.web.tokens import is_page_of_another
from portal.web.visits import house, signed_in, visit

SIGN_IN = "accounts.sign_in"
NEXT = "next"
LATER = "later"


def install_door(app: Flask) -> None:
    """Have everybody knock before any page is built."""
    app.before_request(refuse_crossing)
    app.before_request(_knock)


def came_for() -> str | None:
    """The page somebody wanted before they were asked to sign in; remembered once."""
    wanted: str | None = session.pop(NEXT, None)
    return wanted


def is_rested() -> bool:
    """Whether this sign-in has rested too long: words may be left, nothing may be read."""
    return signed_in().standing is Standing.RESTED


def _knock() -> ResponseReturnValue | None:
    if request.endpoint is None or is_file(request):
        return None
    page = current_app.view_functions[request.endpoint]
    doors = doors_of(page)
    here = visit()
    if not doors:
        return None
    if is_page_of_another():
        return _send_to_sign_in(Standing.RESTED)
    standing = signed_in().standing
    rested = standing is Standing.RESTED and request.method == "POST" and takes_rested(page)
    if standing is not Standing.LIVE and not rested:
        return _send_to_sign_in(standing)
    if here.viewer.role not in doors:
        raise NotFound
    if here.viewer.role is Role.PARTNER and not waives(page) and not rested:
        way = house().rooms.welcome_at(here)
        if way is not None and not (way.may_wait and _waits()):
            return redirect(way.to, 303)
    return None


def wait_with_questions() -> None:
    """Somebody wants to go on first; they are asked again when they next sign in."""
    session[LATER] = True


def ask_again() -> None:
    """A fresh sign-in: what was put off is asked now."""
    session.pop(LATER, None)


def _waits() -> bool:
    """Words that are sent never wait for a question, and somebody may have put it off."""
    return request.method != "GET" or bool(session.get(LATER))


def _send_to_sign_in(standing: Standing) -> ResponseReturnValue:
    g.is_away = standing is not Standing.NONE
    if request.headers.get("X-Weft-Autosave"):
        return jsonify({"state": "signed_out"}), 401
    if request.method == "GET":
        session[NEXT] = request.path
    elif request.form:
        return give_back_words()
    if standing is not Standing.NONE:
        session["away"] = True
    return redirect(url_for(SIGN_IN), 303)


def give_back_words() -> ResponseReturnValue:
    """Nobody is signed in any more, or not for this: the words come back on the page, to be copied."""
    return current_app.jinja_env.get_template("errors/signed_out.html").render(
        shell=house().rooms.shell(visit()), words=words_sent(), sign_in=url_for(SIGN_IN), _=_
    ), 401
