"""A running portal and somebody at a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from tests.support.browser import Browser, an_account
from tests.support.moments import StandingClock
from tests.support.portal import portal_upon
from tests.support.world import CoupleHere, World


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(world: World, tmp_path: Path, clock: StandingClock) -> Iterator[Flask]:
    with portal_upon(world, tmp_path, clock) as made:
        yield made


@pytest.fixture
def sit_down(world: World, app: Flask, clock: StandingClock) -> Callable[[UUID], Browser]:
    """Somebody sits down at a browser of their own and signs in."""

    def come(person_id: UUID) -> Browser:
        browser = Browser(app, clock)
        browser.sign_in(an_account(world, app, person_id))
        return browser

    return come


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return world.an_assignment(couple)[0]
