"""A paper that was printed is given out only to whom it is for by now: attendance is asked at every download."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.foundation.errors import NotFound
from portal.reports import service
from portal.reports.queries import document_bytes, documents_of
from portal.sessions.queries import session_card
from portal.sessions.service import Hour, change_session, write_session
from portal.vocabulary import Role, Seat
from tests.support.world import CoupleHere, World

BOTH = (Seat.A, Seat.B)


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


def an_hour(world: World, attended: tuple[Seat, ...]) -> Hour:
    return Hour(world.now, 60, attended, shared_summary="Ann alone spoke of leaving.")


def written(world: World, couple: CoupleHere, attended: tuple[Seat, ...] = BOTH) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return write_session(visit, couple.id, an_hour(world, attended)).id


def corrected(world: World, couple: CoupleHere, session_id: UUID, there: tuple[Seat, ...]) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        version = session_card(visit, session_id).version
        change_session(visit, session_id, an_hour(world, there), version)


def ordered(world: World, couple: CoupleHere, session_id: UUID, key: str) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return service.order(visit, session_id, key).id


def printed(world: World, couple: CoupleHere, document_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        said = "\n".join(service.proof(visit, document_id).allowed)
        paper = service.Paper(b"%PDF " + said.encode(), "0" * 64, 1)
        service.finish(visit, document_id, paper)


def takes_out(world: World, person_id: UUID | None, role: Role, document_id: UUID) -> bool:
    """Whether somebody has the words of this paper, and finds it in a list if and only if they have."""
    assert person_id is not None
    with world.as_(person_id, role) as visit:
        (couple_id,) = visit.viewer.couples
        is_listed = document_id in {card.id for card in documents_of(visit, couple_id)}
        try:
            words = document_bytes(visit, document_id)
        except NotFound:
            assert not is_listed
            return False
        assert is_listed
        assert b"spoke of leaving" in words
        return True


class TestAttendanceCorrected:
    @pytest.mark.parametrize("edition", ["couple", "own"])
    def test_who_was_not_there_takes_nothing_out_any_more(
        self, world: World, couple: CoupleHere, edition: str
    ) -> None:
        session_id = written(world, couple)
        key = "couple" if edition == "couple" else str(couple.b)
        document_id = ordered(world, couple, session_id, key)
        printed(world, couple, document_id)
        assert takes_out(world, couple.b, Role.PARTNER, document_id)
        world.now += timedelta(minutes=1)
        corrected(world, couple, session_id, (Seat.A,))
        assert not takes_out(world, couple.b, Role.PARTNER, document_id)
        assert takes_out(world, couple.a, Role.PARTNER, document_id) is (edition == "couple")
        assert takes_out(world, couple.counsellor_id, Role.COUNSELLOR, document_id)

    def test_who_was_there_after_all_finds_it_again(self, world: World, couple: CoupleHere) -> None:
        session_id = written(world, couple)
        document_id = ordered(world, couple, session_id, "couple")
        printed(world, couple, document_id)
        corrected(world, couple, session_id, (Seat.A,))
        corrected(world, couple, session_id, BOTH)
        for who in (couple.a, couple.b):
            assert takes_out(world, who, Role.PARTNER, document_id)

    @pytest.mark.parametrize("edition", ["couple", "own"])
    def test_what_waits_is_not_printed_for_who_was_not_there(
        self, world: World, couple: CoupleHere, edition: str
    ) -> None:
        session_id = written(world, couple)
        key = "couple" if edition == "couple" else str(couple.b)
        document_id = ordered(world, couple, session_id, key)
        corrected(world, couple, session_id, (Seat.A,))
        with (
            world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
            pytest.raises(NotFound),
        ):
            service.proof(visit, document_id)


class TestPutRight:
    @pytest.mark.parametrize("edition", ["couple", "own"])
    def test_its_readers_find_the_version_that_holds_and_no_older_one(
        self, world: World, couple: CoupleHere, edition: str
    ) -> None:
        session_id = written(world, couple)
        key = "couple" if edition == "couple" else str(couple.a)
        versions = []
        for _ in range(2):
            versions.append(ordered(world, couple, session_id, key))
            printed(world, couple, versions[-1])
            world.now += timedelta(minutes=1)
        old, new = versions
        assert not takes_out(world, couple.a, Role.PARTNER, old)
        assert takes_out(world, couple.a, Role.PARTNER, new)
        for each in versions:
            assert takes_out(world, couple.counsellor_id, Role.COUNSELLOR, each)

    def test_it_holds_until_the_next_one_is_printed(self, world: World, couple: CoupleHere) -> None:
        session_id = written(world, couple)
        first = ordered(world, couple, session_id, "couple")
        printed(world, couple, first)
        ordered(world, couple, session_id, "couple")
        assert takes_out(world, couple.a, Role.PARTNER, first)
