"""The token of every form: that a page of ours has sent it, and whose page that was.

On a shared computer one person's page may still be open when another signs in. Their words are not
this person's words, and this person's are not for that page: so a page serves only who it was drawn for.
"""

from typing import Any
from uuid import UUID

from flask import Flask, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

from portal.web.visits import house, visit

FIELD, HEADER = "csrf_token", "X-CSRFToken"
BETWEEN = "~"  # stands in no token of Flask-WTF and in no mark
MARK = 20


class Guard(CSRFProtect):  # type: ignore[misc]  # Flask-WTF ships no types
    """Flask-WTF's guard, with the mark of a person in front of each token."""

    def init_app(self, app: Flask) -> None:
        """Take its place on every page, also in the frame around it."""
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = token
        app.context_processor(lambda: {"csrf_token": token})

    def _get_csrf_token(self) -> Any:
        """What Flask-WTF knows how to look at; a token without a mark is none of ours."""
        found = super()._get_csrf_token()
        return found.partition(BETWEEN)[2] if found else None


def token() -> str:
    """The token for a page that is drawn for whoever is here."""
    return f"{_mark(visit().viewer.person_id)}{BETWEEN}{generate_csrf()}"


def is_page_of_another() -> bool:
    """Whether this comes from a page that was drawn for somebody else than who is signed in now."""
    sent = request.form.get(FIELD) or request.headers.get(HEADER, "")
    drawn_for = sent.partition(BETWEEN)[0] if BETWEEN in sent else ""
    return bool(drawn_for) and drawn_for != _mark(visit().viewer.person_id)


def _mark(person_id: UUID | None) -> str:
    """Nobody has no mark: what was drawn for nobody holds nobody's words."""
    return house().chest.mark("tokens", "page", str(person_id))[:MARK] if person_id else ""
