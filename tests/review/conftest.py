"""A running portal with a counsellor at the desk."""

from uuid import UUID

import pytest

from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import issues
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    """A paired round that both have sent."""
    (made,) = world.an_assignment(couple)
    assert couple.b is not None
    world.a_reflection(couple.a, made, issues("ann"))
    world.a_reflection(couple.b, made, {**issues("ben"), "how_it_felt": 4})
    return made
