"""Saving while somebody types: small answers for the page's own script."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from portal.exercises.form.reading import Reading, read_form
from portal.reflections.drafts import service
from portal.reflections.drafts.cards import DraftCard, Saved
from portal.reflections.drafts.drawing import reading_context
from portal.reflections.drafts.queries import draft
from portal.reflections.forms import raw
from portal.visit import Visit
from portal.vocabulary import Role
from portal.web.access import accepts_rested, allow, waives_welcome
from portal.web.display import clock
from portal.web.door import is_rested
from portal.web.signed_in import SignedIn
from portal.web.visits import house, keep_quiet, signed_in, visit


@accepts_rested
@allow(Role.PARTNER)
def autosave(round_id: UUID) -> ResponseReturnValue:
    """Keep what is being typed."""
    here = visit()
    card = draft(here, round_id)
    reading = read_form(card.fields, raw(request.form), reading_context(here, card))
    if is_rested():
        service.leave_words(here, round_id, reading)
        here.db.commit()  # an answer above 400 keeps nothing otherwise
        return jsonify(state="signed_out"), 401
    saved = service.save(here, round_id, reading, card)
    if saved.conflicts:
        return _conflict(here, saved)
    _put_away_what_was_saved(here, card, reading)
    at = clock(here.now, card.own.writer_zone, str(get_locale()))
    return jsonify(state="saved", counters=saved.counters, saved_at=at)


@waives_welcome
@allow(Role.PARTNER)
def token() -> ResponseReturnValue:
    """A fresh token for a page that has been open for long; asking does not count as a sign of life."""
    keep_quiet()
    return jsonify(csrf=generate_csrf())


def _conflict(here: Visit, saved: Saved) -> ResponseReturnValue:
    """The clashing questions keep their old count, so that sending the page cannot overwrite them."""
    clashing = {conflict.key for conflict in saved.conflicts}
    who = signed_in()
    if isinstance(who, SignedIn):
        house().rooms.touch(here.db, who.sign_in_id, here.now)
    here.db.commit()  # an answer above 400 keeps nothing otherwise
    return jsonify(
        state="conflict",
        counters={key: n for key, n in saved.counters.items() if key not in clashing},
        conflicts=[
            {"field": each.key, "text": each.text, "counter": saved.counters[each.key]}
            for each in saved.conflicts
        ],
    ), 409


def _put_away_what_was_saved(here: Visit, card: DraftCard, reading: Reading) -> None:
    """A text that was left beside the draft and now stands in it need not be kept twice."""
    for kept in card.kept:
        if reading.values.get(kept.key) == kept.text:
            service.put_away(here, kept.id)
