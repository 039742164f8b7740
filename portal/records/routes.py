"""A partner takes their own words along, as pages to read or as data."""

import json

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.audit import service as audit
from portal.records import queries
from portal.records.cards import OwnWords
from portal.records.release import routes as release
from portal.vocabulary import Act, Role
from portal.web.access import allow
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("records", __name__)


@pages.get("/records/mine")
@allow(Role.PARTNER)
def mine() -> ResponseReturnValue:
    """What the file holds, what it leaves out, and where it will lie."""
    return page("records/mine.html")


@pages.get("/records/mine/pages")
@allow(Role.PARTNER)
def notes() -> ResponseReturnValue:
    """All of one's own words in one file to read."""
    words = _taken()
    content = page("records/notes.html", words=words, zone=words.own.writer_zone)
    return _file(content, "text/html", words)


@pages.get("/records/mine/data")
@allow(Role.PARTNER)
def data() -> ResponseReturnValue:
    """The same words for another program."""
    words = _taken()
    content = json.dumps(queries.as_data(words), ensure_ascii=False, indent=1)
    return _file(content, "application/json", words)


def _taken() -> OwnWords:
    here = visit()
    words = queries.own_words(here, str(get_locale()))
    audit.record(here, Act.TOOK_OWN_WORDS, here.viewer.me(), words.own.id)
    return words


def _file(content: str, kind: str, words: OwnWords) -> Response:
    """A file whose name says nothing of what it is."""
    ending = "html" if kind == "text/html" else "json"
    name = f"notes-{words.on.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=kind, headers=headers)


for rule, endpoint, methods in release.RULES:
    pages.add_url_rule(rule, view_func=endpoint, methods=methods)
