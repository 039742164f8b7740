"""Every page stands under one of the ways that whoever is on it can see."""

from flask import Flask

from portal.shell import nearest
from portal.vocabulary import Role
from portal.web.access import doors_of

WAYS = {
    Role.PARTNER: {"desk.week", "reflections.writing", "reports.mine", "accounts.settings"},
    Role.COUNSELLOR: {
        *("today.desk", "review.queue", "people.couples", "exercises.library"),
        "accounts.settings",
    },
    Role.SUPERVISOR: {"people.couples", "exercises.library", "accounts.settings"},
    Role.OWNER: {"practice.settings", "people.staff", "accounts.settings"},
}
# Before the first use, on the way somewhere else, or no matter of any one way.
UNDER_NONE = {
    *("desk.home", "accounts.welcome", "accounts.promise", "accounts.private"),
    *("reflections.token", "letters.go", "accounts.stay"),
}


def test_every_page_stands_under_one_of_its_readers_ways(app: Flask) -> None:
    lost = []
    for rule in app.url_map.iter_rules():
        doors = doors_of(app.view_functions[rule.endpoint]) or frozenset()
        if "GET" not in (rule.methods or ()) or rule.endpoint in UNDER_NONE:
            continue
        for role in doors & WAYS.keys():
            here = nearest(rule.endpoint, role)
            lost += [] if here in WAYS[role] else [(rule.endpoint, role.value, here)]
    assert lost == []


def test_the_ways_are_the_ones_that_are_shown(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set().union(*WAYS.values()) <= endpoints
    assert nearest("reflections.write", Role.PARTNER) == "desk.week"
    assert nearest("review.numbers", Role.COUNSELLOR) == "people.couples"
    assert nearest("homework.programmes", Role.COUNSELLOR) == "exercises.library"
