"""A no to totals on paper for both waits for a paper that is just being finished, and counts for all after it."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.measures import service as measures
from portal.reports import service
from portal.reports.models import PrintState, SummaryDocument
from portal.sessions.service import Hour, write_session
from portal.visit import Visit
from portal.vocabulary import Role, Seat
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.meeting import Meanwhile
from tests.support.world import CoupleHere, World


def says(world: World, person_id: UUID | None, *, yes: bool) -> None:
    assert person_id is not None
    with world.as_(person_id, Role.PARTNER) as visit:
        measures.say(visit, yes=yes)


@pytest.fixture
def ordered(world: World, couple: CoupleHere) -> UUID:
    """A paper for both that is still to be printed, with totals to which each said yes."""
    assert couple.b is not None
    switch_on(world, couple)
    for person in (couple.a, couple.b):
        a_check_in(world, person, typed(7))
        says(world, person, yes=True)
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=60, attended=(Seat.A, Seat.B))
        session_id = write_session(visit, couple.id, hour).id
    world.now += timedelta(hours=2)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return service.order(visit, session_id, "couple").id


def finished(visit: Visit, document_id: UUID, ready: service.Proof) -> None:
    service.finish(visit, document_id, service.Paper(b"%PDF ", "0" * 64, 1, ready.summary.read))


def state_of(world: World, document_id: UUID) -> PrintState:
    with world.visit() as visit:
        query = sa.select(SummaryDocument.state).where(SummaryDocument.id == document_id)
        return visit.db.scalars(query).one()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_no_waits_for_the_paper_that_is_just_being_finished(
    world: World, couple: CoupleHere, ordered: UUID
) -> None:
    """SQLite knows one writer at a time, so that there is no such moment."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, ordered)
    assert ready.summary.check_in, "the totals of both would stand there"
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert service.is_still_so(visit, ordered, ready)
        no = Meanwhile(world, lambda own: says(own, couple.a, yes=False))
        assert no.waits, "it is acknowledged, and the paper does not know of it"
        finished(visit, ordered, ready)
    assert no.end() is None
    assert state_of(world, ordered) is PrintState.FINISHED


def test_a_no_before_that_keeps_them_off(world: World, couple: CoupleHere, ordered: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, ordered)
    says(world, couple.a, yes=False)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert not service.is_still_so(visit, ordered, ready)
        assert not service.proof(visit, ordered).summary.check_in
