"""Saving and looking for changes while somebody writes: small answers for the page's own scripts."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.foundation.errors import TooLate
from portal.reflections.drafts.drawing import reading_context
from portal.reflections.forms import bases, read_page
from portal.reflections.joint import service
from portal.reflections.joint.queries import sheet
from portal.vocabulary import Role
from portal.web.access import accepts_rested, allow
from portal.web.display import clock
from portal.web.door import is_rested
from portal.web.saving import tell_clashes
from portal.web.visits import keep_quiet, visit


@accepts_rested
@allow(Role.PARTNER)
def autosave(round_id: UUID) -> ResponseReturnValue:
    """Keep what is being typed on the sheet."""
    here = visit()
    card = sheet(here, round_id)
    reading = read_page(card.draft.fields, request.form, reading_context(here, card.draft))
    if is_rested():
        service.leave_words(here, round_id, reading)
        here.db.commit()  # an answer above 400 keeps nothing otherwise
        return jsonify(state="signed_out"), 401
    try:
        saved = service.save(here, round_id, reading, bases(request.form))
    except TooLate:
        service.leave_words(here, round_id, reading)
        here.db.commit()  # the answer says that it was kept
        raise
    if not saved.clashes:
        at = clock(here.now, card.draft.own.time_zone, str(get_locale()))
        return jsonify(state="saved", counters=saved.bases, saved_at=at)
    clashes = [(each.key, each.text, each.base) for each in saved.clashes]
    return tell_clashes(here, saved.bases, clashes)


@allow(Role.PARTNER)
def state(round_id: UUID) -> ResponseReturnValue:
    """How often the shared words were changed, and whether they still can be; asking is no sign of life."""
    keep_quiet()
    card = sheet(visit(), round_id)
    return jsonify(version=card.version, is_open=card.takes_words)
