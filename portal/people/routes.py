"""Couples and staff: the counsellor's list and files, the owner's people."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.foundation.errors import NotFound
from portal.people import queries, service
from portal.people.cards import CoupleCard, PromiseCard
from portal.people.forms import (
    CareForm,
    EditTermsForm,
    MemberForm,
    NewCoupleForm,
    contact_names,
    member_of,
    terms_of,
)
from portal.people.service import CoupleTerms
from portal.people.staff import queries as staff
from portal.people.staff import routes as staff_routes
from portal.people.staff import service as staffing
from portal.people.staff.cards import StaffCard
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.queries import practice_card
from portal.practice.starters import promise
from portal.visit import Visit
from portal.vocabulary import Role, Seat
from portal.web.access import STAFF, allow
from portal.web.once import once
from portal.web.pages import form_page, page
from portal.web.visits import visit

pages = Blueprint("people", __name__)
ChangeTerms = Callable[[Visit, UUID, CoupleTerms], None]
# Homework lies upstairs, and ‘no contact’ has to take shared work back: the front hall says how.
CHANGE_TERMS = "weft_change_terms"


@pages.get("/people/couples")
@allow(*STAFF)
def couples() -> ResponseReturnValue:
    """The couples in somebody's care, or shared with them to read."""
    here = visit()
    return page(
        "people/couples.html",
        couples=queries.couple_cards(here),
        archived=queries.couple_cards(here, archived=True),
        contacts=contact_names(),
        may_add=deeds.may_add_couple(here.viewer),
    )


@pages.route("/people/couples/new", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
@once
def new_couple() -> ResponseReturnValue:
    """A couple of one or two is taken into care."""
    here = visit()
    practice = practice_card(here)
    form = NewCoupleForm(
        time_zone=practice.time_zone,
        currency=practice.currency,
        secrets_policy=practice.secrets_policy.value,
        opening_rule=practice.opening_rule.value,
    )
    if not form.validate_on_submit():
        return form_page("people/new_couple.html", form)
    couple = service.add_couple(here, form.terms(), form.partners())
    flash(_("Added. You can invite them now."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple.id), 303)


@pages.route("/people/couples/<uuid:couple_id>/edit", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def edit_couple(couple_id: UUID) -> ResponseReturnValue:
    """What is agreed about a couple, who they are, and who looks after them."""
    here = visit()
    _keep_others_out(couple_id)
    card = queries.couple_card(here, couple_id)
    require(deeds.may_care_for(here.viewer, couple_id))
    form = EditTermsForm.over(terms_of(card))
    if not form.validate_on_submit():
        return form_page(
            "people/edit_couple.html",
            form,
            couple=card,
            promises=_promises(card),
            **_care_of(couple_id),
        )
    change_terms: ChangeTerms = current_app.extensions[CHANGE_TERMS]
    change_terms(here, couple_id, form.terms())
    flash(_("Saved."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple_id), 303)


@pages.route("/people/couples/<uuid:couple_id>/members/<seat>", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def edit_member(couple_id: UUID, seat: str) -> ResponseReturnValue:
    """How somebody is called, how to reach them safely, and what is noted of them."""
    here = visit()
    _keep_others_out(couple_id)
    card = queries.couple_card(here, couple_id)
    require(deeds.may_care_for(here.viewer, couple_id))
    place = next((each for each in Seat if each.value == seat), None)
    member = card.member(place) if place else None
    if place is None or member is None:
        raise NotFound
    form = MemberForm.over(member_of(member, queries.contact_of(here, couple_id, place)))
    if not form.validate_on_submit():
        return form_page("people/edit_member.html", form, couple=card, member=member)
    service.change_member(here, couple_id, place, form.naming())
    flash(_("Saved."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple_id), 303)


@pages.post("/people/couples/<uuid:couple_id>/archive")
@allow(Role.COUNSELLOR)
def archive(couple_id: UUID) -> ResponseReturnValue:
    """A couple's file is put away, or taken out again."""
    service.archive(visit(), couple_id, away=request.form.get("away") != "0")
    return redirect(url_for("people.couples"), 303)


@pages.post("/people/couples/<uuid:couple_id>/care/<role>")
@allow(Role.COUNSELLOR)
def share_care(couple_id: UUID, role: str) -> ResponseReturnValue:
    """A colleague looks after this couple too, or a supervisor reads along."""
    here, place = visit(), _care_role(role)
    form = CareForm(_names(staff.staff_in(here, place)))
    queries.couple_of(here, couple_id)
    if not form.validate():
        raise NotFound
    staffing.share_care(here, couple_id, UUID(form.person.data), place)
    flash(_("Shared."), "done")
    return redirect(url_for("people.edit_couple", couple_id=couple_id), 303)


@pages.post("/people/couples/<uuid:couple_id>/care/<role>/<uuid:person_id>/end")
@allow(Role.COUNSELLOR)
def end_care(couple_id: UUID, role: str, person_id: UUID) -> ResponseReturnValue:
    """Somebody stops looking after this couple, or reading along."""
    here = visit()
    staffing.end_care(here, couple_id, person_id, _care_role(role))
    if person_id == here.viewer.person_id:
        return redirect(url_for("people.couples"), 303)
    return redirect(url_for("people.edit_couple", couple_id=couple_id), 303)


def _care_of(couple_id: UUID) -> dict[str, object]:
    here = visit()
    caring = staff.care_cards(here, couple_id)
    taken = {(card.person.id, card.role) for card in caring}

    def free(role: Role) -> list[tuple[str, str]]:
        known = [card for card in staff.staff_in(here, role) if (card.person.id, role) not in taken]
        return _names(known)

    return {
        "caring": caring,
        "colleagues": _care_form(free(Role.COUNSELLOR), "colleague", _("Colleague")),
        "supervisors": _care_form(free(Role.SUPERVISOR), "supervisor", _("Supervisor")),
    }


def _keep_others_out(couple_id: UUID) -> None:
    if request.method == "POST":
        service.keep_others_out(visit(), couple_id)


def _promises(card: CoupleCard) -> dict[UUID, tuple[str, PromiseCard]]:
    """For each of the two the name of the promise that holds for them, and when they read it."""
    read = queries.promise_cards(visit(), card)
    return {person_id: (promise(each.policy).label, each) for person_id, each in read.items()}


def _care_form(people: list[tuple[str, str]], name: str, label: str) -> CareForm | None:
    if not people:
        return None
    form = CareForm(people, label, formdata=None)
    form.person.id = f"care-{name}"
    return form


def _names(cards: list[StaffCard]) -> list[tuple[str, str]]:
    return [(str(card.person.id), card.person.name) for card in cards]


def _care_role(role: str) -> Role:
    known = {each.value: each for each in (Role.COUNSELLOR, Role.SUPERVISOR)}
    if role not in known:
        raise NotFound
    return known[role]


for rule, endpoint, methods in staff_routes.RULES:
    pages.add_url_rule(rule, view_func=endpoint, methods=methods)
