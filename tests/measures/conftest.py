"""A running portal with a couple that is asked every week."""

import pytest

from tests.reflections.conftest import app, clock
from tests.support.check_ins import switch_on
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock"]


@pytest.fixture
def couple(world: World) -> CoupleHere:
    made = world.a_couple()
    switch_on(world, made)
    return made
