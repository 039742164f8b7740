"""Every page says who may knock, and lives at an address that says which room it is in."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.web.access import UndeclaredPageError, doors_of, guard, public

# Endpoints whose address is not below their room's word, each with its reason.
ELSEWHERE = {
    "desk.home": "the front door of the whole portal",
    "static_file": "files of ours, for everybody",
    "font_file": "files of ours, for everybody",
    "reflections.piece": "the page of a piece also shows what was written back, and so is drawn "
    "by the room above; its address stays beside the piece's other pages",
}
# What stands in an address beside uuids: nothing that counts people or things.
NO_ID = {
    "code": "a one-time code, looked up by its keyed mark",
    "seat": "the letter a or b",
    "role": "counsellor or supervisor",
    "page": "which page of a form one is on",
    "key": "the name of a question in the catalogue",
    "name": "the name of a file of ours",
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _rules(app: Flask) -> Iterator[Rule]:
    return app.url_map.iter_rules()


def test_every_page_says_who_may_knock(app: Flask) -> None:
    silent = [name for name, page in app.view_functions.items() if doors_of(page) is None]
    assert not silent
    assert len(app.view_functions) > 60


def test_an_undeclared_page_stops_the_start() -> None:
    portal = Flask("portal")

    @public
    def declared() -> str:
        return ""

    portal.add_url_rule("/declared", view_func=declared)
    guard(portal)
    portal.add_url_rule("/silent", endpoint="silent", view_func=lambda: "")
    with pytest.raises(UndeclaredPageError, match="silent"):
        guard(portal)


def test_the_public_pages_are_these(app: Flask) -> None:
    """A page for everybody is a decision: whoever adds one changes this list."""
    everybody = {name for name, page in app.view_functions.items() if doors_of(page) == frozenset()}
    assert everybody == {
        "accounts.join",
        "accounts.leave",
        "accounts.look_around",
        "accounts.offer_sign_in",
        "accounts.sign_in",
        "accounts.sign_in_with_passkey",
        "accounts.type_code",
        "desk.home",
        "font_file",
        "practice.set_up",
        "static_file",
    }


def test_an_address_begins_with_its_room(app: Flask) -> None:
    lost = []
    for rule in _rules(app):
        room = app.view_functions[rule.endpoint].__module__.split(".")[1]
        if rule.endpoint not in ELSEWHERE and rule.rule.split("/")[1] != room:
            lost.append(f"{rule.rule} belongs to {room}")
    assert not lost
    assert {rule.endpoint for rule in _rules(app)} >= set(ELSEWHERE)


def test_an_address_is_written_in_small_words_with_hyphens(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in _rules(app)
        for part in rule.rule.strip("/").split("/")
        if part and not part.startswith("<") and not KEBAB.fullmatch(part)
    ]
    assert not odd


def test_an_id_in_an_address_is_a_uuid(app: Flask) -> None:
    odd = []
    for rule in _rules(app):
        for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", rule.rule):
            if kind != "uuid" and name not in NO_ID:
                odd.append(f"{rule.rule}: {name}")
    assert not odd


def test_what_changes_something_is_asked_for_by_a_name_of_its_own(app: Flask) -> None:
    """A page that is only looked at takes no POST, and a deed takes no GET unless it has a form."""
    other = [
        rule.rule
        for rule in _rules(app)
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}
    ]
    assert not other
