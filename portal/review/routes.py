"""The counsellor's reading: the queue, both sides of a round, and writing back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.audit import service as audit
from portal.foundation.errors import NotFound, Refused, Stale, TooLate
from portal.homework.giving.queries import follow_ups, way_to
from portal.homework.queries import task as task_of
from portal.measures.queries import last_questions
from portal.measures.seen.service import note_seen
from portal.policies import deeds
from portal.reflections.openings import service as openings
from portal.reflections.sending import service as sending
from portal.review import figures, queries, service, waiting
from portal.review.cards import QueueCard, ReviewCard
from portal.review.forms import ChangeForm, FeedbackForm, ReturnForm
from portal.review.highlights import disclaimer
from portal.vocabulary import Act, Mode, Pocket, Role
from portal.web.access import STAFF, allow
from portal.web.forms import PortalForm
from portal.web.once import once
from portal.web.pages import page, typed
from portal.web.visits import visit

pages = Blueprint("review", __name__)


@pages.get("/review")
@allow(Role.COUNSELLOR)
def queue() -> ResponseReturnValue:
    """Everything that waits to be read, over all couples."""
    return page("review/queue.html", cards=waiting.queue(visit()), disclaimer=disclaimer())


@pages.get("/review/numbers/<uuid:couple_id>")
@allow(*STAFF)
def numbers(couple_id: UUID) -> ResponseReturnValue:
    """What homework came to in numbers, over time."""
    here = visit()
    card = figures.figures_of(here, couple_id, str(get_locale() or "en"))
    audit.note_read(here, card.read, couple_id)
    return page("review/numbers.html", card=card)


@pages.get("/review/<uuid:round_id>")
@allow(*STAFF)
def read(round_id: UUID) -> ResponseReturnValue:
    """One round, both sides beside each other; that it was read is noted."""
    return _page(queries.reading(visit(), round_id, str(get_locale() or "en")))


@pages.post("/review/<uuid:round_id>/done")
@allow(Role.COUNSELLOR)
def done(round_id: UUID) -> ResponseReturnValue:
    """What was on the page is marked as read, and the next one comes."""
    here = visit()
    card, before = queries.reading(here, round_id), waiting.queue(here)
    is_new = False
    for part in card.waiting:
        try:
            sending.mark_read(here, part.id, request.form.getlist("seen"))
        except Stale:
            is_new = True
    if is_new:
        flash(_("Something new came in while you were reading. It is on this page now."))
        return redirect(url_for("review.read", round_id=round_id), 303)
    return _on_to(waiting.following(before, round_id))


@pages.get("/review/check-ins/<uuid:check_in_id>")
@allow(*STAFF)
def check_in(check_in_id: UUID) -> ResponseReturnValue:
    """One weekly check-in, whole, with the queue beside it; that it was read is noted."""
    here = visit()
    reading = waiting.check_in_reading(here, check_in_id)
    couple = reading.card.couple
    audit.record(here, Act.READ, check_in_id, couple.id)
    may_act = deeds.may_note_check_in(here.viewer, couple.id)
    return page(
        "review/check_in.html",
        reading=reading,
        card=reading.card,
        may_act=may_act,
        freely=last_questions()["could_be_open"],
        disclaimer=disclaimer(),
        **waiting.around(waiting.queue(here) if may_act else [], check_in_id),
    )


@pages.post("/review/check-ins/<uuid:couple_id>/seen")
@allow(Role.COUNSELLOR)
def seen(couple_id: UUID) -> ResponseReturnValue:
    """The check-ins that were on the page are marked as seen; from the queue the next one comes."""
    here, ids = visit(), request.form.getlist("seen", type=UUID)
    before = waiting.queue(here)
    note_seen(here, couple_id, ids)
    if request.form.get("then") == "next" and ids:
        return _on_to(waiting.following(before, ids[0]))
    return redirect(url_for("measures.couple", couple_id=couple_id), 303)


@pages.post("/review/<uuid:round_id>/return/<uuid:part_id>")
@allow(Role.COUNSELLOR)
def give_back(round_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """One part goes back to its writer, with a line of why."""
    here, form = visit(), ReturnForm()
    card = queries.reading(here, round_id)
    if part_id not in [part.id for part in card.parts]:
        raise NotFound
    if part_id not in [part.id for part, _name in card.returnable]:
        raise TooLate(sending.NOT_RETURNED)
    is_new = form.seen.data not in [p.text_mark for p in card.parts if p.id == part_id]
    why_not = card.no_way_on[part_id] or (sending.CAME_IN_ANEW if is_new else "")
    if not form.validate_on_submit() or why_not:
        form.line.id = f"line-{part_id}"
        form.line.errors = [_(why_not)] if why_not else form.line.errors
        return _page(card, form, wrong_id=part_id), 422
    sending.give_back(here, part_id, typed(form.line), typed(form.seen))
    flash(_("Returned with your line. Their words are still there to go on from."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


@pages.post("/review/<uuid:round_id>/hold")
@allow(Role.COUNSELLOR)
def hold(round_id: UUID) -> ResponseReturnValue:
    """Openings and releases of this homework wait, or wait no longer."""
    _turn_hold(task_of(visit(), round_id).assignment_id)
    return redirect(url_for("review.read", round_id=round_id), 303)


@pages.post("/review/homework/<uuid:assignment_id>/hold")
@allow(Role.COUNSELLOR)
def hold_homework(assignment_id: UUID) -> ResponseReturnValue:
    """The same from the page of the homework, for all of its weeks."""
    _turn_hold(assignment_id)
    return redirect(url_for("homework.detail", assignment_id=assignment_id), 303)


def _turn_hold(assignment_id: UUID) -> None:
    begins = request.form.get("hold") == "begin"
    try:
        service.hold(visit(), assignment_id, begins, seen=request.form.get("lifts", ""))
        flash(_("Held. Nothing of it opens.") if begins else _("The hold is lifted."), "done")
    except Stale as no:
        flash(_(no.message))


@pages.post("/review/<uuid:round_id>/open", endpoint="open")
@allow(Role.COUNSELLOR)
def open_round(round_id: UUID) -> ResponseReturnValue:
    """The round opens to both, in one moment."""
    here = visit()
    try:
        openings.open_round(here, round_id, *_decided())
    except (Refused, Stale) as no:
        return _refused(round_id, no)
    flash(_("Open to both now. It cannot be closed again."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


@pages.post("/review/<uuid:round_id>/release/<uuid:part_id>/<key>")
@allow(Role.COUNSELLOR)
def release(round_id: UUID, part_id: UUID, key: str) -> ResponseReturnValue:
    """One answer is released to the other partner."""
    here = visit()
    if part_id not in [part.id for part in queries.reading(here, round_id).parts]:
        raise NotFound
    try:
        openings.release(here, part_id, key, *_decided())
    except (Refused, Stale) as no:
        return _refused(round_id, no)
    flash(_("Released. It cannot be taken back."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


@pages.post("/review/<uuid:round_id>/feedback")
@allow(Role.COUNSELLOR)
@once
def feedback(round_id: UUID) -> ResponseReturnValue:
    """The counsellor writes back: kept as a draft, or sent."""
    here = visit()
    card = queries.reading(here, round_id)
    form = _feedback_form(card)
    if not form.validate_on_submit():
        return _page(card, form), 422
    try:
        pocket, seen = Pocket(form.pocket.data), request.form.getlist("seen")
        written = service.write_feedback(here, round_id, pocket, typed(form.text), seen)
        if _is_sent():
            here.db.flush()  # it is looked up again, and locked, before it is given away
            service.release_feedback(here, written.id)
    except Refused as no:
        form.pocket.errors = [_(reason) for reason in no.reasons]
        return _page(card, form), 422
    flash(_("Sent.") if _is_sent() else _("Kept as a draft. Only you see it."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


@pages.post("/review/<uuid:round_id>/feedback/<uuid:feedback_id>")
@allow(Role.COUNSELLOR)
def change_feedback(round_id: UUID, feedback_id: UUID) -> ResponseReturnValue:
    """A draft is gone on with, or sent."""
    here, form = visit(), ChangeForm()
    card = queries.reading(here, round_id)
    draft = next((each for each in card.feedback if each.id == feedback_id), None)
    if draft is None:
        raise NotFound
    if draft.released_at:
        raise TooLate(service.RELEASED)
    form.text.id = f"text-{feedback_id}"
    if not form.validate_on_submit():
        return _page(card, form, wrong_id=feedback_id), 422
    try:
        service.change_feedback(here, feedback_id, typed(form.text), typed(form.seen))
        if _is_sent():
            service.release_feedback(here, feedback_id)
    except Refused as no:
        form.text.errors = [_(reason) for reason in no.reasons]
        return _page(card, form, wrong_id=feedback_id), 422
    flash(_("Sent.") if _is_sent() else _("Kept as a draft. Only you see it."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


def _is_sent() -> bool:
    return request.form.get("then") == "send"


def _feedback_form(card: ReviewCard, **given: Any) -> FeedbackForm:
    asked_of = [m for m in card.couple.members if m.person.id in card.task.recipients]
    only = asked_of[0].seat.value if len(asked_of) == 1 else None
    is_shared = card.task.mode is not Mode.INDIVIDUAL
    return FeedbackForm(asked_of, is_shared=is_shared, pocket=only, **given)


def _decided() -> tuple[tuple[str, ...], list[str]]:
    """The statements that were ticked, and the texts that stood on the page."""
    return tuple(request.form.getlist("tick")), request.form.getlist("seen")


def _refused(round_id: UUID, no: Refused | Stale) -> ResponseReturnValue:
    card = queries.reading(visit(), round_id, str(get_locale() or "en"))
    return _page(card, refused=no.reasons if isinstance(no, Refused) else (no.message,)), 422


def _page(
    card: ReviewCard,
    wrong: PortalForm | None = None,
    wrong_id: UUID | None = None,
    refused: tuple[str, ...] = (),
) -> str:
    here = visit()
    for each in card.read:
        audit.record(here, Act.READ, each, card.couple.id)
    may_act = deeds.may_care_for(here.viewer, card.couple.id)
    cards = waiting.queue(here) if may_act else []
    form = wrong if isinstance(wrong, FeedbackForm) else _feedback_form(card, formdata=None)
    is_read = may_act and bool(card.parts) and not card.waiting
    way = way_to(card.couple, card.task.recipients)
    return page(
        "review/read.html",
        card=card,
        **waiting.around(cards, card.task.round_id),
        may_act=may_act,
        suggested=follow_ups(here, card.couple, card.task.edition, way) if is_read else [],
        way=way,
        form=wrong or form,
        feedback_form=form,
        wrong_id=wrong_id,
        refused=[_(reason) for reason in refused],
        disclaimer=disclaimer(),
    )


def _on_to(following: QueueCard | None) -> ResponseReturnValue:
    """The next one to read, or the word that there is none."""
    if following is None:
        flash(_("You are all caught up."), "done")
        return redirect(url_for("review.queue"), 303)
    if following.is_check_in:
        return redirect(url_for("review.check_in", check_in_id=following.id), 303)
    return redirect(url_for("review.read", round_id=following.id), 303)
