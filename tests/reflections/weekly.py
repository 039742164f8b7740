"""A week's round for the tests: its answers, its rounds, and what the database refuses."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.exercises.form.values import Row, Value
from portal.foundation.database import sessions
from portal.homework.models import Round
from portal.reflections.drafts.queries import draft
from portal.reflections.models import Reflection
from portal.vocabulary import Role, Seat
from tests.support.filled import Filler
from tests.support.world import CoupleHere, World

STEP = {"goal": "Call my sister", "why": "I miss her"}

KEPT: Mapping[str, Value] = {
    "kept": (Row("start-1", None, {"promise": "Home by six", "kept": "kept"}),),
    "noticed": "You told me first",
    "trust": 4,
}


def rounds_of(world: World, round_id: UUID) -> list[UUID]:
    with world.visit() as visit:
        row = visit.db.get_one(Round, round_id)
        query = sa.select(Round.id).where(Round.assignment_id == row.assignment_id)
        return list(visit.db.scalars(query.order_by(Round.number)))


def small_steps(world: World, couple: CoupleHere, progress: Sequence[int | None]) -> list[UUID]:
    """Weeks of an exercise given to one alone, each with its progress; one without is skipped."""
    (first,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
    rounds = rounds_of(world, first)
    for each, value in zip(rounds, progress, strict=False):
        if value is not None:
            with world.as_(couple.a, Role.PARTNER) as visit:
                fields = draft(visit, each).fields
            filled = Filler(world.now.date()).least(fields)
            world.a_reflection(couple.a, each, {**filled, "progress": value})
        world.now += timedelta(days=7)
    return rounds


def values_now(world: World, person_id: UUID, round_id: UUID) -> dict[str, object]:
    with world.as_(person_id, Role.PARTNER) as visit:
        return dict(draft(visit, round_id).reading.values)


def is_refused(world: World, row: Reflection | Round) -> bool:
    """Whether the database itself says no to this row."""
    with sessions(world.engine)() as db:
        db.add(row)
        try:
            db.flush()
        except IntegrityError:
            return True
    return False
