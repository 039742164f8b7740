"""Choosing an edition, seeing it as it will print, waiting for it, and taking it out."""

from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.audit import service as audit
from portal.foundation.errors import NotFound, Stale
from portal.people.queries import couple_card, own_couple
from portal.reports import queries, service
from portal.reports.forms import PrintForm
from portal.reports.models import PrintState
from portal.sessions.queries import session_card, sessions_of
from portal.vocabulary import Act, Role
from portal.web.access import STAFF, allow
from portal.web.once import once
from portal.web.pages import page, typed
from portal.web.visits import keep_quiet, visit

pages = Blueprint("reports", __name__)
SLOW = 2  # seconds until a page without scripts looks again


@pages.get("/reports/<uuid:session_id>/compose")
@allow(Role.COUNSELLOR)
def compose(session_id: UUID) -> ResponseReturnValue:
    """Choose for whom, with the edition beside it as it will print."""
    return _compose_page(session_id, request.args.get("edition", "clinical"))


def _compose_page(session_id: UUID, chosen: str) -> str:
    here = visit()
    session = session_card(here, session_id)
    choices = queries.choices(here, session_id, chosen)
    choice = queries.chosen_edition(here, session_id, chosen)
    summary = None if choice.refused else service.preview(here, session_id, chosen)
    couple = couple_card(here, session.couple_id)
    documents = [d for d in queries.documents_of(here, couple.id) if d.session_id == session_id]
    shown = service.mark_of(summary) if summary else ""
    return page(
        "reports/compose.html",
        session=session,
        couple=couple,
        choices=choices,
        choice=choice,
        summary=summary,
        documents=documents,
        finders=[member.person.first_name for member in queries.readers_of(couple, choice)],
        form=PrintForm(formdata=None, edition=chosen, shown=shown),
    )


@pages.post("/reports/<uuid:session_id>/print")
@allow(Role.COUNSELLOR)
@once
def order(session_id: UUID) -> ResponseReturnValue:
    """Have what is on the page printed, once."""
    form = PrintForm()
    if not form.validate_on_submit():
        return redirect(url_for("reports.compose", session_id=session_id), 303)
    edition = typed(form.edition)
    try:
        row = service.order_shown(visit(), session_id, edition, typed(form.shown))
    except Stale as stale:
        flash(_(stale.message), "info")
        # Not led elsewhere: pressed twice, this form would be said to have been taken once.
        return _compose_page(session_id, edition)
    return redirect(url_for("reports.document", document_id=row.id), 303)


@pages.get("/reports/<uuid:document_id>")
@allow(*STAFF)
def document(document_id: UUID) -> ResponseReturnValue:
    """One summary: waiting for it, or ready to take out."""
    if request.args.get("again"):
        keep_quiet()
    here = visit()
    card = queries.document_card(here, document_id)
    session = session_card(here, card.session_id)
    waiting = card.state is PrintState.WAITING
    answer = page(
        "reports/document.html",
        card=card,
        session=session,
        couple=couple_card(here, session.couple_id),
        waiting=waiting,
    )
    response = Response(answer) if isinstance(answer, str) else answer
    if waiting and isinstance(response, Response):
        again = url_for("reports.document", document_id=document_id, again=1)
        response.headers["Refresh"] = f"{SLOW}; url={again}"
    return response


@pages.get("/reports/<uuid:document_id>/state")
@allow(*STAFF)
def state(document_id: UUID) -> ResponseReturnValue:
    """How far a printing is, for a page that asks by itself."""
    keep_quiet()
    card = queries.document_card(visit(), document_id)
    href = url_for("reports.download", document_id=document_id)
    if card.state is PrintState.FINISHED:
        return jsonify({"state": "ready", "label": _("Download PDF"), "href": href})
    if card.state is PrintState.WAITING:
        return jsonify({"state": "waiting", "label": "", "href": ""})
    return jsonify(
        {
            "state": "failed",
            "label": _("It was not printed. Load this page again to see why."),
            "href": "",
        }
    )


@pages.get("/reports/<uuid:document_id>/download")
@allow(*STAFF, Role.PARTNER)
def download(document_id: UUID) -> ResponseReturnValue:
    """The finished paper, as it was printed; rights and gates are asked again each time."""
    here, says = visit(), ""
    row = queries.document_row(here, document_id)
    if here.viewer.role is not Role.PARTNER:
        couple = couple_card(here, row.couple_id)
        if not queries.still_allowed(here, couple, row):
            raise NotFound
        says = f"-{queries.kind_of(couple, row)}"  # in a partner's folder the name tells nothing
    content = queries.document_bytes(here, document_id)
    audit.record(here, Act.SUMMARY_READ, row.id, row.couple_id)
    name = f"session-summary{says}-{row.number}-{row.version}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@pages.get("/reports/mine")
@allow(Role.PARTNER)
def mine() -> ResponseReturnValue:
    """The papers that a partner was given."""
    here = visit()
    own = own_couple(here)
    sessions = {card.id: card for card in sessions_of(here, own.id)}
    documents = [d for d in queries.documents_of(here, own.id) if d.session_id in sessions]
    return page(
        "reports/mine.html", own=own, documents=documents, sessions=sessions, lang=str(get_locale())
    )
