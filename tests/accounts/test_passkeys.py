"""Passkeys, made and used in a real browser with a virtual device."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, Request
from werkzeug.serving import make_server

from portal.accounts.models import Passkey
from portal.accounts.passkeys import service
from portal.accounts.passkeys.service import Site, is_offered_at
from portal.accounts.throttle import Counters
from portal.foundation.chest import Chest
from portal.foundation.database import open_database, sessions
from portal.foundation.errors import Refused
from portal.foundation.keyring import Keyring
from tests.accounts.running import TERMS, running, settings
from tests.accounts.visitor import PASSWORD, an_account
from tests.support.moments import START, StandingClock
from tests.support.world import World


class TestSite:
    @pytest.mark.parametrize(
        ("base", "host", "origin"),
        [
            ("http://127.0.0.1:8000", "localhost", "http://localhost:8000"),
            ("http://localhost:8000", "localhost", "http://localhost:8000"),
            ("http://[::1]:8000", "localhost", "http://localhost:8000"),
            ("https://weft.example.org", "weft.example.org", "https://weft.example.org"),
        ],
    )
    def test_where_a_passkey_is_bound_to(self, base: str, host: str, origin: str) -> None:
        site = Site.of(base, "Weft")
        assert (site.host, site.origin) == (host, origin)

    def test_it_is_offered_only_where_it_can_work(self) -> None:
        assert is_offered_at("http://127.0.0.1:8000", "localhost:8000")
        assert not is_offered_at("http://127.0.0.1:8000", "127.0.0.1:8000")
        assert is_offered_at("https://weft.example.org", "weft.example.org")


class TestNonsense:
    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"rawId": "AAAA"},
            {"rawId": "AAAA", "response": {}},
            {"rawId": "AAAA", "response": {"clientDataJSON": "!!"}},
            {"rawId": "AAAA", "response": {"clientDataJSON": "e30"}},
            {"rawId": 5, "response": 7},
        ],
    )
    def test_is_refused_in_one_sentence(
        self, world: World, tmp_path: Path, given: dict[str, Any]
    ) -> None:
        counters = Counters(open_database(f"sqlite:///{tmp_path / 'counters.db'}"))
        counters.prepare()
        with world.visit() as visit, pytest.raises(Refused) as refused:
            service.recognise_passkey(visit, counters, Site.of("http://localhost", "W"), given)
        counters.engine.dispose()
        assert refused.value.message == service.NOT_THIS_ONE


@pytest.mark.browser
class TestInABrowser:
    @pytest.fixture
    def engine_name(self) -> str:
        return "sqlite"

    @pytest.fixture
    def nadia(self, world: World) -> UUID:
        person = world.a_counsellor(world.a_practice())
        an_account(world, person, "nadia", TERMS)
        return person

    @pytest.fixture
    def site(
        self, tmp_path: Path, engine: sa.Engine, keyring: Keyring, chest: Chest, nadia: UUID
    ) -> Iterator[str]:
        clock = StandingClock(START)
        server = make_server("127.0.0.1", 0, Flask("nobody"), threaded=True)
        given = settings(tmp_path, engine).model_copy(
            update={"base_url": f"http://localhost:{server.server_port}"}
        )
        server.app = running(tmp_path, engine, chest, clock, given)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield given.base_url
        server.shutdown()
        thread.join()
        server.server_close()

    @pytest.fixture
    def page(self, chromium: Browser) -> Iterator[Page]:
        context = chromium.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield page
        context.close()

    def test_made_used_and_removed(self, site: str, page: Page, world: World) -> None:
        page.goto(f"{site}/accounts/sign-in")
        page.get_by_label("Sign-in name").fill("nadia")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.goto(f"{site}/accounts/settings")
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_text("The passkey is added.").wait_for()
        page.get_by_role("button", name="Sign out", exact=True).first.click()
        page.get_by_role("heading", name="Sign in").wait_for()

        asked: list[Any] = []

        def note(request: Request) -> None:
            if request.url.endswith("/sign-in/passkey"):
                asked.append(request.post_data_json)

        page.on("request", note)
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        page.goto(f"{site}/accounts/settings")
        page.get_by_text("Last used").wait_for()

        again = page.evaluate(
            """async ([address, given]) => {
              const token = document.querySelector('[name=csrf_token]').value;
              const headers = {'Content-Type': 'application/json', 'X-CSRFToken': token};
              const body = JSON.stringify(given);
              return (await fetch(address, {method: 'POST', headers, body})).status;
            }""",
            [f"{site}/accounts/sign-in/passkey", asked[0]],
        )
        assert again == 422
        with sessions(world.engine)() as db:
            assert len(db.scalars(sa.select(Passkey)).all()) == 1
        page.get_by_role("button", name="Remove the passkey").click()
        page.get_by_text("The passkey is removed.").wait_for()
        with sessions(world.engine)() as db:
            assert db.scalars(sa.select(Passkey)).all() == []
