"""The agenda's page: planning the next counselling hour."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.agenda import queries, service
from portal.agenda.forms import PlanForm
from portal.people.queries import couple_card
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.once import once
from portal.web.pages import form_page
from portal.web.visits import visit

pages = Blueprint("agenda", __name__)


@pages.route("/agenda/<uuid:couple_id>/plan", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
@once
def plan(couple_id: UUID) -> ResponseReturnValue:
    """The couple's next hour is planned; one that was planned before is called off."""
    here = visit()
    couple = couple_card(here, couple_id)
    form = PlanForm().between(couple)
    starts_at = form.starts_at(couple.time_zone, here.now)
    if starts_at is None:
        hours = queries.next_hours(here, couple.id)
        return form_page("agenda/plan.html", form, couple=couple, hours=hours)
    service.plan(here, couple.id, starts_at, form.minutes.data or 0, form.with_seat)
    flash(_("The next session is planned."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


@pages.post("/agenda/<uuid:couple_id>/hours/<uuid:appointment_id>/call-off")
@allow(Role.COUNSELLOR)
def call_off(couple_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """One planned hour is called off, with whomever it was."""
    service.call_off(visit(), couple_id, appointment_id)
    flash(_("The session is called off. It stands on nobody’s page any more."), "done")
    return redirect(url_for("agenda.plan", couple_id=couple_id), 303)
