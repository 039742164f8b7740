"""Where everybody begins: each role's home, and a partner's week with its pieces."""

from datetime import datetime
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.desk.cards import WeekCard
from portal.desk.queries import week as week_card
from portal.exercises.queries import standing
from portal.homework.queries import task as task_of
from portal.reflections.joint.queries import sheet
from portal.reflections.pieces.page import piece_card, piece_page
from portal.reflections.routes import pages as reflections
from portal.reflections.sheets import shared_on
from portal.review.queries import feedback_on
from portal.vocabulary import Mode, Role
from portal.web.access import allow, public
from portal.web.display import clock
from portal.web.door import SIGN_IN
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("desk", __name__)
HOMES = {
    Role.PARTNER: "desk.week",
    Role.COUNSELLOR: "today.desk",
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
    card = week_card(visit())
    return page("desk/week.html", week=card, strip=_strip(card), sees=standing().partner_sees)


@reflections.get("/reflections/<uuid:round_id>")
@allow(Role.PARTNER)
def piece(round_id: UUID) -> ResponseReturnValue:
    """One piece of work; it stands here because it also holds what the counsellor wrote back."""
    here = visit()
    if task_of(here, round_id).mode is Mode.JOINT:
        return _sheet(round_id)
    card = piece_page(here, round_id, str(get_locale()))
    words = feedback_on(here, [card.piece.task])[round_id]
    return page("reflections/piece.html", card=card, words=words, sees=standing().partner_sees)


def _sheet(round_id: UUID) -> ResponseReturnValue:
    """A joint sheet that takes no more words from this person: what stands there, and what came back."""
    here, locale = visit(), str(get_locale())
    mine = sheet(here, round_id)
    if mine.takes_words:
        return redirect(url_for("reflections.sheet", round_id=round_id), 303)
    card = piece_card(here, mine.draft, locale)
    task = card.piece.task
    return page(
        "reflections/joint_read.html",
        card=card,
        shared=shared_on(here, [task], locale).get(round_id),
        words=feedback_on(here, [task])[round_id],
        sees=standing().partner_sees,
    )


def _strip(card: WeekCard) -> list[tuple[str, str, bool, str]]:
    """The seven days as the strip draws them."""
    locale = str(get_locale())
    return [
        (
            format_date(day.on, "EEE", locale=locale),
            format_date(day.on, "d", locale=locale),
            day.is_today,
            _meeting(day.meets_at, card.own.time_zone, locale),
        )
        for day in card.days
    ]


def _meeting(at: datetime | None, zone: str, locale: str) -> str:
    return str(_("You meet at %(time)s", time=clock(at, zone, locale))) if at else ""
