"""Checking, sending, taking back, and saying no."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.agenda.queries import next_appointments
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotFound, Unfit
from portal.homework.queries import undisturbed
from portal.reflections.drafts.drawing import setting_for
from portal.reflections.drafts.leaves import asked_leaves, leaf_of
from portal.reflections.drafts.queries import draft, held_draft, own_reflection
from portal.reflections.drafts.service import CHANGED_SINCE, save, takes_work
from portal.reflections.forms import chosen_audience, said
from portal.reflections.models import WRITABLE
from portal.reflections.openings.queries import SENT
from portal.reflections.sending import service
from portal.reflections.sending.cards import Said
from portal.reflections.sending.drawing import answers_on, beside_on, consents_on, problems_on
from portal.reflections.sending.queries import can_be_taken_back
from portal.reflections.sending.queries import check as check_card
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.pages import page as drawn
from portal.web.visits import visit


@allow(Role.PARTNER)
def check(round_id: UUID) -> ResponseReturnValue:
    """Everything once more, before it is sent."""
    here = visit()
    if request.method == "POST":
        # The round first, then the work: in the order of everybody else, so that nobody waits in a ring.
        undisturbed(here, round_id)
    reflection = own_reflection(here, round_id, lock=request.method == "POST")
    if reflection is not None and reflection.state in SENT:
        return redirect(url_for("reflections.sent", round_id=round_id), 303)
    if reflection is None or reflection.state not in WRITABLE:
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    card = check_card(here, round_id, str(get_locale()))
    if request.method == "POST":
        if request.form.get("piece") != card.draft.seen:
            flash(
                _("This has changed since you looked at it. Read it once more before you send it.")
            )
            return redirect(url_for("reflections.check", round_id=round_id), 303)
        return _send(round_id, said(request.form, card.asked))
    if not takes_work(here, card.draft):
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    leaves = leaf_of(card.draft)
    setting = setting_for(here, card.draft, str(get_locale()))
    return drawn(
        "reflections/check.html",
        check=card,
        answers=answers_on(card, leaves, setting),
        consents=consents_on(card),
        problems=problems_on(card, leaves),
        beside=beside_on(card.draft, leaves),
        last=asked_leaves(card.draft)[-1].number,
    )


@allow(Role.PARTNER)
def audience(round_id: UUID) -> ResponseReturnValue:
    """The writer chooses who may read one answer."""
    here = visit()
    card = draft(here, round_id)
    key, chosen = chosen_audience(request.form)
    if key not in card.choices:
        raise NotFound
    value = card.reading.values.get(key)
    save(
        here,
        round_id,
        Reading(
            values={} if value is None else {key: value},
            typed=card.reading.typed,
            present=frozenset({key}),
            audiences={key: chosen},
            counters=card.counters,
        ),
    )
    return redirect(url_for("reflections.check", round_id=round_id, _anchor=f"answer-{key}"), 303)


@allow(Role.PARTNER)
def sent(round_id: UUID) -> ResponseReturnValue:
    """A receipt."""
    here = visit()
    card = draft(here, round_id)
    reflection = own_reflection(here, round_id)
    if reflection is None or reflection.state not in SENT:
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    meets_at = next_appointments(here, [card.task.couple_id]).get(card.task.couple_id)
    return drawn(
        "reflections/sent.html",
        draft=card,
        sent_at=reflection.sent_at,
        can_be_taken_back=can_be_taken_back(here, reflection, card.task),
        meets_at=meets_at,
    )


@allow(Role.PARTNER)
def take_back(round_id: UUID) -> ResponseReturnValue:
    """The writer takes their own work back."""
    here = visit()
    service.take_back(here, round_id)
    if takes_work(here, draft(here, round_id)):
        said = _(
            "You have it back, and you can go on writing. Nobody else can read it now, but for what went to your counsellor alone: that stays with them."
        )
    else:
        said = _(
            "You have it back. This piece takes no more words. Nobody else can read it now, but for what went to your counsellor alone: that stays with them."
        )
    flash(said, "done")
    return redirect(url_for("reflections.piece", round_id=round_id), 303)


@allow(Role.PARTNER)
def decline(round_id: UUID) -> ResponseReturnValue:
    """The writer would rather not do this one."""
    here = visit()
    card = held_draft(here, round_id) if request.method == "POST" else draft(here, round_id)
    if card.state is not None and card.state not in WRITABLE:
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    if request.method == "POST":
        if request.form.get("seen") != card.seen:
            flash(_(CHANGED_SINCE), "info")
            return redirect(url_for("reflections.decline", round_id=round_id), 303)
        service.decline(here, round_id)
        flash(_("That is all right. Your counsellor knows, and nobody else does."), "done")
        return redirect(url_for("desk.week"), 303)
    back = url_for("reflections.piece", round_id=round_id)
    to = url_for("reflections.decline", round_id=round_id)
    return drawn("reflections/decline.html", draft=card, seen=card.seen, back=back, to=to)


def _send(round_id: UUID, answered: Said) -> ResponseReturnValue:
    try:
        service.send(visit(), round_id, answered)
    except Unfit:
        return redirect(url_for("reflections.check", round_id=round_id, _anchor="summary-h"), 303)
    return redirect(url_for("reflections.sent", round_id=round_id), 303)


RULES = (
    ("/reflections/<uuid:round_id>/check", check, ["GET", "POST"]),
    ("/reflections/<uuid:round_id>/audience", audience, ["POST"]),
    ("/reflections/<uuid:round_id>/sent", sent, ["GET"]),
    ("/reflections/<uuid:round_id>/take-back", take_back, ["POST"]),
    ("/reflections/<uuid:round_id>/decline", decline, ["GET", "POST"]),
)
