"""What the tests of the wrong chair share: a round that both may write, and the deed itself."""

from datetime import timedelta
from uuid import UUID

from portal.care.chairs.service import give_to_writer
from portal.people import service as people
from portal.vocabulary import Role, Seat
from tests.care.deeds import PAIRED
from tests.support.promised import newest
from tests.support.world import CoupleHere, World


def a_round_for_both(world: World, couple: CoupleHere) -> UUID:
    """A paired round; both have read the promise."""
    assert couple.b is not None
    for who in (couple.a, couple.b):
        with world.as_(who, Role.PARTNER) as visit:
            people.acknowledge_policy(visit, newest(visit))
    (round_id,) = world.an_assignment(couple, PAIRED)
    world.now += timedelta(minutes=1)
    return round_id


def rehome(
    world: World,
    couple: CoupleHere,
    round_id: UUID,
    seat: Seat = Seat.A,
    *,
    exchange: bool = False,
) -> None:
    """The counsellor gives what stands under one of them to the other."""
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, seat, exchange=exchange)
    world.now += timedelta(minutes=1)
