"""Writing: one leaf at a time, saved at every pause, with or without scripts."""

from uuid import UUID

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.exercises.form.questions import problem_lines
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotFound, Stale, TooLate
from portal.reflections.drafts import keeping, service
from portal.reflections.drafts.autosaving import autosave, token
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.drawing import (
    alike,
    cards_on,
    kept_for,
    pressed_away,
    pressed_on,
    reading_context,
    today_number,
)
from portal.reflections.drafts.leaves import Place, asked_keys, is_under_way, new_advice, place_of
from portal.reflections.drafts.queries import draft, held_draft
from portal.reflections.forms import button, read_page
from portal.reflections.models import WRITABLE
from portal.vocabulary import Role
from portal.web.access import accepts_rested, allow
from portal.web.door import NEXT, SIGN_IN, give_back_words, is_rested
from portal.web.pages import page as drawn
from portal.web.visits import visit


@accepts_rested
@allow(Role.PARTNER)
def write(round_id: UUID, page: int) -> ResponseReturnValue:
    """One question at a time."""
    here = visit()
    card = draft(here, round_id)
    at = place_of(card, page)
    if request.method == "POST":
        return _post(card, at, page)
    if at is None:
        raise NotFound
    if not _takes_words(card):
        return redirect(_start(card), 303)
    if at.leaf.number != page:
        return redirect(_address(card, at.leaf.number), 303)
    locale, looks = str(get_locale()), "look" in request.args
    cards = cards_on(here, card, at.leaf, locale, before_sending=looks)
    return drawn(
        "reflections/write.html",
        draft=card,
        at=at,
        today=today_number(here, card),
        cards=cards,
        asked=asked_keys(card),
        problems=problem_lines(cards),
        kept=kept_for(card.kept, at.leaf.keys),
        save_to=url_for("reflections.autosave", round_id=round_id),
    )


@allow(Role.PARTNER)
def put_away(round_id: UUID, kept_id: UUID) -> ResponseReturnValue:
    """The writer does not need this other version."""
    here = visit()
    card = draft(here, round_id)
    one = next((each for each in card.kept if each.id == kept_id), None)
    # The same text may have been kept twice, once for each time it was sent.
    for each in alike(card.kept, one) if one else ():
        keeping.put_away(here, each.id)
    return redirect(_start(card), 303)


@allow(Role.PARTNER)
def discard(round_id: UUID) -> ResponseReturnValue:
    """The writer throws their own draft away, as it stood on their page."""
    here = visit()
    if request.form.get("seen") != held_draft(here, round_id).seen:
        flash(_(service.CHANGED_SINCE), "info")
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    service.discard(here, round_id)
    flash(_("Your draft is gone. You can begin again whenever you like."), "done")
    return redirect(url_for("reflections.piece", round_id=round_id), 303)


def _post(card: DraftCard, at: Place | None, page: int) -> ResponseReturnValue:
    here, round_id = visit(), card.task.round_id
    reading = read_page(card.fields, request.form, reading_context(here, card))
    elsewhere = keeping.lies_elsewhere(here, request.form.get("piece", ""))
    if is_rested() and elsewhere:
        return give_back_words()  # kept for nobody who sits here, and not lost to who typed it
    if is_rested():
        service.leave_words(here, round_id, reading)
        session[NEXT] = _address(card, page)
        session["away"] = True
        return redirect(url_for(SIGN_IN), 303)
    if elsewhere:
        raise Stale(keeping.LIES_ELSEWHERE)
    try:
        saved = service.save(here, round_id, reading, card)
    except TooLate as late:
        service.leave_words(here, round_id, reading)
        flash(_(late.message), "info")
        return redirect(_start(card), 303)
    here.db.flush()  # where to go next depends on what was just said
    if at is None:
        raise NotFound
    now = draft(here, round_id)
    pressed = request.form.get("put_away", "")
    # What clashed has not been read beside it yet, so nothing that lies there goes.
    for each in () if saved.conflicts else pressed_away(card.kept, now.kept, pressed):
        keeping.put_away(here, each.id)
    if (one := pressed_on(card.kept, request.form.get("send_on", ""))) and not saved.conflicts:
        to = url_for("reflections.send_on", round_id=round_id, kept_id=one)
        return redirect(to, 307)  # the same press goes on to where it is sent
    stays = bool(saved.conflicts or reading.problems or new_advice(card, now, at.leaf))
    return redirect(_onward(now, page, reading, stays=stays), 303)


def _onward(card: DraftCard, page: int, reading: Reading, *, stays: bool) -> str:
    """The page that follows: the same one where there is something to look at."""
    way = button(request.form)
    at = place_of(card, page)
    if reading.pressed or way == "save" or at is None:
        return _address(card, page, reading.focus)
    if way == "finish_later":
        return url_for("desk.week")
    if way == "back":
        earlier = at.before
        return _address(card, earlier.number) if earlier else _start(card)
    if stays:
        return _address(card, page)
    later = at.after if at.leaf.number == page else at.leaf
    if later is None:
        return url_for("reflections.check", round_id=card.task.round_id)
    if later.at_end and not at.leaf.at_end and is_under_way(card, today_number(visit(), card)):
        return _start(card)
    return _address(card, later.number)


def _address(card: DraftCard, number: int, focus: str | None = None) -> str:
    return url_for(
        "reflections.write", round_id=card.task.round_id, page=number, _anchor=focus or None
    )


def _start(card: DraftCard) -> str:
    return url_for("reflections.piece", round_id=card.task.round_id)


def _takes_words(card: DraftCard) -> bool:
    open_now = card.state is None or card.state in WRITABLE
    return open_now and service.takes_work(visit(), card)


RULES = (
    ("/reflections/<uuid:round_id>/write/<int:page>", write, ["GET", "POST"]),
    ("/reflections/<uuid:round_id>/autosave", autosave, ["POST"]),
    ("/reflections/token", token, ["GET"]),
    ("/reflections/<uuid:round_id>/discard", discard, ["POST"]),
    ("/reflections/<uuid:round_id>/kept/<uuid:kept_id>/put-away", put_away, ["POST"]),
)
