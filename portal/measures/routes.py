"""The check-in's pages: writing it, one's own totals, and both partners for the counsellor."""

from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.audit import service as audit
from portal.exercises.queries import promise
from portal.foundation.errors import NotFound, TooLate
from portal.measures import queries, service
from portal.measures.cards import Kept, WritingCard
from portal.measures.forms import CheckInForm, check_in_form
from portal.measures.opened import TEXTS
from portal.measures.picture import couple_picture
from portal.people.promises import CHANGED_MEANWHILE
from portal.people.queries import own_couple
from portal.policies import deeds
from portal.visit import Visit
from portal.vocabulary import Role
from portal.web.access import STAFF, accepts_rested, allow
from portal.web.display import clock
from portal.web.door import NEXT, SIGN_IN, give_back_words, is_rested
from portal.web.pages import form_page, page
from portal.web.saving import tell_clashes
from portal.web.visits import visit

pages = Blueprint("measures", __name__)
ASKED_ANEW = "This week is asked in other words by now. What you write is kept. Open this page anew to find it, and to choose the numbers."
LEFT_AFTER = "The check-in for the week of this page has been sent already. What you write waits beside your next one."
ASKED_OTHERWISE = "This week is asked in other words by now. What you wrote stands beside its box; nothing was sent."


@pages.route("/measures/check-in", methods=["GET", "POST"])
@accepts_rested
@allow(Role.PARTNER)
def check_in() -> ResponseReturnValue:
    """This week's check-in, written, kept or sent."""
    if is_rested():
        return _left()
    here = visit()
    card = _written(here) if request.method == "POST" else _card(here)
    if card.sent_at is not None:
        return _sent_already(card)
    form = check_in_form(card)
    if request.method == "GET":
        return _asked(form, card)
    return _taken(form, card)


def _taken(form: CheckInForm, card: WritingCard) -> ResponseReturnValue:
    """What a page brings is kept, and sent where it fits and nothing else stands there by now."""
    here, late, typed = visit(), card.is_late, form.typed(request.form)
    if card.asks_otherwise(typed.wording):
        service.leave_words(here, typed, late=late)
        flash(_(ASKED_OTHERWISE), "info")
        return redirect(_address(card), 303)
    kept = service.save(here, typed, late=late)
    put_away = request.form.get("put_away", "")
    if put_away:
        service.put_away(here, put_away, late=late)
    unseen = _other_words(form, card, kept)
    if unseen is not None:
        return unseen
    if "send" not in request.form:
        flash(_("Put away.") if put_away else _("Kept. Nothing was sent."), "done")
        return redirect(_address(card), 303)
    if not form.validate():
        here.db.commit()  # what was typed stays, whatever does not fit
        return _asked(form, card, kept.counts)
    service.send(here, typed, late=late)
    flash(_("Sent. Only your counsellor reads your answers."), "done")
    return redirect(url_for("measures.mine"), 303)


@pages.post("/measures/check-in/autosave")
@accepts_rested
@allow(Role.PARTNER)
def autosave() -> ResponseReturnValue:
    """Keep what is being typed."""
    here = visit()
    if is_rested():
        if _leave():
            return jsonify(state="signed_out"), 401
        return jsonify(state="late", message=_(_why_no_week(here))), 409
    card = _written(here)
    late = card.is_late
    typed = check_in_form(card).typed(request.form)
    if card.sent_at is not None or card.asks_otherwise(typed.wording):
        _keep_beside(card)
        return jsonify(state="late", message=_(LEFT_AFTER if card.sent_at else ASKED_ANEW)), 409
    kept = service.save(here, typed, late=late)
    # A text that was not sent waits for a decision on its page, and stands upon what it was typed upon.
    marks = {k: m for k, m in kept.marks.items() if k not in TEXTS or k in request.form}
    if kept.other:
        clashes = [(key, text, kept.counts[key]) for key, text in kept.other.items()]
        return tell_clashes(here, marks, clashes)
    at = clock(here.now, card.zone, str(get_locale()))
    return jsonify(state="saved", counters=marks, saved_at=at)


@pages.get("/measures/mine")
@allow(Role.PARTNER)
def mine() -> ResponseReturnValue:
    """A partner's own totals over time, and the yes for paper."""
    return page("measures/mine.html", card=queries.own_check_ins(visit(), str(get_locale())))


@pages.post("/measures/totals")
@allow(Role.PARTNER)
def totals() -> ResponseReturnValue:
    """A partner says whether their totals, with their parts, may stand in the coming summary for both."""
    service.say(visit(), yes=request.form.get("answer") == "yes")
    flash(_("Your answer is kept."), "done")
    return redirect(url_for("measures.mine"), 303)


@pages.get("/measures/<uuid:couple_id>")
@allow(*STAFF)
def couple(couple_id: UUID) -> ResponseReturnValue:
    """Both partners over time, with what is worth asking about."""
    here = visit()
    card = couple_picture(here, couple_id, str(get_locale()))
    freely = queries.last_questions()["could_be_open"].options
    may_act = deeds.may_care_for(here.viewer, couple_id)
    audit.note_read(here, (each.id for each in card.check_ins), couple_id)
    return page("measures/couple.html", card=card, may_act=may_act, freely=freely)


@pages.post("/measures/<uuid:couple_id>/switch")
@allow(Role.COUNSELLOR)
def switch(couple_id: UUID) -> ResponseReturnValue:
    """The counsellor switches the weekly check-in on or off."""
    is_on = request.form.get("on") == "yes"
    service.switch(visit(), couple_id, on=is_on)
    flash(_("The weekly check-in is on.") if is_on else _("The weekly check-in is off."), "done")
    return redirect(url_for("measures.couple", couple_id=couple_id), 303)


def _card(here: Visit) -> WritingCard:
    week = request.form.get("week", "")
    drawn = request.form.get("wording", "")
    return queries.writing(here, late="late" in request.args, week=week, wording=drawn)


def _written(here: Visit) -> WritingCard:
    """The week that a page was drawn for; where there is none to write in any more, the words are given back."""
    try:
        card = _card(here)
    except NotFound:
        raise TooLate(_why_no_week(here)) from None
    if not card.is_week(request.form.get("week", "")):
        raise TooLate(service.OVER)
    return card


def _why_no_week(here: Visit) -> str:
    is_asked = queries.is_on(here, own_couple(here).id)
    return service.OVER if is_asked else service.NOT_ASKED


def _keep_beside(card: WritingCard) -> None:
    """What the page brings is kept, and changes nothing of what stands or was sent."""
    here = visit()
    service.leave_words(here, check_in_form(card).typed(request.form), late=card.is_late)
    here.db.commit()  # an answer above 400 keeps nothing otherwise


def _other_words(form: CheckInForm, card: WritingCard, kept: Kept) -> ResponseReturnValue | None:
    """What now stands in the draft and was not on the page: it is looked at before anything is sent."""
    here = visit()
    if kept.other:
        here.db.commit()  # the page counts on from what was kept
        return _asked(form, card, kept.counts, kept.other)
    if kept.has_moved:
        flash(_("You chose something else in another place meanwhile. It stands here now."), "info")
        return redirect(_address(card), 303)
    if "send" in request.form:
        now = queries.writing(here, late=card.is_late)
        if request.form.get("promise", "") != card.own.promise_mark:
            here.db.commit()  # the page shows what is promised now, and what was typed
            flash(_(CHANGED_MEANWHILE), "info")
            return _asked(form, now, kept.counts)
        # What stood beside the draft may have been taken into it with this very saving.
        if request.form.get("left", "") not in (card.left_mark, now.left_mark):
            here.db.commit()  # words were left meanwhile
            return _asked(form, now, kept.counts)
    return None


def _address(card: WritingCard) -> str:
    return url_for("measures.check_in", late=1 if card.is_late else None)


def _left() -> ResponseReturnValue:
    """Words from a page that has rested: the answer is the same whether or not the week's was sent."""
    here = visit()
    back = _leave()
    if not back or not queries.is_on(here, own_couple(here).id):
        return give_back_words()
    session[NEXT], session["away"] = back, True
    return redirect(url_for(SIGN_IN), 303)


def _leave() -> str:
    """Keep them beside what their writer does next here; nothing in the answer says where.

    What comes back is the page on which they stand; nothing where no week is left in which they could.
    """
    here = visit()
    try:
        card = _card(here)
    except NotFound:
        return ""
    _keep_beside(card)
    return _address(card)


def _sent_already(card: WritingCard) -> ResponseReturnValue:
    """There is nothing more to send; what was typed meanwhile is given back, and waits beside the next one."""
    if request.method == "GET":
        if card.left:
            flash(_("What you wrote after it was sent waits beside your next check-in."), "done")
        return redirect(url_for("measures.mine"), 303)
    _keep_beside(card)
    raise TooLate(service.SENT_BEFORE)


def _asked(
    form: CheckInForm,
    card: WritingCard,
    counts: object = None,
    other: object = None,
) -> ResponseReturnValue:
    """The page to write on; where another device was faster, with both texts."""
    asked = queries.last_questions()
    sentence = promise(card.own.secrets_policy)
    drawn = form_page(
        "measures/check_in.html",
        form,
        card=card,
        counts=counts or card.counts,
        other=other or {},
        freely=asked["could_be_open"].options,
        helps={
            "could_be_open": asked["could_be_open"].help,
            "private_note": asked["private_note"].help.format(secrets_policy_sentence=sentence),
        },
    )
    return (drawn[0], 409) if other and isinstance(drawn, tuple) else drawn
