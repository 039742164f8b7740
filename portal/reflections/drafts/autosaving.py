"""Saving while somebody types: small answers for the page's own script."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.foundation.errors import Stale, TooLate
from portal.reflections.drafts import keeping, service
from portal.reflections.drafts.drawing import reading_context
from portal.reflections.drafts.queries import draft
from portal.reflections.forms import read_page
from portal.vocabulary import Role
from portal.web.access import accepts_rested, allow, waives_welcome
from portal.web.display import clock
from portal.web.door import is_rested
from portal.web.saving import tell_clashes
from portal.web.tokens import token as fresh_token
from portal.web.visits import keep_quiet, visit


@accepts_rested
@allow(Role.PARTNER)
def autosave(round_id: UUID) -> ResponseReturnValue:
    """Keep what is being typed."""
    here = visit()
    card = draft(here, round_id)
    reading = read_page(card.fields, request.form, reading_context(here, card))
    elsewhere = keeping.lies_elsewhere(here, request.form.get("piece", ""))
    if is_rested():
        if not elsewhere:
            service.leave_words(here, round_id, reading)
            here.db.commit()  # an answer above 400 keeps nothing otherwise
        return jsonify(state="signed_out"), 401
    if elsewhere:
        raise Stale(keeping.LIES_ELSEWHERE)
    try:
        saved = service.save(here, round_id, reading, card)
    except TooLate:
        service.leave_words(here, round_id, reading)
        here.db.commit()  # the answer says that it was kept
        raise
    if saved.conflicts:
        clashes = [(each.key, each.text, saved.counters[each.key]) for each in saved.conflicts]
        readers = {each.key: each.readers.value for each in saved.conflicts}
        return tell_clashes(here, saved.counters, clashes, readers)
    at = clock(here.now, card.own.writer_zone, str(get_locale()))
    return jsonify(
        state="saved", counters=saved.counters, saved_at=at, piece=str(saved.piece_id or "")
    )


@waives_welcome
@allow(Role.PARTNER)
def token() -> ResponseReturnValue:
    """A fresh token for a page that has been open for long; asking does not count as a sign of life."""
    keep_quiet()
    return jsonify(csrf=fresh_token())
