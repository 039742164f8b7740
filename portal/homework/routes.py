"""Homework's pages: giving it, looking at what was given, and ending it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.agenda.queries import next_appointments
from portal.exercises import narrowing
from portal.exercises import queries as exercises
from portal.exercises.form.values import People
from portal.exercises.previews import preview as preview_of
from portal.foundation.errors import NotFound, Refused
from portal.homework import queries, service
from portal.homework.forms import AssignForm
from portal.homework.giving.queries import for_each_alone, shelf, ways_of
from portal.homework.programmes import routes as programmes_routes
from portal.homework.programmes import service as programmes
from portal.people.cards import CoupleCard
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.vocabulary import Role, Seat
from portal.web.access import STAFF, allow
from portal.web.once import once
from portal.web.pages import form_page, page
from portal.web.visits import visit

pages = Blueprint("homework", __name__)


@pages.route("/homework/<uuid:couple_id>/assign", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
@once
def assign(couple_id: UUID) -> ResponseReturnValue:
    """The counsellor gives an exercise to both or to one."""
    here = visit()
    couple = couple_card(here, couple_id)
    today = service.today_in(here, couple.time_zone)
    next_at = next_appointments(here, [couple.id]).get(couple.id)
    due_on = service.usual_due_day(today, next_at, couple.time_zone)
    chosen = {name: request.args.get(name, "") for name in ("exercise", "other")}
    alone = for_each_alone(here, couple)
    form = AssignForm(couple, due_on, request.args.get("to", ""), alone, **chosen)
    orders = form.orders(today)
    if not orders:
        return _assign_page(couple, form)
    try:
        programmes.give_each(here, couple.id, orders)
    except Refused:
        for field, order in zip((form.exercise, form.other), orders, strict=False):
            field.errors = [_(no) for no in service.reasons_against(here, couple.id, order)]
        return _assign_page(couple, form)
    flash(_("Given. They see it on their page now."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


@pages.get("/homework/<uuid:couple_id>/preview/<uuid:edition_id>/<seat>")
@allow(*STAFF)
def preview(couple_id: UUID, edition_id: UUID, seat: str) -> ResponseReturnValue:
    """What one of the two will see of an exercise, word for word; of what the other is given, nothing."""
    here = visit()
    couple = couple_card(here, couple_id)
    edition = exercises.edition(here.db, edition_id)
    member = next((m for m in couple.taking_part if m.seat.value == seat), None)
    if member is None:
        raise NotFound
    way = request.args.get("to", "")
    if member not in ways_of(couple).get(way, couple.taking_part):
        return page("homework/no_preview.html", couple=couple, member=member, way=way)
    first, second = couple.member(Seat.A), couple.member(Seat.B)
    names = People(
        first.person.first_name if first else "", second.person.first_name if second else ""
    )
    solo = queries.is_solo_for(edition, couple)
    card = preview_of(
        edition.content,
        solo=solo,
        shared=not solo and queries.couple_facts(couple).is_clear,
        promise=exercises.promise(couple.secrets_policy),
        people=names,
    )
    return page("homework/preview.html", couple=couple, member=member, way=way, card=card)


@pages.get("/homework/<uuid:assignment_id>")
@allow(*STAFF)
def detail(assignment_id: UUID) -> ResponseReturnValue:
    """Homework that was given."""
    here = visit()
    card = queries.assignment_card(here, assignment_id)
    couple = couple_card(here, card.task.couple_id)
    may_act = deeds.may_care_for(here.viewer, couple.id)
    today = service.today_in(here, couple.time_zone)
    rounds = [(each, each.phase(today).value) for each in card.rounds]
    return page("homework/detail.html", card=card, couple=couple, may_act=may_act, rounds=rounds)


@pages.route("/homework/<uuid:assignment_id>/close", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def close(assignment_id: UUID) -> ResponseReturnValue:
    """Homework is closed: it takes no more work."""
    if request.method == "GET":
        return _ending_page(assignment_id, "close")
    service.close(visit(), assignment_id)
    flash(_("Closed. It takes no more work."), "done")
    return redirect(url_for("homework.detail", assignment_id=assignment_id), 303)


@pages.route("/homework/<uuid:assignment_id>/withdraw", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def withdraw(assignment_id: UUID) -> ResponseReturnValue:
    """Homework is taken back."""
    if request.method == "GET":
        return _ending_page(assignment_id, "withdraw")
    service.withdraw(visit(), assignment_id)
    flash(_("Taken back."), "done")
    return redirect(url_for("homework.detail", assignment_id=assignment_id), 303)


def _assign_page(couple: CoupleCard, form: AssignForm) -> ResponseReturnValue:
    wanted = narrowing.wanted()
    return form_page(
        "homework/assign.html",
        form,
        couple=couple,
        wanted=wanted,
        narrowings=narrowing.narrowings(exercises.newest_editions(visit().db)),
        shelf=shelf(visit(), couple, form.way, wanted, form.chosen),
        is_archived=couple.archived_at is not None,
    )


def _ending_page(assignment_id: UUID, how: str) -> ResponseReturnValue:
    here = visit()
    card = queries.assignment_card(here, assignment_id)
    couple = couple_card(here, card.task.couple_id)
    return page("homework/ending.html", card=card, couple=couple, how=how)


for rule, endpoint, methods in programmes_routes.RULES:
    pages.add_url_rule(rule, view_func=endpoint, methods=methods)
