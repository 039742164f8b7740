"""Every address of the portal, with objects of the town in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.promises.town import Town

READS = {"GET", "HEAD", "OPTIONS"}
ROUNDS = ("drafted", "waiting", "opened", "returned")
PLAIN = {
    "seat": "a",
    "role": "supervisor",
    "key": "start_with",
    "page": 1,
    "name": "css/base.css",
}
# Where an address needs another object than the one that goes by its name.
INSTEAD = {
    "people.colleague": {"person_id": "supervisor"},
    "people.hand_over": {"person_id": "counsellor"},
    "people.end_care": {"person_id": "supervisor"},
    "accounts.invitation": {"person_id": "partner a"},
    "accounts.invite": {"person_id": "partner a"},
}


@dataclass(frozen=True)
class Address:
    """One way to knock: the route, the method, and the address with everything filled in."""

    endpoint: str
    method: str
    path: str


def addresses(app: Flask, town: Town, *, reading: bool) -> list[Address]:
    """Every route that only reads, or every route that changes something, with real objects."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        methods = sorted((rule.methods or set()) - READS) if not reading else ["GET"]
        for method in methods:
            if method in (rule.methods or set()):
                found += [Address(rule.endpoint, method, path) for path in _paths(app, rule, town)]
    return found


def one_each(found: list[Address]) -> list[Address]:
    """One address for each route and method, where the object makes no difference."""
    return list({(at.endpoint, at.method): at for at in found}.values())


def _paths(app: Flask, rule: Rule, town: Town) -> Iterator[str]:
    adapter = app.url_map.bind("localhost")
    choices = ROUNDS if "round_id" in rule.arguments else ("",)
    for choice in choices:
        values = {name: _value(rule, name, town, choice) for name in rule.arguments}
        yield adapter.build(rule.endpoint, values, force_external=False)
    if "document_id" in rule.arguments:
        values = {name: _value(rule, name, town, "") for name in rule.arguments}
        values["document_id"] = town.ids["couple document"]
        yield adapter.build(rule.endpoint, values, force_external=False)


def _value(rule: Rule, name: str, town: Town, choice: str) -> object:
    instead = INSTEAD.get(rule.endpoint, {}).get(name)
    if instead:
        return town.people[instead]
    if name == "round_id":
        return town.ids[f"{choice} round"]
    if name == "document_id":
        return town.ids["clinical document"]
    if name == "couple_id":
        return town.couple.id
    if name == "person_id":
        return town.people["partner a"]
    found = town.ids.get(name, PLAIN.get(name))
    assert found is not None, f"the town has nothing to put for {name!r} in {rule.rule}"
    return found
