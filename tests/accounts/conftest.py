"""A running portal, and somebody at a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.throttle import COUNTERS
from portal.foundation.chest import Chest
from portal.foundation.keyring import Keyring
from portal.web.visits import house
from tests.accounts.running import TERMS, running
from tests.accounts.visitor import Visitor, an_account
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(
    tmp_path: Path, engine: sa.Engine, keyring: Keyring, chest: Chest, clock: StandingClock
) -> Iterator[Flask]:
    COUNTERS.drop_all(engine)  # a server's counters outlive the test before
    made = running(tmp_path, engine, chest, clock)
    yield made
    with made.app_context():
        for held in (house().engine, house().keyring.engine):
            held.dispose()
        counters = made.extensions.get("weft_counters")
    if counters is not None:
        counters.engine.dispose()


@pytest.fixture
def arrive(app: Flask) -> Callable[[], Visitor]:
    return lambda: Visitor(app)


@pytest.fixture
def nadia(world: World) -> UUID:
    person = world.a_counsellor(world.a_practice())
    an_account(world, person, "nadia", TERMS)
    return person


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple(names=("Sasha Moon", "Robin Vale"))


@pytest.fixture
def desk(arrive: Callable[[], Visitor], couple: CoupleHere, world: World) -> Visitor:
    """The counsellor of that couple, signed in."""
    an_account(world, couple.counsellor_id, "nadia", TERMS)
    visitor = arrive()
    visitor.sign_in("nadia")
    return visitor
