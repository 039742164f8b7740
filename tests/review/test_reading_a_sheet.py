"""A look at a sheet for two is noted, also where all of it is shared: whether it can be had back hangs on nothing else."""

from collections.abc import Mapping
from datetime import date

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.exercises.form.values import Value
from portal.foundation.errors import TooLate
from portal.reflections.joint import agreeing
from portal.reflections.models import Revision
from portal.reflections.sending.queries import READ_ALREADY
from portal.vocabulary import Act, Role
from tests.homework.looking import Desk
from tests.support.sheets import a_sheet, put, say_yes, second
from tests.support.world import CoupleHere, World

SHARED: Mapping[str, Value] = {"what": "A walk", "who": "a", "happened": "did_not"}


@pytest.mark.parametrize("alone", [{}, {"private_note": "I am afraid."}], ids=["shared", "alone"])
def test_it_cannot_be_had_back_once_it_was_looked_at(
    world: World, couple: CoupleHere, desk: Desk, alone: Mapping[str, Value]
) -> None:
    sheet_id = a_sheet(world, couple, "date-night")
    today: date = world.now.date()
    put(world, couple.a, sheet_id, {**SHARED, "date": today})
    put(world, couple.a, sheet_id, alone)
    say_yes(world, couple.a, sheet_id, opens=False)
    assert say_yes(world, second(couple), sheet_id, opens=False)
    desk.open(f"/review/{sheet_id}")
    with world.as_(second(couple), Role.PARTNER) as visit, pytest.raises(TooLate) as no:
        agreeing.take_back(visit, sheet_id)
    assert no.value.message == READ_ALREADY
    with world.visit() as visit:
        read = sa.select(AuditEntry.object_id).where(AuditEntry.act == Act.READ)
        assert (
            visit.db.scalars(read).all()
            == visit.db.scalars(sa.select(Revision.id).where(Revision.number > 0)).all()
        )
