"""Coming in: what every way of signing in has in common."""

from typing import cast
from uuid import UUID

from flask import current_app, redirect, session
from werkzeug.wrappers import Response

from portal.accounts import passwords, queries, service
from portal.accounts.models import Account
from portal.accounts.passwords import Terms
from portal.accounts.throttle import Counters, device_mark, guess_mark
from portal.foundation.database import open_database, reading
from portal.people.queries import locale_of
from portal.policies.viewer import NOBODY
from portal.visit import Trace, Visit
from portal.vocabulary import Act
from portal.web.cookies import WAS, device_token, give_token
from portal.web.door import ask_again, came_for
from portal.web.signed_in import SignedIn
from portal.web.visits import house, signed_in, visit

COUNTERS = "weft_counters"
HOME = "/"


def terms() -> Terms:
    """The terms of this install."""
    return Terms.of(house().config)


def counters() -> Counters:
    """The counters of this install, in an engine of their own."""
    held = current_app.extensions.get(COUNTERS)
    if held is None:
        held = Counters(open_database(house().config.counters))
        held.prepare()
        current_app.extensions[COUNTERS] = held
    return cast(Counters, held)


def try_password(here: Visit, login: str, password: str) -> UUID | None:
    """Count the try, then look: whose account it is, or nobody's.

    The work and the answer are the same whether there is no such account, the password is wrong, or there were
    too many tries: who waits cannot tell it from a wrong guess, and so cannot tell whether somebody else has
    tried, got in, or was ever at this device.
    """
    here.db.rollback()  # nothing is written yet, and a hash takes long: let others write meanwhile
    kept, mark, device = counters(), queries.login_mark(here.chest, login), device_token()
    is_known = kept.knows(device_mark(here.chest, mark, device))
    counted = guess_mark(here.chest, mark, device if is_known else "")
    wait = kept.take(counted, here.now)
    with reading(house().engine)() as db:
        secret = queries.secret_of(db, here.chest, login)
    fits = passwords.fits(here.chest, terms().hashing, secret.kept, password)
    if wait.seconds:
        return None
    if not fits or secret.account_id is None:
        _refuse(here, secret.account_id)
        return None
    kept.forget(counted)
    _keep_fresh(here, secret.account_id, password)
    return secret.account_id


def come_in(here: Visit, account: Account, token: str, to: str = "") -> Response:
    """The browser is signed in and goes where its person wanted to go."""
    before = signed_in()
    wanted = came_for()
    ask_again()
    if isinstance(before, SignedIn):
        service.end_sign_in(here, before.sign_in_id)
    me = here.chest.mark("tokens", WAS, str(account.id))
    if session.get(WAS, me) != me:
        wanted = None  # what somebody else was reading here is not this person's business
    mark = device_mark(here.chest, account.login_mark, device_token())
    counters().know(mark, here.now)
    response = give_token(redirect(to or wanted or HOME, 303), token)
    session["locale"], session[WAS] = locale_of(here.db, account.person_id), me
    return response


def as_nobody() -> Visit:
    """This page is the same for everybody, also where somebody's sign-in has only rested."""
    here = visit()
    here.viewer = NOBODY
    return here


def _keep_fresh(here: Visit, account_id: UUID, password: str) -> None:
    account = here.db.get_one(Account, account_id)
    if passwords.is_outdated(terms().hashing, account.password_hash):
        service.change_password(here, account, password, terms())


def _refuse(here: Visit, account_id: UUID | None) -> None:
    """Leave a trace of a wrong guess, whether or not there is such an account."""
    account = here.db.get(Account, account_id) if account_id else None
    practice_id = account.practice_id if account else None
    here.traces.append(Trace(Act.SIGN_IN_REFUSED, account_id, practice_id=practice_id))
