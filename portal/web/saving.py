"""Telling a page's own script that two places had changed the same text."""

from collections.abc import Mapping, Sequence

from flask import jsonify
from flask.typing import ResponseReturnValue

from portal.visit import Visit
from portal.web.signed_in import SignedIn
from portal.web.visits import house, signed_in

# The question, the text that stands there, and the mark that its page has to go on from.
Clash = tuple[str, str, str | int]


def tell_clashes(
    here: Visit, marks: Mapping[str, str | int], clashes: Sequence[Clash]
) -> ResponseReturnValue:
    """Both texts are kept; a clashing question gets no new mark, so that sending cannot overwrite it."""
    who = signed_in()
    if isinstance(who, SignedIn):
        house().rooms.touch(here.db, who.sign_in_id, here.now)
    here.db.commit()  # an answer above 400 keeps nothing otherwise
    clashing = {key for key, _, _ in clashes}
    return jsonify(
        state="conflict",
        counters={key: mark for key, mark in marks.items() if key not in clashing},
        conflicts=[{"field": key, "text": text, "counter": mark} for key, text, mark in clashes],
    ), 409
