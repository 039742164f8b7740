"""The pages of a joint sheet: writing, checking, confirming, taking back, leaving out."""

from uuid import UUID

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.exercises.form.questions import problem_lines
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotFound, Stale, TooLate, Unfit
from portal.reflections.drafts.drawing import (
    kept_for,
    pressed_away,
    pressed_on,
    reading_context,
    setting_for,
)
from portal.reflections.drafts.leaves import asked_keys
from portal.reflections.drafts.service import CHANGED_SINCE
from portal.reflections.forms import bases, chosen_audience, read_page, said
from portal.reflections.joint import agreeing, service
from portal.reflections.joint.autosaving import autosave, state
from portal.reflections.joint.cards import SheetCard
from portal.reflections.joint.drawing import lines_of, whole_leaf
from portal.reflections.joint.queries import sheet
from portal.reflections.sending.cards import Said
from portal.reflections.sending.drawing import answers_on, beside_on, consents_on, problems_on
from portal.reflections.sending.queries import check_of
from portal.vocabulary import Role
from portal.web.access import accepts_rested, allow
from portal.web.door import NEXT, SIGN_IN, is_rested
from portal.web.pages import page as drawn
from portal.web.visits import keep_quiet, visit


@accepts_rested
@allow(Role.PARTNER)
def page(round_id: UUID) -> ResponseReturnValue:
    """The sheet with all its questions, while it can be written in."""
    here = visit()
    card = sheet(here, round_id)
    if request.method == "POST":
        return _save(card)
    if "fresh" in request.args:
        keep_quiet()  # the page's own script asks, and nobody has touched anything
    if not card.takes_words:
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    locale = str(get_locale())
    lines = lines_of(here, card, locale, before_sending="look" in request.args)
    return drawn(
        "reflections/joint.html",
        sheet=card,
        draft=card.draft,
        lines=lines,
        asked=asked_keys(card.draft),
        problems=problem_lines([line.question for line in lines]),
        kept=kept_for(card.draft.kept, whole_leaf(card).keys),
        save_to=url_for("reflections.sheet_autosave", round_id=round_id),
    )


@allow(Role.PARTNER)
def check(round_id: UUID) -> ResponseReturnValue:
    """Everything once more, and one's own yes to it."""
    here = visit()
    card = sheet(here, round_id)
    if not card.takes_words:
        return redirect(_address(round_id), 303)
    found = check_of(here, card.draft, str(get_locale()))
    if request.method == "POST":
        seen = request.form.get("version", "")
        return _confirm(round_id, seen, said(request.form, found.asked))
    ones = dict.fromkeys((field.key for field in card.draft.fields), 1)
    return drawn(
        "reflections/joint_check.html",
        sheet=card,
        draft=card.draft,
        answers=answers_on(found, ones, setting_for(here, card.draft, str(get_locale()))),
        consents=consents_on(found),
        problems=problems_on(found, ones),
        beside=beside_on(card.draft, ones),
    )


@allow(Role.PARTNER)
def audience(round_id: UUID) -> ResponseReturnValue:
    """The writer chooses who may read one of their own answers."""
    here = visit()
    card = sheet(here, round_id)
    key, chosen = chosen_audience(request.form)
    if key not in card.draft.choices:
        raise NotFound
    value = card.draft.reading.values.get(key)
    reading = Reading(
        values={} if value is None else {key: value},
        typed=card.draft.reading.typed,
        present=frozenset({key}),
        audiences={key: chosen},
    )
    service.save(here, round_id, reading, dict(card.bases))
    where = url_for("reflections.sheet_check", round_id=round_id, _anchor=f"answer-{key}")
    return redirect(where, 303)


@allow(Role.PARTNER)
def put_away(round_id: UUID, kept_id: UUID) -> ResponseReturnValue:
    """The writer does not need this other version."""
    service.put_away(visit(), round_id, kept_id)
    return redirect(_address(round_id), 303)


@allow(Role.PARTNER)
def send_on(round_id: UUID, kept_id: UUID) -> ResponseReturnValue:
    """Words for the counsellor alone that came after the sending go after it."""
    agreeing.send_on(visit(), round_id, kept_id)
    flash(_("Sent. Only your counsellor reads it."), "done")
    return redirect(url_for("reflections.piece", round_id=round_id), 303)


@allow(Role.PARTNER)
def take_back(round_id: UUID) -> ResponseReturnValue:
    """The two have their sheet back."""
    agreeing.take_back(visit(), round_id)
    flash(
        _(
            "You both have it back, and can go on writing. What went to your counsellor alone stays with them."
        ),
        "done",
    )
    return redirect(_address(round_id), 303)


@allow(Role.PARTNER)
def decline(round_id: UUID) -> ResponseReturnValue:
    """One of the two would rather not."""
    here = visit()
    card = sheet(here, round_id)
    if not card.takes_words:
        return redirect(_address(round_id), 303)
    if request.method == "POST":
        if request.form.get("seen") != card.own_mark:
            flash(_(CHANGED_SINCE), "info")
            return redirect(url_for("reflections.sheet_decline", round_id=round_id), 303)
        agreeing.decline(here, round_id)
        flash(_("That is all right. Your counsellor knows, and nobody else does."), "done")
        return redirect(url_for("desk.week"), 303)
    back = url_for("reflections.sheet", round_id=round_id)
    to = url_for("reflections.sheet_decline", round_id=round_id)
    seen = card.own_mark
    return drawn("reflections/joint_decline.html", draft=card.draft, seen=seen, back=back, to=to)


def _save(card: SheetCard) -> ResponseReturnValue:
    here, round_id = visit(), card.draft.task.round_id
    reading = read_page(card.draft.fields, request.form, reading_context(here, card.draft))
    if is_rested():
        service.leave_words(here, round_id, reading)
        session[NEXT] = _address(round_id)
        session["away"] = True
        return redirect(url_for(SIGN_IN), 303)
    try:
        saved = service.save(here, round_id, reading, bases(request.form))
    except TooLate as late:
        service.leave_words(here, round_id, reading)
        flash(_(late.message), "info")
        return redirect(_address(round_id), 303)
    if saved.clashes:
        flash(_("You both changed the same answer. Both texts are kept."), "info")
        return redirect(_address(round_id), 303)
    if "put_away" in request.form:
        _put_away(card, request.form["put_away"])
    if one := pressed_on(card.draft.kept, request.form.get("send_on", "")):
        to = url_for("reflections.sheet_send_on", round_id=round_id, kept_id=one)
        return redirect(to, 307)  # the same press goes on to where it is sent
    if "finish_later" in request.form:
        return redirect(url_for("desk.week"), 303)
    if "check" in request.form and not reading.problems:
        return redirect(url_for("reflections.sheet_check", round_id=round_id), 303)
    return redirect(_address(round_id, reading.focus), 303)


def _put_away(card: SheetCard, pressed: str) -> None:
    here, round_id = visit(), card.draft.task.round_id
    here.db.flush()  # the saving itself may have let it go
    now = sheet(here, round_id)
    for each in pressed_away(card.draft.kept, now.draft.kept, pressed):
        service.put_away(here, round_id, each.id)


def _confirm(round_id: UUID, seen: str, answered: Said) -> ResponseReturnValue:
    try:
        was_sent = agreeing.confirm(visit(), round_id, seen, answered)
    except Unfit:
        where = url_for("reflections.sheet_check", round_id=round_id, _anchor="summary-h")
        return redirect(where, 303)
    except Stale as stale:
        flash(_(stale.message), "info")
        return redirect(url_for("reflections.sheet_check", round_id=round_id), 303)
    flash(_("Sent to your counsellor.") if was_sent else _("Your yes is kept."), "done")
    return redirect(_address(round_id), 303)


def _address(round_id: UUID, focus: str | None = None) -> str:
    return url_for("reflections.sheet", round_id=round_id, _anchor=focus or None)


RULES = (
    ("/reflections/<uuid:round_id>/sheet", page, ["GET", "POST"], "sheet"),
    ("/reflections/<uuid:round_id>/sheet/autosave", autosave, ["POST"], "sheet_autosave"),
    ("/reflections/<uuid:round_id>/sheet/state", state, ["GET"], "sheet_state"),
    ("/reflections/<uuid:round_id>/sheet/check", check, ["GET", "POST"], "sheet_check"),
    ("/reflections/<uuid:round_id>/sheet/audience", audience, ["POST"], "sheet_audience"),
    ("/reflections/<uuid:round_id>/sheet/take-back", take_back, ["POST"], "sheet_take_back"),
    ("/reflections/<uuid:round_id>/sheet/decline", decline, ["GET", "POST"], "sheet_decline"),
    (
        "/reflections/<uuid:round_id>/sheet/kept/<uuid:kept_id>/put-away",
        put_away,
        ["POST"],
        "sheet_put_away",
    ),
    (
        "/reflections/<uuid:round_id>/sheet/kept/<uuid:kept_id>/send-on",
        send_on,
        ["POST"],
        "sheet_send_on",
    ),
)
