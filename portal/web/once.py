"""A form that makes something new is taken once, however often its button is pressed.

Without scripts nothing keeps somebody from pressing twice. Every page has a token of its own, so
the same token with the same words is the same page sent again: it leads where it led the first
time. A page that was gone back to and says something else is new, and none of its words is lost.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

import sqlalchemy as sa
from flask import flash, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.visit import Visit
from portal.web.models import TakenForm
from portal.web.visits import house, visit

Page = Callable[..., ResponseReturnValue]
REMEMBERED = timedelta(days=1)


def once(page: Page) -> Page:
    """What this page makes is made once; the second of two presses is led where the first was."""

    @wraps(page)
    def taken(**names: object) -> ResponseReturnValue:
        if request.method != "POST":
            return page(**names)
        here = visit()
        claim = _claim(here)
        if isinstance(claim, str):
            flash(_("This had arrived already. It was taken once."), "done")
            return redirect(claim, 303)
        answer = make_response(page(**names))
        if answer.status_code == 303:
            claim.led_to = answer.location
        else:  # nothing came of it: the same may be sent again
            here.db.delete(claim)
        return answer

    return taken


def _claim(here: Visit) -> TakenForm | str:
    """A row for this form; where there is one already, the address that it led to.

    Where the other press is still under way the database lets this one wait for its end.
    """
    here.db.execute(sa.delete(TakenForm).where(TakenForm.taken_at < here.now - REMEMBERED))
    row = TakenForm(mark=_mark(here), taken_at=here.now)
    try:
        with here.db.begin_nested():
            here.db.add(row)
    except IntegrityError:
        return here.db.scalars(sa.select(TakenForm.led_to).where(TakenForm.mark == row.mark)).one()
    return row


def _mark(here: Visit) -> str:
    sent = json.dumps([request.path, list(request.form.items(multi=True))])
    return house().chest.mark("tokens", "taken", str(here.viewer.person_id), sent)
