"""What the next page has to say after a deed: kept for who did it, and dropped before anybody else.

The page that answers may never arrive: a lid is closed, a line is lost. Whoever opens the portal next is not
told what somebody did here, and neither can the browser's own cookie be read for it.
"""

import json
from base64 import b64decode, b64encode
from uuid import UUID

from flask import Flask, message_flashed, session

from portal.foundation.vault import ErasedError, Place, SealBrokenError
from portal.visit import Visit
from portal.web.visits import visit

SAID = "said"
OF_FLASK = "_flashes"
Messages = tuple[tuple[str, str], ...]


def install_said(app: Flask) -> None:
    """Have every message kept for who is here when it is said."""
    message_flashed.connect(_keep, app)


def said_to(here: Visit, person_id: UUID | None) -> Messages:
    """What waits to be said to this person, or to nobody; it waits no longer, whoever it is for."""
    found = _waiting(here, person_id)
    session.pop(SAID, None)
    return found


def _keep(_app: Flask, message: str, category: str) -> None:
    session.pop(OF_FLASK, None)
    here = visit()
    person_id = here.viewer.person_id
    text = json.dumps([*_waiting(here, person_id), (category, message)])
    session[SAID] = _sealed(here, person_id, text) if person_id else [text]


def _waiting(here: Visit, person_id: UUID | None) -> Messages:
    kept: str | list[str] | None = session.get(SAID)
    if kept is None or isinstance(kept, str) is (person_id is None):
        return ()
    text = _opened(here, person_id, kept) if person_id and isinstance(kept, str) else kept[0]
    return tuple((category, message) for category, message in json.loads(text))


def _sealed(here: Visit, person_id: UUID, text: str) -> str:
    return b64encode(here.vault.seal(person_id, _place(person_id), text)).decode()


def _opened(here: Visit, person_id: UUID, kept: str) -> str:
    """What was kept; what was kept for somebody else does not open in this place."""
    try:
        return here.vault.open(_place(person_id), b64decode(kept))
    except (SealBrokenError, ErasedError):
        return "[]"


def _place(person_id: UUID) -> Place:
    return Place("cookie", person_id, SAID, person_id)
