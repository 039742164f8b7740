"""P19, P21 and half of P23: what holds for every answer of the portal, whoever asks for what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.wrappers import Response

from portal.web.access import public
from tests.promises.crawl import (
    HTTPS,
    LEAVE,
    LEAVES,
    WALKERS,
    Seen,
    plant_trouble,
    refusals,
    seen,
    walk,
)
from tests.promises.ledger import changed, ledger
from tests.promises.running import running
from tests.promises.town import PEOPLE, Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
EXACTLY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
OFF = {"camera", "microphone", "geolocation", "display-capture", "payment", "usb"}
A_YEAR = 365 * 24 * 3600
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//([a-z0-9_.-]+\.[a-z]{2,}|\d+\.\d+\.\d+\.\d+)", re.IGNORECASE)
# Names of languages that drawings are written in; nothing is ever fetched from there.
NAMES_ONLY = {"www.w3.org"}
STATUSES = {200, 303, 400, 401, 404, 409, 413, 422, 500}
COOKIES = {"__Host-weft", "__Host-weft-device", "__Host-weft-form"}
SAFE_COOKIE = {"secure", "httponly", "path=/"}


@dataclass
class Walked:
    """What all walks brought back, and which tables each of them changed."""

    answers: list[Seen] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    leaving: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def app(one_world: World, folder: Path) -> Iterator[Flask]:
    settings = {"base_url": HTTPS, "testing": False}
    with running(one_world, folder, StandingClock(), **settings) as made:
        plant_trouble(made)
        yield made


@pytest.fixture(scope="module")
def town(one_world: World, app: Flask) -> Town:
    return build(one_world, app)


@pytest.fixture(scope="module")
def walked(app: Flask, town: Town, database: str) -> Walked:
    found = Walked()
    before = ledger(town.world)
    for who in WALKERS:
        for answer in walk(app, town, who, everywhere=database == "sqlite"):
            found.answers.append(answer)
        found.changes[who] = changed(before, ledger(town.world))
        client = town.sits(who, HTTPS)
        found.answers.append(seen(who, "GET", LEAVE, LEAVES, client.get(LEAVE, base_url=HTTPS)))
        after = ledger(town.world)
        found.leaving[who] = changed(before, after)
        before = after
    for who in PEOPLE:
        town.tokens[who] = town.signs_in(who)
    found.answers += refusals(app, town)
    found.answers += _signs_in_and_out(town)
    return found


def _signs_in_and_out(town: Town) -> Iterator[Seen]:
    client = town.sits("nobody", HTTPS)
    fields = {"login": town.ids["login"]["owner"], "password": "copper lantern orbit violet"}
    for path, given in (("/accounts/sign-in", fields), ("/accounts/sign-out", {})):
        page = "/accounts/settings" if path.endswith("out") else path
        text = client.get(page, base_url=HTTPS).get_data(as_text=True)
        token = text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        answer = client.post(path, data={"csrf_token": token, **given}, base_url=HTTPS)
        assert answer.status_code == 303
        yield seen("owner", "POST", path, "", answer)


class TestHeaders:
    def test_every_answer_is_dressed(self, walked: Walked, app: Flask, database: str) -> None:
        wrong = {
            f"{each.who} {each.method} {each.path}": faults
            for each in walked.answers
            if (faults := undressed(each))
        }
        assert wrong == {}
        assert {each.status for each in walked.answers} >= STATUSES
        asked = {each.endpoint for each in walked.answers}
        routes = {r.endpoint for r in app.url_map.iter_rules() if "GET" in (r.methods or ())}
        assert routes - asked == set()
        statuses = len({each.status for each in walked.answers})
        says = f"{len(walked.answers)} answers of {statuses} kinds dressed ({database})"
        keep("P19", f"headers-{database}", says)

    def test_a_bare_page_is_noticed(self) -> None:
        throwaway = Flask("throwaway")

        @public
        def bare() -> Response:
            return Response("<img src='https://elsewhere.example/x.png'>")

        throwaway.add_url_rule("/", "bare", bare)
        answer = seen("nobody", "GET", "/", "bare", throwaway.test_client().get("/"))
        faults = undressed(answer)
        assert len(faults) == len(EXACTLY) + 4
        assert "elsewhere.example" in faults[-1]


class TestCookies:
    def test_every_cookie_is_bound_to_this_host(self, walked: Walked, database: str) -> None:
        cookies = [cookie for each in walked.answers for cookie in each.cookies()]
        wrong = [cookie for cookie in cookies if loose(cookie)]
        assert wrong == []
        assert {cookie.partition("=")[0] for cookie in cookies} == COOKIES
        keep("P21", f"cookies-{database}", f"{len(cookies)} cookies bound to the host ({database})")

    @pytest.mark.parametrize(
        "cookie",
        [
            "weft=a; Secure; HttpOnly; Path=/; SameSite=Lax",
            "__Host-weft=a; HttpOnly; Path=/; SameSite=Lax",
            "__Host-weft=a; Secure; Path=/; SameSite=Lax",
            "__Host-weft=a; Secure; HttpOnly; Path=/x; SameSite=Lax",
            "__Host-weft=a; Secure; HttpOnly; Path=/; SameSite=None",
            "__Host-weft=a; Secure; HttpOnly; Path=/",
            "__Host-weft=a; Secure; HttpOnly; Path=/; SameSite=Lax; Domain=localhost",
            "__Host-weft=a; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=100",
            "__Host-weft=a; Secure; HttpOnly; Path=/; SameSite=Lax; Expires=Fri, 01 Jan 2100 00:00",
        ],
    )
    def test_a_loose_cookie_is_noticed(self, cookie: str) -> None:
        assert loose(cookie)


class TestReading:
    def test_looking_changes_nothing(self, walked: Walked, database: str) -> None:
        assert walked.changes == {who: [] for who in WALKERS}
        # The way out is also a plain link, and ends the sign-in: that is what it is for.
        ended = {who: [] if who == "nobody" else ["auth_session"] for who in WALKERS}
        assert walked.leaving == ended
        pages = [each for each in walked.answers if each.method == "GET" and each.endpoint]
        says = f"{len(pages)} pages read, 0 tables changed ({database})"
        keep("P23", f"reading-{database}", says)


def undressed(each: Seen) -> list[str]:
    """What an answer lacks of the safe headers, and whom it mentions that is not us."""
    faults = [name for name, value in EXACTLY.items() if each.header(name) != value]
    age = re.fullmatch(
        r"max-age=(\d+); includeSubDomains", each.header("Strict-Transport-Security")
    )
    faults += [] if age and int(age[1]) >= A_YEAR else ["Strict-Transport-Security"]
    features = dict(part.strip().split("=") for part in _features(each))
    off = features.keys() >= OFF and set(features.values()) == {"()"}
    faults += [] if off else ["Permissions-Policy"]
    stored = each.header("Cache-Control")
    is_file = each.path.startswith("/static/") and each.status == 200
    faults += [] if is_file or stored == "no-store" else [f"Cache-Control: {stored}"]
    faults += [key for key, _ in each.headers if key.lower() in ("server", "x-powered-by")]
    strangers = set(ELSEWHERE.findall(each.body)) - NAMES_ONLY
    faults += [f"speaks of {strangers}"] if strangers and "pdf" not in _kind(each) else []
    return faults


def loose(cookie: str) -> bool:
    """Whether a cookie could leave this host, be read by a script, or outlive the browser."""
    name, *parts = (part.strip() for part in cookie.split(";"))
    said = {part.lower() for part in parts}
    names = {part.partition("=")[0] for part in said}
    bound = name.startswith("__Host-") and said >= SAFE_COOKIE and "domain" not in names
    same_site = bool(said & {"samesite=lax", "samesite=strict"})
    signed_in = name.startswith("__Host-weft=")
    is_deleted = "max-age=0" in said
    lasts = signed_in and not is_deleted and bool(names & {"max-age", "expires"})
    return not (bound and same_site) or lasts


def _features(each: Seen) -> list[str]:
    value = each.header("Permissions-Policy")
    return value.split(",") if "=" in value else []


def _kind(each: Seen) -> str:
    return each.header("Content-Type")
