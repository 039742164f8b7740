"""Words that the counsellor had before them on a preview or on paper have been read, and the trail says so."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.foundation.errors import TooLate
from portal.people.models import Care
from portal.reflections.models import Revision
from portal.reflections.sending.queries import READ_ALREADY
from portal.reflections.sending.service import take_back
from portal.reports import service
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Act, Role, Seat
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.reflections.conftest import sit_down
from tests.reflections.material import issues
from tests.support.browser import Browser
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk", "sit_down"]
READ = "Your counsellor has opened this"


def sent(world: World, couple: CoupleHere) -> UUID:
    """Ann has sent something that nobody has looked at."""
    (round_id,) = world.an_assignment(couple)
    world.a_reflection(couple.a, round_id, issues("words of Ann"))
    world.now += timedelta(minutes=1)
    return round_id


def an_hour(world: World, couple: CoupleHere) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(world.now, 60, (Seat.A, Seat.B))
        return write_session(visit, couple.id, hour).id


def preview(world: World, couple: CoupleHere, session_id: UUID, key: str = "clinical") -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.preview(visit, session_id, key)


def printed(world: World, couple: CoupleHere, session_id: UUID, key: str = "clinical") -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        document_id = service.order(visit, session_id, key).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, document_id)
    assert not readings(world), "nobody has it yet"
    with world.visit() as visit:  # the worker is nobody
        service.finish(
            visit, document_id, service.Paper(b"%PDF", "0" * 64, 1, read=ready.summary.read)
        )


def readings(world: World) -> list[tuple[UUID | None, UUID | None]]:
    """What was read, and by whom, line by line."""
    with world.visit() as visit:
        query = sa.select(AuditEntry.object_id, AuditEntry.actor_id)
        found = visit.db.execute(query.where(AuditEntry.act == Act.READ))
        return [(row[0], row[1]) for row in found]


def revisions(world: World) -> set[UUID]:
    with world.visit() as visit:
        return set(visit.db.scalars(sa.select(Revision.id).where(Revision.number > 0)))


def is_had_back(world: World, person_id: UUID, round_id: UUID) -> bool:
    with world.as_(person_id, Role.PARTNER) as visit:
        try:
            take_back(visit, round_id)
        except TooLate as no:
            return str(no) != READ_ALREADY
        return True


def test_what_stood_in_a_preview_is_not_taken_back(
    world: World, couple: CoupleHere, desk: Desk, sit_down: Callable[..., Browser]
) -> None:
    round_id = sent(world, couple)
    session_id = an_hour(world, couple)
    ann = sit_down(couple.a)
    before = ann.open(f"/reflections/{round_id}")
    assert READ not in before.said
    for _ in range(2):
        assert "words of Ann" in desk.open(f"/reports/{session_id}/compose").text
    (revision_id,) = revisions(world)
    assert readings(world) == [(revision_id, couple.counsellor_id)]
    assert READ in ann.send({}, to="/take-back").said
    assert not is_had_back(world, couple.a, round_id)


@pytest.mark.parametrize("edition", ["clinical", "own"])
def test_what_stands_on_paper_is_not_taken_back(
    world: World, couple: CoupleHere, edition: str
) -> None:
    round_id = sent(world, couple)
    key = str(couple.a) if edition == "own" else edition
    printed(world, couple, an_hour(world, couple), key)
    assert readings(world) == [(*revisions(world), couple.counsellor_id)]
    assert not is_had_back(world, couple.a, round_id)


@pytest.mark.parametrize("edition", ["couple", "the other's"])
def test_what_stood_in_no_preview_was_not_read(
    world: World, couple: CoupleHere, edition: str
) -> None:
    round_id = sent(world, couple)
    key = str(couple.b) if edition == "the other's" else edition
    preview(world, couple, an_hour(world, couple), key)
    assert readings(world) == []
    assert is_had_back(world, couple.a, round_id)


def test_a_number_from_before_that_stands_on_paper_was_read(
    world: World, couple: CoupleHere
) -> None:
    before = sent(world, couple)
    an_hour(world, couple)
    world.now += timedelta(days=1)
    sent(world, couple)
    session_id = an_hour(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        summary = service.preview(visit, session_id, "clinical")
    assert summary.looks_back
    assert len(revisions(world)) == 2
    assert {object_id for object_id, _ in readings(world)} == revisions(world)
    assert not is_had_back(world, couple.a, before)


def test_what_came_after_the_hour_was_not_read(world: World, couple: CoupleHere) -> None:
    session_id = an_hour(world, couple)
    world.now += timedelta(hours=2)
    round_id = sent(world, couple)
    preview(world, couple, session_id)
    assert readings(world) == []
    assert is_had_back(world, couple.a, round_id)


def test_a_colleague_who_reads_it_later_is_named_as_well(world: World, couple: CoupleHere) -> None:
    sent(world, couple)
    session_id = an_hour(world, couple)
    preview(world, couple, session_id)
    preview(world, couple, session_id, str(couple.a))
    assert len(readings(world)) == 1
    kim = world.a_counsellor(couple.practice_id, "Kim Another")
    with world.visit() as visit:
        care = Care(couple_id=couple.id, person_id=kim, role=Role.COUNSELLOR, since_at=world.now)
        visit.db.add(care)
    with world.as_(kim, Role.COUNSELLOR) as visit:
        service.preview(visit, session_id, "clinical")
    assert [who for _, who in readings(world)] == [couple.counsellor_id, kim]


@pytest.mark.parametrize("pieces", [1, 5])
def test_noting_it_asks_the_trail_once(world: World, couple: CoupleHere, pieces: int) -> None:
    for _ in range(pieces):
        sent(world, couple)
    session_id = an_hour(world, couple)
    asked: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "audit_entry" in statement:
            asked.append(statement)

    sa.event.listen(world.engine, "before_cursor_execute", listen)
    try:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.preview(visit, session_id, "clinical")
            assert len(asked) == 1
    finally:
        sa.event.remove(world.engine, "before_cursor_execute", listen)
    assert len(readings(world)) == pieces
