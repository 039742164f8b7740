"""Everything that one partner can reach, as bytes: pages, papers and whatever is owed to them."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.notices.models import Notice
from portal.vocabulary import Role
from portal.web.access import doors_of
from tests.promises.story import Told

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# What is random by nature: a signed token wherever it stands, and the five words that are offered
# as a password.
TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{27}")
PHRASE = re.compile(r'(<bdi class="code">)[a-z]+(-[a-z]+){4}')
# What ends the visit of whoever asks for it.
ENDS = {"accounts.leave", "accounts.sign_out"}
FILES = {"static", "static_file", "font_file"}
MOST = 1000

Seen = Mapping[str, str]


def seen_by_reader(told: Told, *, deep: bool = False) -> Seen:
    """Every answer that this reader gets, by its address, with ids renamed and tokens masked.

    A deep look also asks for every page with every id that was met, whatever the id is of.
    """
    client = told.app.test_client()
    client.set_cookie("weft", told.token)
    pages = dict(_crawl(told, client, deep=deep))
    return _renamed(
        {**pages, "owed": _owed(told), "letters": "\n".join(told.ids.get("letters", ()))}
    )


def _crawl(told: Told, client: FlaskClient, *, deep: bool) -> Iterator[tuple[str, str]]:
    waiting, known = ["/", *_bare(told.app)], set()
    while waiting:
        path = waiting.pop(0)
        if path in known or _leaves(told.app, path):
            continue
        known.add(path)
        assert len(known) < MOST, "the walk does not end"
        answer = client.get(path)
        body = answer.get_data().decode("utf-8", "surrogateescape")
        head = "\n".join(f"{key}: {value}" for key, value in _heads(answer))
        yield path, f"{answer.status}\n{head}\n\n{body}"
        waiting += _ways_on(answer.mimetype, body, answer.headers.get("Location"))
        waiting += _about(told.app, path + body) if deep else ()
        answer.close()


def _heads(answer: TestResponse) -> list[tuple[str, str]]:
    """Every header; a length that is the body's own is compared with the body, byte for byte."""
    own = ("Content-Length", str(len(answer.get_data())))
    return sorted(pair for pair in answer.headers.items() if pair != own)


def _bare(app: Flask) -> list[str]:
    """Every page that partners may ask for without naming a thing."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.arguments and _is_for(app, rule)
    )


def _ways_on(kind: str | None, body: str, onward: str | None) -> list[str]:
    """Where this page leads: its links and its forms."""
    found = [onward] if onward else []
    if kind == "text/html":
        soup = BeautifulSoup(body, "html.parser")
        found += [str(tag["href"]) for tag in soup.find_all("a", href=True)]
        found += [str(tag["action"]) for tag in soup.find_all("form", action=True)]
    return [way.split("#")[0].split("?")[0] for way in found if way.startswith("/")]


def _about(app: Flask, text: str) -> Iterator[str]:
    """Every page of partners with each id of this text in it, whatever the id is of."""
    ids = [*dict.fromkeys(ID.findall(text))]
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        names = [name for name in rule.arguments if name.endswith("_id")]
        if "GET" not in (rule.methods or set()) or not names or not _is_for(app, rule):
            continue
        rest = {name: PLAIN.get(name, "x") for name in rule.arguments if name not in names}
        for one in ids:
            values = {**rest, **dict.fromkeys(names, UUID(one))}
            yield adapter.build(rule.endpoint, values, force_external=False)


PLAIN: Mapping[str, object] = {"page": 1, "seat": "a", "key": "start_with", "name": "x"}


def _is_for(app: Flask, rule: Rule) -> bool:
    if rule.endpoint in FILES:
        return False
    doors = doors_of(app.view_functions[rule.endpoint])
    return doors is not None and (not doors or Role.PARTNER in doors)


def _leaves(app: Flask, path: str) -> bool:
    if path.startswith("/static/"):
        return True
    try:
        endpoint, _values = app.url_map.bind("localhost").match(path, "GET")
    except HTTPException:  # an address that only takes forms, or none at all
        return False
    return endpoint in ENDS


def _owed(told: Told) -> str:
    """What this reader is told by other ways than pages: kind, thing and moment."""
    query = sa.select(Notice.kind, Notice.subject_id, Notice.made_at).where(
        Notice.person_id == told.reader
    )
    with told.world.visit() as visit:
        rows = visit.db.execute(query.order_by(Notice.made_at, Notice.kind)).all()
    return "\n".join(_line(row.kind.value, row.subject_id, row.made_at) for row in rows)


def _line(kind: str, subject_id: UUID, at: datetime) -> str:
    return f"{at.isoformat()} {kind} {subject_id}"


def _renamed(pages: Seen) -> Seen:
    """Ids by their first appearance, tokens masked, and nothing else."""
    names: dict[str, str] = {}

    def name_of(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"id-{len(names) + 1}")

    told = {}
    for path, text in pages.items():
        masked = PHRASE.sub(r"\1...", TOKEN.sub("...", text))
        told[ID.sub(name_of, path)] = ID.sub(name_of, masked)
    short = {one[:8]: name for one, name in names.items()}
    marks = re.compile("|".join(map(re.escape, short)) or "(?!)")
    return {path: marks.sub(lambda m: short[m[0]], text) for path, text in told.items()}


def differences(one: Seen, other: Seen) -> list[str]:
    """The addresses at which two worlds do not look the same, with the first line that differs."""
    found = [f"{path}: only in one of the two" for path in sorted(set(one) ^ set(other))]
    for path in sorted(set(one) & set(other)):
        if one[path] != other[path]:
            found.append(f"{path}: {_first_difference(one[path], other[path])}")
    return found


def _first_difference(one: str, other: str) -> str:
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{a!r} or {b!r}" for a, b in lines if a != b), "one goes on")
