"""What stands on a page of many, numbers or check-ins, has been read, and the trail says by whom, once."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.foundation.errors import TooLate
from portal.people.staff.service import share_care
from portal.reflections.sending.queries import READ_ALREADY
from portal.reflections.sending.service import take_back
from portal.vocabulary import Act, Role
from tests.homework.looking import Desk, issues
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.world import CoupleHere, World


def read_by(world: World, person_id: UUID) -> list[UUID | None]:
    query = sa.select(AuditEntry.object_id).where(
        AuditEntry.act == Act.READ, AuditEntry.actor_id == person_id
    )
    with world.visit() as visit:
        return list(visit.db.scalars(query))


def test_what_was_read_as_a_number_is_not_had_back(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("ann"))
    assert "Ann: 6 so far." in desk.open(f"/review/numbers/{couple.id}").said
    with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(TooLate) as no:
        take_back(visit, made)
    assert no.value.message == READ_ALREADY


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR])
def test_check_ins_beside_each_other_are_read_once_by_each(
    world: World,
    couple: CoupleHere,
    seat_at_desk: Callable[[UUID, Role], Desk],
    role: Role,
) -> None:
    switch_on(world, couple)
    sent = a_check_in(world, couple.a, typed(6, private_note="I am afraid of him"))
    who = couple.counsellor_id
    if role is Role.SUPERVISOR:
        who = world.a_person(couple.practice_id, "Sue Supervisor", role)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            share_care(visit, couple.id, who, role)
    at_desk = seat_at_desk(who, role)
    for _time in range(2):
        assert "I am afraid of him" in at_desk.open(f"/measures/{couple.id}").said
    assert read_by(world, who) == [sent]
