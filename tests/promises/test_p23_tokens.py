"""P23: nothing is changed by a form that did not come from a page of ours, seen by this person."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.access import doors_of, public
from tests.promises.addresses import Address, addresses, one_each
from tests.promises.crawl import HTTPS, a_token
from tests.promises.ledger import changed, ledger
from tests.promises.running import running
from tests.promises.town import PEOPLE, Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World


@dataclass(frozen=True)
class Forgery:
    """One way to have a form sent that somebody never pressed."""

    name: str
    token: str = ""
    in_address: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@pytest.fixture(scope="module")
def database() -> str:
    """A forged form is refused before the database is asked anything."""
    return "sqlite"


@pytest.fixture(scope="module")
def app(one_world: World, folder: Path) -> Iterator[Flask]:
    settings = {"base_url": HTTPS, "testing": False}
    with running(one_world, folder, StandingClock(), **settings) as made:
        yield made


@pytest.fixture(scope="module")
def town(one_world: World, app: Flask) -> Town:
    return build(one_world, app)


def forgeries(own: str, foreign: str) -> list[Forgery]:
    """Every forgery that is tried on every route."""
    return [
        Forgery("no token"),
        Forgery("a wrong token", token=own[::-1]),
        Forgery("a token of another browser", token=foreign),
        Forgery("a token in the address", in_address=f"?csrf_token={own}"),
        Forgery("another origin", token=own, headers=(("Origin", "https://evil.example"),)),
        Forgery("an open line", token=own, headers=(("Origin", "http://localhost"),)),
        Forgery("another page", token=own, headers=(("Referer", "https://evil.example/x"),)),
        Forgery("another site", token=own, headers=(("Sec-Fetch-Site", "cross-site"),)),
        Forgery("a sister site", token=own, headers=(("Sec-Fetch-Site", "same-site"),)),
    ]


def sender(town: Town, at: Address) -> str:
    """Somebody for whom this door is open, so that nothing but the forgery can be the reason."""
    doors = doors_of(town.app.view_functions[at.endpoint])
    return next((who for who in PEOPLE if doors and town.roles[who] in doors), "nobody")


def attempt(client: FlaskClient, at: Address, forged: Forgery) -> int:
    answer = client.open(
        at.path + forged.in_address,
        method=at.method,
        data={"csrf_token": forged.token} if forged.token else {"text": "forged"},
        headers=dict(forged.headers),
        base_url=HTTPS,
    )
    return answer.status_code


def test_no_forged_form_is_taken(town: Town) -> None:
    before = ledger(town.world)
    foreign = a_token(town.sits("counsellor", HTTPS), "counsellor")
    browsers = {who: town.sits(who, HTTPS) for who in ("nobody", *PEOPLE)}
    own = {who: a_token(client, who) for who, client in browsers.items()}
    count, taken = 0, []
    writing = one_each(addresses(town.app, town, reading=False))
    for at in writing:
        who = sender(town, at)
        for forged in forgeries(own[who], foreign):
            count += 1
            status = attempt(browsers[who], at, forged)
            if status != 400:
                taken.append((forged.name, at.path, status))
    assert taken == []
    assert changed(before, ledger(town.world)) == []
    routes = {at.endpoint for at in writing}
    rules = town.app.url_map.iter_rules()
    assert routes == {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}
    says = f"{count} forged forms to {len(routes)} routes refused, 0 tables changed"
    keep("P23", "tokens", says)


def test_the_same_forms_from_our_own_pages_are_looked_at(town: Town) -> None:
    """Without this, a portal that refuses everything would keep the promise too."""
    refused = []
    for at in one_each(addresses(town.app, town, reading=False)):
        who = sender(town, at)
        if who != "nobody":
            town.tokens[who] = town.signs_in(who)
        client = town.sits(who, HTTPS)
        # As a browser sends it from a page that gives no referrer away.
        own = (("Origin", "null"), ("Sec-Fetch-Site", "same-origin"))
        if attempt(client, at, Forgery("own", token=a_token(client, who), headers=own)) == 400:
            refused.append(at.path)
    assert refused == []


def test_a_route_that_is_left_out_is_noticed(town: Town) -> None:
    throwaway = Flask("throwaway")

    @public
    def careless() -> str:
        return "done"

    throwaway.add_url_rule("/careless", "careless", careless, methods=["POST"])
    client = throwaway.test_client()
    at = Address("careless", "POST", "/careless")
    taken = [forged for forged in forgeries("a", "b") if attempt(client, at, forged) != 400]
    assert len(taken) == len(forgeries("a", "b"))
