"""Where everybody begins: each role's home, and a partner's week with its pieces."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.desk.queries import week as week_card
from portal.exercises.queries import standing
from portal.reflections.pieces.page import piece_page
from portal.reflections.routes import pages as reflections
from portal.review.queries import feedback_on
from portal.vocabulary import Role
from portal.web.access import allow, public
from portal.web.door import SIGN_IN
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("desk", __name__)
HOMES = {
    Role.PARTNER: "desk.week",
    Role.COUNSELLOR: "desk.today",
    Role.OWNER: "practice.settings",
    Role.SUPERVISOR: "people.couples",
}


@pages.get("/")
@public
def home() -> ResponseReturnValue:
    """Everybody's own first page."""
    return redirect(url_for(HOMES.get(visit().viewer.role, SIGN_IN)), 303)


@pages.get("/desk/week")
@allow(Role.PARTNER)
def week() -> ResponseReturnValue:
    """A partner's home."""
    return page("desk/week.html", week=week_card(visit()), sees=standing().partner_sees)


@reflections.get("/reflections/<uuid:round_id>")
@allow(Role.PARTNER)
def piece(round_id: UUID) -> ResponseReturnValue:
    """One piece of work; it stands here because it also holds what the counsellor wrote back."""
    here = visit()
    card = piece_page(here, round_id, str(get_locale()))
    words = feedback_on(here, [card.piece.task])[round_id]
    return page("reflections/piece.html", card=card, words=words, sees=standing().partner_sees)
