"""The domain's no, as pages: not found and not allowed look alike, and nothing shows a trace."""

import logging
from collections.abc import Sequence
from functools import partial

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.foundation.errors import DomainError, NotAllowed, NotFound, Refused, Stale, TooLate
from portal.web.crossing import is_from_elsewhere
from portal.web.given_back import Written, words_sent
from portal.web.visits import house, visit

LOG = logging.getLogger("weft")


def install_refusals(app: Flask) -> None:
    """Show each kind of no on its page."""
    for kind in (NotFound, NotAllowed):
        app.register_error_handler(kind, lambda _problem: _page("not_found", 404, words=_words()))
    for refusal, name in ((TooLate, "too_late"), (Stale, "stale"), (Refused, "refused")):
        app.register_error_handler(refusal, partial(_refused, name))
    app.register_error_handler(CSRFError, _old_page)
    # Asked under a name that is not ours, no page can be drawn: its links would lead elsewhere.
    app.register_error_handler(SecurityError, lambda _problem: Response(status=400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _trouble)


def _http(problem: Exception) -> ResponseReturnValue:
    code = problem.code if isinstance(problem, HTTPException) and problem.code else 500
    if code < 400 and isinstance(problem, HTTPException):
        return problem.get_response()
    names = {404: "not_found", 405: "not_found", 413: "too_large", 429: "too_often"}
    # A body that is too large was never read.
    words = [] if code == 413 else _words()
    return _page(names.get(code, "trouble"), 404 if code == 405 else code, words=words)


def _refused(name: str, problem: DomainError) -> ResponseReturnValue:
    # The form is not drawn again, and going back would show an empty one: the words are given back.
    return _page(name, 409, problem, words_sent())


def _old_page(_problem: CSRFError) -> ResponseReturnValue:
    # Going back would show an empty form, so the words are given back; another site's never are.
    return _page("old_page", 400, words=_words())


def _trouble(problem: Exception) -> ResponseReturnValue:
    # The kind of the trouble is enough to find it; its text may hold words.
    LOG.error("trouble in %s: %s", request.endpoint, type(problem).__name__)
    if house().config.testing:
        raise problem
    return _page("trouble", 500, words=_words())


def _words() -> list[Written]:
    """What somebody had written on a page of ours: going back would show an empty form."""
    return [] if is_from_elsewhere() else words_sent()


def _page(
    name: str, code: int, problem: DomainError | None = None, words: Sequence[Written] = ()
) -> ResponseReturnValue:
    message = _(problem.message) if problem and problem.message else ""
    if request.headers.get("X-Weft-Autosave"):
        return jsonify({"state": name, "message": message}), code
    # After trouble nothing more is asked of the database: it may be what is in trouble.
    rooms = house().rooms
    shell = rooms.shell_in_trouble() if code >= 500 else rooms.shell(visit())
    drawn = render_template(f"errors/{name}.html", shell=shell, message=message, words=words)
    return drawn, code
