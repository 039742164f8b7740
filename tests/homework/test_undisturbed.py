"""Whoever works on a round holds it: a hold, a decision about joint work or a sending waits for them."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from portal.homework.models import Assignment, Round
from portal.homework.queries import undisturbed
from portal.people.models import Couple
from portal.vocabulary import Role
from tests.support.world import CoupleHere, World


def impatient(connection: sa.Connection) -> None:
    """Wait for a tenth of a second and no longer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
    else:
        connection.connection.cursor().execute("PRAGMA busy_timeout = 100")


def changes(round_id: UUID, what: str) -> sa.Update:
    """A change of what an opening hangs on, by somebody else."""
    here = sa.select(Round.assignment_id).where(Round.id == round_id).scalar_subquery()
    couple = sa.select(Assignment.couple_id).where(Assignment.id == here).scalar_subquery()
    return {
        "the couple": sa.update(Couple).where(Couple.id == couple).values(currency="GBP"),
        "the work": sa.update(Assignment).where(Assignment.id == here).values(held=True),
        "the round": sa.update(Round).where(Round.id == round_id).values(number=Round.number),
    }[what]


@pytest.mark.parametrize("what", ["the couple", "the work", "the round"])
def test_nobody_changes_what_it_hangs_on_meanwhile(world: World, what: str) -> None:
    couple: CoupleHere = world.a_couple()
    (round_id, *_) = world.an_assignment(couple, "unhurried-talk")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        undisturbed(visit, round_id)
        with world.engine.connect() as other:
            impatient(other)
            with pytest.raises(OperationalError):
                other.execute(changes(round_id, what))
    with world.engine.begin() as other:
        assert other.execute(changes(round_id, what)).rowcount == 1
