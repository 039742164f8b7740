"""How far somebody is with a homework is what lies in their chair: taken back it was not reached."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal.homework.models import Assignment, Recipient, Round
from portal.vocabulary import ReflectionState, Seat
from tests.promises.round_deeds import RealRound
from tests.support.world import CoupleHere, World


def reached(world: World, round_id: UUID, person_id: UUID) -> ReflectionState | None:
    with world.visit() as visit:
        query = (
            sa.select(Recipient.reached)
            .join(Assignment, Assignment.id == Recipient.assignment_id)
            .join(Round, Round.assignment_id == Assignment.id)
            .where(Round.id == round_id, Recipient.person_id == person_id)
        )
        return visit.db.scalars(query).one()


def test_what_was_taken_back_and_left_out_waits_for_nobody(
    world: World, couple: CoupleHere
) -> None:
    real = RealRound.given(world, couple)
    found = []
    for deed in (
        lambda: real.write(Seat.A, "a word"),
        lambda: real.send(Seat.A, says_yes=True),
        lambda: real.take_back(Seat.A),
        lambda: real.decline(Seat.A),
    ):
        assert real.tried(deed)
        world.now += timedelta(minutes=1)
        found.append(reached(world, real.round_id, couple.a))
    sent, declined = ReflectionState.SUBMITTED, ReflectionState.DECLINED
    assert found == [None, sent, None, declined]
