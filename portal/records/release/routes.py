"""The log of releases for the counsellor, and a partner's own answers."""

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.foundation.errors import NotFound, Refused
from portal.people.queries import couple_card, own_couple
from portal.policies import deeds
from portal.policies.viewer import require
from portal.records.release import queries, service
from portal.records.release.cards import CoupleFile
from portal.records.release.forms import ReleaseForm
from portal.vocabulary import Role
from portal.web.access import STAFF, allow
from portal.web.once import once
from portal.web.pages import form_page, page
from portal.web.visits import visit

ANSWERS = {"yes": True, "no": False}


@allow(*STAFF)
def releases(couple_id: UUID) -> ResponseReturnValue:
    """Every wish to hand the file out, and what came of it."""
    here = visit()
    couple = couple_card(here, couple_id)
    return _log(couple_id, ReleaseForm(), may_act=deeds.may_care_for(here.viewer, couple.id))


@allow(Role.COUNSELLOR)
@once
def ask(couple_id: UUID) -> ResponseReturnValue:
    """Both are asked whether the file may go to somebody."""
    here, form = visit(), ReleaseForm()
    require(deeds.may_care_for(here.viewer, couple_id))
    if not form.validate_on_submit():
        return _log(couple_id, form, may_act=True)
    service.ask(here, couple_id, form.recipient.data or "", form.purpose.data or "")
    flash(_("Kept. Each of them finds the question on the page of their week."), "done")
    return _back(couple_id)


@allow(Role.COUNSELLOR)
def end_release(release_id: UUID) -> ResponseReturnValue:
    """The counsellor asks no longer."""
    couple_id = service.end(visit(), release_id)
    flash(_("Nobody is asked any more. The line stays in the log."), "done")
    return _back(couple_id)


@allow(Role.COUNSELLOR)
def hand_out(release_id: UUID) -> ResponseReturnValue:
    """The file leaves, where everybody has said yes."""
    here = visit()
    couple_id = queries.release_row(here, release_id).couple_id
    try:
        service.hand_out(here, release_id, _drawn)
    except Refused as no:
        form = ReleaseForm(formdata=None)
        form.form_errors.append(" ".join(str(_(reason)) for reason in no.reasons))
        return _log(couple_id, form, may_act=True)
    flash(_("Written into the log. Fetch the file below."), "done")
    return _back(couple_id)


@allow(Role.COUNSELLOR)
def file(release_id: UUID) -> ResponseReturnValue:
    """The file as it left."""
    here = visit()
    row = queries.release_row(here, release_id)
    content = queries.file_bytes(here, row)
    service.note_taken(here, row)
    headers = {"Content-Disposition": f'attachment; filename="file-{row.id.hex[:8]}.html"'}
    return Response(content, mimetype="text/html", headers=headers)


@allow(Role.PARTNER)
def asked() -> ResponseReturnValue:
    """What this partner is asked, and what they have said."""
    here = visit()
    return page("records/asked.html", own=own_couple(here), cards=queries.own_requests(here))


@allow(Role.PARTNER)
def answer(release_id: UUID) -> ResponseReturnValue:
    """Yes or no, for oneself alone."""
    says = ANSWERS.get(request.form.get("says", ""))
    if says is None:
        raise NotFound
    service.answer(visit(), release_id, yes=says)
    flash(_("Your answer is kept."), "done")
    return redirect(url_for("records.asked"), 303)


def _log(couple_id: UUID, form: ReleaseForm, *, may_act: bool) -> ResponseReturnValue:
    here = visit()
    couple = couple_card(here, couple_id)
    lines = queries.releases_of(here, couple)
    return form_page("records/releases.html", form, couple=couple, lines=lines, may_act=may_act)


def _drawn(card: CoupleFile) -> str:
    return page("records/file.html", file=card)


def _back(couple_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("records.releases", couple_id=couple_id), 303)


RULES = (
    ("/records/<uuid:couple_id>/releases", releases, ["GET"]),
    ("/records/<uuid:couple_id>/releases/ask", ask, ["POST"]),
    ("/records/releases/<uuid:release_id>/end", end_release, ["POST"]),
    ("/records/releases/<uuid:release_id>/hand-out", hand_out, ["POST"]),
    ("/records/releases/<uuid:release_id>/file", file, ["GET"]),
    ("/records/asked", asked, ["GET"]),
    ("/records/asked/<uuid:release_id>", answer, ["POST"]),
)
