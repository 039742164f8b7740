"""Deciding about joint work."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.care import queries, service
from portal.care.chairs import routes as chairs
from portal.care.forms import AgreementForm, HoldForm, JointWorkForm, SecondForm, allowed_by
from portal.foundation.errors import NotFound, Refused, Stale
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.queries import practice_card
from portal.vocabulary import JointWork, Role, Seat
from portal.web.access import allow
from portal.web.once import once
from portal.web.pages import form_page, typed
from portal.web.visits import visit

pages = Blueprint("care", __name__)
# A page that was left open says what it meant, and never does the opposite.
WISHES = ("begin", "end")


@pages.route("/care/<uuid:couple_id>/joint-work", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def joint_work(couple_id: UUID) -> ResponseReturnValue:
    """The counsellor decides whether these two may work together for now."""
    here = visit()
    couple = couple_card(here, couple_id)
    form = JointWorkForm(status=couple.joint_work.value, seen=couple.joint_work_mark)
    stands = ""
    if form.validate_on_submit():
        try:
            status, reason = JointWork(form.status.data), form.reason.data or ""
            service.set_joint_work(here, couple.id, status, reason, seen=typed(form.seen))
        except Refused as no:
            form.status.errors = [_(reason) for reason in no.reasons]
        except Stale as no:
            couple = couple_card(here, couple_id)
            form.stand_at(couple, _(no.message))
            stands = _(queries.statuses()[couple.joint_work.value].label)
        else:
            flash(_("Your decision is kept."), "done")
            return redirect(url_for("today.couple", couple_id=couple.id), 303)
    return form_page(
        "care/joint_work.html",
        form,
        couple=couple,
        stands=stands,
        allows=allowed_by(),
        screening=queries.screening(),
        shared=queries.shared_work(here, couple.id),
        days=practice_card(here).clear_days,
    )


@pages.route("/care/<uuid:couple_id>/hold", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def hold(couple_id: UUID) -> ResponseReturnValue:
    """Everything between these two waits, silently, or no longer waits."""
    here = visit()
    couple = couple_card(here, couple_id)
    form = HoldForm(seen=couple.hold_mark)
    if form.wish.data not in WISHES or not form.validate_on_submit():
        return form_page("care/hold.html", form, couple=couple)
    begins, reason = form.wish.data == "begin", form.reason.data or ""
    try:
        service.hold(here, couple.id, begins, reason, typed(form.seen))
    except Stale as no:
        couple = couple_card(here, couple_id)
        form.seen.data, form.form_errors = couple.hold_mark, [_(no.message)]
        return form_page("care/hold.html", form, couple=couple)
    flash(_("Kept. Neither of them is told."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


@pages.route("/care/<uuid:couple_id>/second", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
@once
def add_second(couple_id: UUID) -> ResponseReturnValue:
    """Somebody is named beside a person who came alone, and may take part."""
    here = visit()
    couple = couple_card(here, couple_id)
    require(deeds.may_care_for(here.viewer, couple.id))
    form = SecondForm()
    if couple.member(Seat.B) is not None or not form.validate_on_submit():
        return form_page("care/second.html", form, couple=couple)
    service.add_second(here, couple.id, form.naming())
    flash(_("Kept. Nothing from before exists for them."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple.id), 303)


@pages.post("/care/<uuid:couple_id>/members/<seat>/take-part")
@allow(Role.COUNSELLOR)
def take_part(couple_id: UUID, seat: str) -> ResponseReturnValue:
    """Somebody who was only named takes part from now on."""
    place = next((each for each in Seat if each.value == seat), None)
    if place is None:
        raise NotFound
    service.take_part(visit(), couple_id, place)
    flash(_("Kept. You can invite them now; nothing from before exists for them."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple_id), 303)


@pages.route("/care/<uuid:couple_id>/apart", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def apart(couple_id: UUID) -> ResponseReturnValue:
    """The two come apart, or are together again; each way only by an agreement."""
    here = visit()
    couple = couple_card(here, couple_id)
    form = AgreementForm()
    if form.wish.data not in WISHES or not form.validate_on_submit():
        shared = queries.shared_work(here, couple.id)
        return form_page("care/apart.html", form, couple=couple, shared=shared)
    deed = service.come_apart if form.wish.data == "begin" else service.come_together
    deed(here, couple.id, form.agreement.data or "")
    flash(_("The agreement is kept."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


@pages.post("/care/time")
@allow(Role.PARTNER)
def about_time() -> ResponseReturnValue:
    """A partner would like to talk alone; the answer is the same whatever was asked before."""
    service.ask_to_talk(visit())
    flash(_("Noted."), "done")
    found = request.form.get("round", type=UUID)
    if found is not None:
        return redirect(url_for("reflections.check", round_id=found), 303)
    return redirect(url_for("accounts.settings"), 303)


@pages.post("/care/<uuid:couple_id>/talks/<seat>")
@allow(Role.COUNSELLOR)
def talk_seen(couple_id: UUID, seat: str) -> ResponseReturnValue:
    """The counsellor has seen that somebody would like to talk alone."""
    place = next((each for each in Seat if each.value == seat), None)
    if place is None:
        raise NotFound
    service.note_talk_seen(visit(), couple_id, place, request.form.getlist("wish", type=UUID))
    flash(_("Kept. Tell them in person; no page does."), "done")
    return redirect(url_for("today.couple", couple_id=couple_id), 303)


for rule, endpoint, methods in chairs.RULES:
    pages.add_url_rule(rule, view_func=endpoint, methods=methods)
