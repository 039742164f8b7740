"""A running portal with one couple."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

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
def couple(world: World) -> CoupleHere:
    return world.a_couple()
