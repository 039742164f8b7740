"""Where somebody was going when they were asked to sign in.

It travels with the one page that asks, and not with the browser: where a sign-in leads tells nobody who else
was at this computer meanwhile, and another page's way is nobody else's business.
"""

from uuid import UUID

from flask import current_app, redirect, request, session, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from portal.web.signed_in import SignedIn
from portal.web.visits import house, signed_in, visit

SIGN_IN = "accounts.sign_in"
FIELD, AWAY, ANYBODY = "to", "away", "anybody"
KEPT_FOR = 12 * 3600  # seconds
MARK = 20


def sign_in_first(path: str = "", *, is_away: bool) -> Response:
    """Ask somebody to sign in; they go on to this path then, unless another signs in on that page."""
    if is_away:
        session[AWAY] = True
    return redirect(url_for(SIGN_IN, to=_written(path) if path else None), 303)


def carried() -> dict[str, str]:
    """What the address of this page carries on to the next, where it carries anything."""
    return {FIELD: request.args[FIELD]} if FIELD in request.args else {}


def came_for(account_id: UUID) -> str | None:
    """The page that was wanted where this sign-in page was asked for; not one that was another's."""
    try:
        path, asked_at, whose = _writer().loads(request.args.get(FIELD, ""))
    except (BadData, ValueError):
        return None
    is_theirs = whose in (_mark(asked_at, ANYBODY), _mark(asked_at, str(account_id)))
    return str(path) if is_theirs and _now() - asked_at <= KEPT_FOR else None


def _written(path: str) -> str:
    """The path, and for whom it is: under a mark of this moment, so that it does not tell whose another one was."""
    who, now = signed_in(), _now()
    whose = str(who.account_id) if isinstance(who, SignedIn) else ANYBODY
    return str(_writer().dumps([path, now, _mark(now, whose)]))


def _mark(asked_at: int, whose: str) -> str:
    return house().chest.mark("tokens", "going", str(asked_at), whose)[:MARK]


def _now() -> int:
    return int(visit().now.timestamp())


def _writer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="going")
