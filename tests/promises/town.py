"""A small town for the promises: one practice with everybody in it and something of everything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.passwords import Terms
from portal.accounts.service import start_sign_in
from portal.vocabulary import Role
from portal.web.visits import cookie_name, house
from tests.support.world import CoupleHere, World

PEOPLE = ("owner", "counsellor", "supervisor", "partner a", "partner b")

PAPER = b"%PDF-1.7 a small paper"


@dataclass
class Town:
    """Who lives here, where everything is, and which words were put where."""

    world: World
    app: Flask
    couple: CoupleHere
    people: dict[str, UUID]
    roles: dict[str, Role]
    words: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    say: Callable[[str], str] | None = None

    def word(self, where: str) -> str:
        """A marker that stands in one place and nowhere else, or what is tried out instead."""
        self.words[where] = self.say(where) if self.say else self.world.marker()
        return self.words[where]

    def sits(self, who: str, base_url: str = "http://localhost") -> FlaskClient:
        """A browser that is signed in as one of the town; nobody is signed in as "nobody"."""
        client = self.app.test_client()
        client.environ_base["HTTP_HOST"] = "localhost"
        if who != "nobody":
            with self.app.app_context():
                name = cookie_name(house().config)
            client.set_cookie(name, self.tokens[who], secure=base_url.startswith("https"))
        return client

    def signs_in(self, who: str) -> str:
        """A fresh sign-in of one of the town; gives what their browser would hold."""
        with self.app.app_context():
            terms = Terms.of(house().config)
        with self.world.visit() as visit:
            account = visit.db.get_one(self.ids["account"][who][0], self.ids["account"][who][1])
            return start_sign_in(visit, account, self.roles[who], "Firefox, Linux", terms=terms)
