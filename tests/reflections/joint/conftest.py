"""A sheet for two, just given."""

from uuid import UUID

import pytest

from tests.support.sheets import a_sheet
from tests.support.world import CoupleHere, World


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return a_sheet(world, couple)
