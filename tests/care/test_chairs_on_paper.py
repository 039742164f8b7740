"""The wrong chair on paper: whatever may hold the words is taken back, whenever it was ordered."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from portal.care.chairs.service import give_to_writer
from portal.foundation.errors import NotFound
from portal.reports import service as reports
from portal.reports.drawing import draw
from portal.reports.jobs import printing
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.printer import Printer
from portal.reports.queries import document_bytes
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.care.deeds import WORDS
from tests.care.wrong_chair import a_round_for_both, rehome
from tests.support.meeting import Meanwhile
from tests.support.turns import OneTurn
from tests.support.world import CoupleHere, World

BENS = "of Ben, in the wrong chair"


def an_hour(world: World, couple: CoupleHere) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=60, attended=(Seat.A, Seat.B))
        return write_session(visit, couple.id, hour).id


def ordered(world: World, couple: CoupleHere, session_id: UUID) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        document_id = reports.order(visit, session_id, str(couple.a)).id
    world.now += timedelta(minutes=1)
    return document_id


def printed(world: World, couple: CoupleHere, document_id: UUID) -> bool:
    """Keep what would be printed now; whether the words of the other stand on it."""
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        said = "\n".join(reports.proof(visit, document_id).allowed)
        reports.finish(visit, document_id, reports.Paper(b"%PDF " + said.encode(), "0" * 64, 1))
    world.now += timedelta(minutes=1)
    return BENS in said


def sent(world: World, couple: CoupleHere, round_id: UUID) -> None:
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": BENS})


def state_of(world: World, document_id: UUID) -> PrintState:
    with world.visit() as visit:
        query = sa.select(SummaryDocument.state).where(SummaryDocument.id == document_id)
        return visit.db.scalars(query).one()


def test_what_was_ordered_before_and_printed_after_is_taken_back(
    world: World, couple: CoupleHere
) -> None:
    round_id = a_round_for_both(world, couple)
    document_id = ordered(world, couple, an_hour(world, couple))
    sent(world, couple, round_id)
    assert printed(world, couple, document_id)
    rehome(world, couple, round_id)
    assert state_of(world, document_id) is PrintState.WITHDRAWN
    with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(NotFound):
        document_bytes(visit, document_id)


def test_what_was_ordered_before_and_still_waits_is_taken_back(
    world: World, couple: CoupleHere
) -> None:
    round_id = a_round_for_both(world, couple)
    document_id = ordered(world, couple, an_hour(world, couple))
    sent(world, couple, round_id)
    rehome(world, couple, round_id)
    assert state_of(world, document_id) is PrintState.WITHDRAWN


def test_what_was_printed_before_stays(world: World, couple: CoupleHere) -> None:
    round_id = a_round_for_both(world, couple)
    document_id = ordered(world, couple, an_hour(world, couple))
    assert not printed(world, couple, document_id)
    sent(world, couple, round_id)
    rehome(world, couple, round_id)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert document_bytes(visit, document_id)


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_press_waits_for_whoever_moves_words(
    world: World, couple: CoupleHere, printer: Printer
) -> None:
    """It was ordered while the words were on their way, and looks before they have arrived.

    SQLite knows one writer at a time, so that there is no such moment.
    """
    round_id = a_round_for_both(world, couple)
    session_id = an_hour(world, couple)
    sent(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A)
        visit.db.flush()
        document_id = ordered(world, couple, session_id)
        work: Callable[[Any, UUID], None] = printing(draw, printer)
        press = Meanwhile(world, lambda own: work(OneTurn(own), document_id), patience=3)
        assert press.waits, f"it is {state_of(world, document_id).value} already"
    assert press.end() is None
    with world.as_(couple.a, Role.PARTNER) as visit:
        paper = PdfReader(BytesIO(document_bytes(visit, document_id)))
        said = " ".join(page.extract_text() for page in paper.pages)
    assert BENS not in " ".join(said.split())
