"""The owner's people: taking somebody on, their roles, and handing couples over."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.foundation.errors import NotFound, Refused
from portal.people.forms import CareForm, EditRolesForm, StaffForm, staff_role_names
from portal.people.service import Naming
from portal.people.staff import queries, service
from portal.policies import deeds
from portal.practice import service as practice
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.once import once
from portal.web.pages import form_page, typed
from portal.web.visits import visit


@allow(Role.OWNER)
@once
def staff() -> ResponseReturnValue:
    """Everybody who works for the practice."""
    here, form = visit(), StaffForm()
    if not form.validate_on_submit():
        cards = queries.staff_cards(here)
        return form_page("people/staff.html", form, staff=cards, role_names=staff_role_names())
    person = service.add_staff(here, Naming(typed(form.name)), form.chosen())
    flash(_("Added. Hand them their code next."), "done")
    return redirect(url_for("people.colleague", person_id=person.id), 303)


@allow(Role.OWNER)
def colleague(person_id: UUID) -> ResponseReturnValue:
    """One of the staff: their roles, their code, and whom their couples go to."""
    here = visit()
    if request.method == "POST":
        practice.keep_others_out(here)
    card = next((c for c in queries.staff_cards(here) if c.person.id == person_id), None)
    if card is None:
        raise NotFound
    form = EditRolesForm.over({"roles": [role.value for role in card.roles]})
    if form.validate_on_submit():
        try:
            service.change_roles(here, person_id, form.chosen())
        except Refused as no:
            form.roles.errors = [_(reason) for reason in no.reasons]
        else:
            flash(_("Saved."), "done")
            return redirect(url_for("people.staff"), 303)
    return form_page(
        "people/colleague.html",
        form,
        staff=card,
        counsels=Role.COUNSELLOR in card.roles,
        successors=_successors(person_id),
        is_me=person_id == here.viewer.person_id,
    )


@allow(Role.OWNER)
def hand_over(person_id: UUID) -> ResponseReturnValue:
    """All couples of one counsellor go to another; the owner sees none of them."""
    form = CareForm(_others(person_id))
    if not form.validate():
        raise NotFound
    count = service.hand_over_all(visit(), person_id, UUID(form.person.data))
    flash(
        ngettext("%(num)d couple was handed over.", "%(num)d couples were handed over.", count),
        "done",
    )
    return redirect(url_for("people.colleague", person_id=person_id), 303)


def _others(person_id: UUID) -> list[tuple[str, str]]:
    here = visit()
    return [
        (str(card.person.id), card.person.name)
        for card in queries.staff_in(here, Role.COUNSELLOR)
        if card.person.id != person_id and deeds.may_hand_over(here.viewer, card.person.id)
    ]


def _successors(person_id: UUID) -> CareForm | None:
    others = _others(person_id)
    return CareForm(others, _("Counsellor who takes over"), formdata=None) if others else None


RULES = (
    ("/people/staff", staff, ["GET", "POST"]),
    ("/people/staff/<uuid:person_id>", colleague, ["GET", "POST"]),
    ("/people/staff/<uuid:person_id>/hand-over", hand_over, ["POST"]),
)
