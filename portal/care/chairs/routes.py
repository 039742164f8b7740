"""Saying who really wrote a piece of work."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.care.chairs import queries, service
from portal.care.chairs.forms import WriterForm
from portal.foundation.errors import NotFound, Refused, Stale
from portal.vocabulary import Role, Seat
from portal.web.access import allow
from portal.web.once import once
from portal.web.pages import form_page, typed
from portal.web.visits import visit


@allow(Role.COUNSELLOR)
@once
def chair(round_id: UUID, seat: str) -> ResponseReturnValue:
    """What stands under one of the two was written by the other; no word of it is shown."""
    here = visit()
    place = next((each for each in Seat if each.value == seat), None)
    if place is None:
        raise NotFound
    card = queries.move(here, round_id, place).card
    form = WriterForm(card, data={"seen": card.mark})
    if card.reasons or not form.validate_on_submit():
        return form_page("care/chair.html", form, card=card)
    try:
        service.give_to_writer(
            here, round_id, place, exchange=card.is_exchange, seen=typed(form.seen)
        )
    except Stale as no:
        flash(_(no.message))
        # Not led elsewhere: pressed twice, this form would be said to have been taken once.
        card = queries.move(here, round_id, place).card
        anew = WriterForm(card, formdata=None, data={"seen": card.mark})
        return form_page("care/chair.html", anew, card=card)
    except Refused as no:
        form.sure.errors = [_(reason) for reason in no.reasons]
        return form_page("care/chair.html", form, card=card)
    flash(_("It lies with who wrote it now. Neither of them was shown anything."), "done")
    return redirect(url_for("review.read", round_id=round_id), 303)


RULES = (("/care/chairs/<uuid:round_id>/<seat>", chair, ["GET", "POST"]),)
