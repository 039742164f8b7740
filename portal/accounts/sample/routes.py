"""Looking around in the sample practice, and looking as another of its people."""

from typing import cast
from uuid import UUID

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.arrival import terms
from portal.accounts.sample import service
from portal.accounts.sample.service import Loader
from portal.foundation.errors import NotFound
from portal.vocabulary import Role
from portal.web.access import allow, public, waives_welcome
from portal.web.cookies import give_token
from portal.web.pages import device_name
from portal.web.signed_in import SignedIn
from portal.web.visits import signed_in, visit

LOADER = "weft_sample"


@public
def look_around(code: str) -> ResponseReturnValue:
    """Whoever has the one-time link looks at the sample first."""
    token = service.look_around(visit(), code, _loader(), device_name(), terms())
    return give_token(redirect("/", 303), token)


@allow(Role.OWNER)
def enter_sample() -> ResponseReturnValue:
    """An owner looks at the sample."""
    token = service.enter_sample(visit(), _loader(), device_name(), terms())
    return give_token(redirect("/", 303), token)


@waives_welcome
@allow(Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)
def change_person() -> ResponseReturnValue:
    """Look as another of the sample's people."""
    who = signed_in()
    if not isinstance(who, SignedIn):
        raise NotFound
    try:
        person_id = UUID(request.form.get("person", ""))
    except ValueError as problem:
        raise NotFound from problem
    token = service.change_person(visit(), who.sign_in_id, person_id, device_name(), terms())
    return give_token(redirect("/", 303), token)


def _loader() -> Loader:
    return cast(Loader, current_app.extensions[LOADER])


RULES = (
    ("/accounts/sample/look-around/<code>", look_around, ["POST"]),
    ("/accounts/sample", enter_sample, ["POST"]),
    ("/accounts/sample/person", change_person, ["POST"]),
)
