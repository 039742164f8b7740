"""A printing that broke too often is said to have failed, and a page that waits keeps nobody signed in."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.jobs.models import Job, JobState
from portal.reports import service
from portal.reports.models import PrintState, SummaryDocument
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.homework.looking import Desk
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


@pytest.fixture
def ordered(world: World, couple: CoupleHere) -> tuple[UUID, UUID]:
    """An hour that was written down, and a couple's edition of it that waits to be printed."""
    hour = Hour(world.now, 60, (Seat.A, Seat.B), shared_summary="We spoke of money.")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        session_id = write_session(visit, couple.id, hour).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return session_id, service.order(visit, session_id, "couple").id


def test_a_printing_that_was_given_up_is_not_waited_for(
    world: World, ordered: tuple[UUID, UUID], desk: Desk
) -> None:
    session_id, document_id = ordered
    page = desk.open(f"/reports/{document_id}")
    assert "Being printed" in page.said
    with world.visit() as visit:
        visit.db.execute(sa.update(Job).values(state=JobState.PARKED, fault="MemoryError"))
        visit.db.commit()
    answer = desk.client.get(f"/reports/{document_id}")
    assert "It could not be printed this time" in answer.text
    assert "Refresh" not in answer.headers
    assert desk.client.get(f"/reports/{document_id}/state").get_json()["state"] == "failed"
    assert "Not printed" in desk.open(f"/reports/{session_id}/compose").said


def test_a_page_that_looks_again_by_itself_keeps_nobody_signed_in(
    ordered: tuple[UUID, UUID], desk: Desk, clock: StandingClock
) -> None:
    _session_id, document_id = ordered
    again = desk.client.get(f"/reports/{document_id}").headers["Refresh"]
    to = again.partition("url=")[2]
    assert again.startswith("2;")
    for _look in range(4):
        clock.move(minutes=5)
        answer = desk.client.get(to)
    assert "Being printed" not in answer.text, "they rested for twenty minutes"


def test_a_printing_that_was_given_up_is_no_version(
    world: World, couple: CoupleHere, ordered: tuple[UUID, UUID]
) -> None:
    session_id, document_id = ordered
    with world.visit() as visit:
        visit.db.execute(sa.update(Job).values(state=JobState.PARKED, fault="MemoryError"))
        visit.db.commit()
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert service.order(visit, session_id, "couple").version == 1
    with world.visit() as visit:
        assert visit.db.get_one(SummaryDocument, document_id).state is PrintState.FAILED
