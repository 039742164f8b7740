"""A running portal with a couple that is asked every week."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from portal.vocabulary import Role
from tests.reflections.conftest import app, clock
from tests.support.browser import Browser, an_account
from tests.support.check_ins import switch_on
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock"]


@pytest.fixture
def couple(world: World) -> CoupleHere:
    made = world.a_couple()
    switch_on(world, made)
    return made


@pytest.fixture
def sit_down(world: World, app: Flask, clock: StandingClock) -> Callable[[UUID, Role], Browser]:
    def sit(person_id: UUID, role: Role = Role.PARTNER) -> Browser:
        login = an_account(world, app, person_id, role)
        browser = Browser(app, clock)
        browser.open("/accounts/sign-in")
        browser.send({"login": login, "password": "copper lantern orbit violet"})
        return browser

    return sit
