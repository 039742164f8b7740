"""A running portal with a counsellor at the desk."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from portal.vocabulary import Role
from tests.homework.looking import Desk, a_desk
from tests.reflections.conftest import app, clock
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock"]


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


@pytest.fixture
def desk(world: World, app: Flask, clock: StandingClock, couple: CoupleHere) -> Desk:
    return a_desk(world, app, clock, couple.counsellor_id)


@pytest.fixture
def seat_at_desk(world: World, app: Flask, clock: StandingClock) -> Callable[[UUID, Role], Desk]:
    return lambda person_id, role: a_desk(world, app, clock, person_id, role)
