"""Making an invitation, and the slip that is handed over with it."""

from uuid import UUID

import segno
from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import queries, service
from portal.accounts.cards import SlipCard
from portal.accounts.invitations.queries import open_invitation
from portal.foundation.errors import NotFound
from portal.people.queries import person_cards
from portal.people.seats.queries import couple_with
from portal.people.staff.queries import is_staff
from portal.vocabulary import Role
from portal.web.access import allow
from portal.web.pages import page
from portal.web.visits import house, visit

SLIP = "slip"


@allow(Role.COUNSELLOR, Role.OWNER)
def invite(person_id: UUID) -> ResponseReturnValue:
    """Make a code for somebody; an earlier one ends."""
    code = service.invite(visit(), person_id)
    session[SLIP] = [str(person_id), code]
    return redirect(url_for("accounts.invitation", person_id=person_id), 303)


@allow(Role.COUNSELLOR, Role.OWNER)
def invitation(person_id: UUID) -> ResponseReturnValue:
    """The slip, shown this once."""
    here = visit()
    if not queries.may_invite(here, person_id):
        raise NotFound
    couple_id = couple_with(here, person_id)
    back = (
        url_for("people.edit_couple", couple_id=couple_id) if couple_id else url_for("people.staff")
    )
    kept, code = session.pop(SLIP, ("", ""))
    expires_at = open_invitation(here, person_id)
    if kept != str(person_id) or expires_at is None:
        flash(_("A code is shown only once. Make a fresh one if it was not handed over."), "info")
        return redirect(back, 303)
    href = house().config.base_url.rstrip("/") + url_for("accounts.join", code=code)
    picture, size = _picture(href)
    card = SlipCard(
        person=person_cards(here, [person_id])[person_id],
        code=code,
        href=href,
        picture=picture,
        picture_size=size,
        expires_at=expires_at,
        back_href=back,
        is_partner=not is_staff(here.db, person_id),
    )
    return page("accounts/invitation.html", slip=card)


def _picture(href: str) -> tuple[str, int]:
    """The address as a square of dots, drawn as one path."""
    rows = segno.make(href, error="m", micro=False).matrix
    dots = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dot in enumerate(row) if dot]
    return "".join(dots), len(rows)


RULES = (
    ("/accounts/invitations/<uuid:person_id>", invite, ["POST"]),
    ("/accounts/invitations/<uuid:person_id>/slip", invitation, ["GET"]),
)
