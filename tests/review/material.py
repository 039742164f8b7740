"""How far the parts of a round are, for the tests of reading and of writing back."""

from uuid import UUID

import sqlalchemy as sa

from portal.reflections.models import Reflection
from portal.vocabulary import ReflectionState
from tests.support.world import World


def states(world: World, round_id: UUID) -> list[ReflectionState]:
    with world.visit() as visit:
        query = sa.select(Reflection.state).where(Reflection.round_id == round_id)
        return list(visit.db.scalars(query))
