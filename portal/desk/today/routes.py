"""The counsellor's desk: today, and one couple."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.agenda.forms import PlanForm
from portal.care.queries import statuses
from portal.desk.today import queries
from portal.exercises.queries import standing
from portal.policies import deeds
from portal.vocabulary import Role
from portal.web.access import STAFF, allow
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("today", __name__)


@pages.get("/desk/today")
@allow(Role.COUNSELLOR)
def desk() -> ResponseReturnValue:
    """The counsellor's day."""
    return page("desk/today.html", card=queries.desk(visit()))


@pages.get("/desk/couples/<uuid:couple_id>")
@allow(*STAFF)
def couple(couple_id: UUID) -> ResponseReturnValue:
    """One couple: who they are, what they work on, when they come."""
    here = visit()
    card = queries.couple_page(here, couple_id)
    contacts = {option.value: option.label for option in standing().contact_levels}
    return page(
        "desk/couple.html",
        card=card,
        may_act=deeds.may_care_for(here.viewer, couple_id),
        plan=PlanForm(formdata=None).between(card.couple),
        status=statuses()[card.couple.joint_work.value],
        contact=contacts.get(card.couple.contact.value, ""),
    )
