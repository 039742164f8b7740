"""What a page's own script and the portal tell each other about words that are on their way."""

from collections.abc import Mapping, Sequence

from flask import jsonify
from flask.typing import ResponseReturnValue

from portal.visit import Visit
from portal.web.signed_in import SignedIn
from portal.web.visits import house, signed_in

# The question, the text that stands there, and the mark that its page has to go on from.
Clash = tuple[str, str, str | int]
# Boxes as they were sent before, without an answer: "sent.0.f.need" (static/js/unanswered.js).
SENT = "sent."


def sent_before(form: Mapping[str, Sequence[str]]) -> list[dict[str, Sequence[str]]]:
    """What this same page sent before and never had an answer to, each time box by box.

    It may have arrived all the same. What it put into a draft is then no other place's doing.
    """
    found: dict[str, dict[str, Sequence[str]]] = {}
    for name, texts in form.items():
        number, _dot, box = name.removeprefix(SENT).partition(".")
        if name.startswith(SENT) and box:
            found.setdefault(number, {})[box] = texts
    return list(found.values())


def tell_clashes(
    here: Visit,
    marks: Mapping[str, str | int],
    clashes: Sequence[Clash],
    readers: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Both texts are kept; a clashing question gets no new mark, so that sending cannot overwrite it.

    Where a page chooses readers it hears which hold by now: its own choice is as old as its text.
    """
    known = {key: {"readers": reader} for key, reader in (readers or {}).items()}
    who = signed_in()
    if isinstance(who, SignedIn):
        house().rooms.touch(here.db, who.sign_in_id, here.now)
    here.db.commit()  # an answer above 400 keeps nothing otherwise
    clashing = {key for key, _, _ in clashes}
    return jsonify(
        state="conflict",
        counters={key: mark for key, mark in marks.items() if key not in clashing},
        conflicts=[
            {"field": key, "text": text, "counter": mark, **known.get(key, {})}
            for key, text, mark in clashes
        ],
    ), 409
