"""One's own pieces: everything written, what the other released, and second thoughts about an opening."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.exercises.queries import standing
from portal.foundation.errors import NotFound, Stale
from portal.people.queries import own_couple
from portal.reflections.openings import service as openings
from portal.reflections.pieces import service
from portal.reflections.pieces.queries import own_pieces
from portal.reflections.pieces.released import released_to_me
from portal.reflections.sending.cards import YES
from portal.vocabulary import ConsentKind, Role
from portal.web.access import allow
from portal.web.pages import page as drawn
from portal.web.visits import visit


@allow(Role.PARTNER)
def writing() -> ResponseReturnValue:
    """Everything this partner wrote, newest first."""
    here = visit()
    own = own_couple(here)
    written = [piece for piece in own_pieces(here, own) if piece.work is not None]
    written.sort(key=lambda piece: (piece.last_at, piece.round_id), reverse=True)
    return drawn(
        "reflections/writing.html",
        pieces=written,
        own=own,
        sees=standing().partner_sees,
        has_released=bool(released_to_me(here, own, str(get_locale()))),
    )


@allow(Role.PARTNER)
def released() -> ResponseReturnValue:
    """What of the other's own work is open to this partner."""
    here = visit()
    own = own_couple(here)
    found = released_to_me(here, own, str(get_locale()))
    return drawn("reflections/released.html", cards=found, own=own)


@allow(Role.PARTNER)
def consent(round_id: UUID) -> ResponseReturnValue:
    """The writer changes their mind about an opening."""
    kind, key, says_yes = _answered()
    seen = request.form.getlist("seen")
    try:
        if kind is ConsentKind.OPEN_ROUND:
            openings.change_mind(visit(), round_id, says_yes, seen)
        else:
            service.change_mind_about(visit(), round_id, kind, key, says_yes, seen)
    except Stale as stale:
        flash(_(stale.message), "info")
        return redirect(url_for("reflections.piece", round_id=round_id), 303)
    flash(_("Changed."), "done")
    return redirect(url_for("reflections.piece", round_id=round_id, _anchor="sharing"), 303)


@allow(Role.PARTNER)
def send_on(round_id: UUID, kept_id: UUID) -> ResponseReturnValue:
    """Words for the counsellor alone that came after the sending go after it."""
    service.send_on(visit(), round_id, kept_id)
    flash(_("Sent. Only your counsellor reads it."), "done")
    return redirect(url_for("reflections.piece", round_id=round_id), 303)


def _answered() -> tuple[ConsentKind, str, bool]:
    for name, value in request.form.items():
        kind = next((each for each in ConsentKind if name.split(".")[0] == each.value), None)
        if kind is not None:
            return kind, name.partition(".")[2], value == YES[kind]
    raise NotFound


RULES = (
    ("/reflections/mine", writing, ["GET"]),
    ("/reflections/released", released, ["GET"]),
    ("/reflections/<uuid:round_id>/consent", consent, ["POST"]),
    ("/reflections/<uuid:round_id>/kept/<uuid:kept_id>/send-on", send_on, ["POST"]),
)
