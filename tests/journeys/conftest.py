"""A portal behind a real door, and a real browser before it."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize

from portal.vocabulary import Role
from tests.reflections.conftest import app, clock, couple, round_id
from tests.support.browser import PASSWORD, an_account
from tests.support.portal import opened
from tests.support.world import World

__all__ = ["app", "clock", "couple", "round_id"]

PHONE: ViewportSize = {"width": 390, "height": 844}
SitDown = Callable[..., Page]


@pytest.fixture(params=["sqlite"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with opened(app) as at:
        yield at


@pytest.fixture
def sit_down(world: World, app: Flask, address: str, chromium: Browser) -> Iterator[SitDown]:
    """Somebody sits down at a device of their own, with or without scripts, and signs in."""
    contexts = []

    def come(
        person_id: UUID, *, scripts: bool = True, dark: bool = False, role: Role = Role.PARTNER
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport=PHONE,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(15000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, an_account(world, app, person_id, role))
        return page

    yield come
    for context in contexts:
        context.close()


def sign_in(page: Page, login: str) -> None:
    """Come in by the front door."""
    page.goto("/accounts/sign-in")
    page.fill('main [name="login"]', login)
    page.fill('main [name="password"]', PASSWORD)
    page.click('main form:has([name="password"]) button[type="submit"]')
    page.wait_for_url(lambda at: "/sign-in" not in at)
