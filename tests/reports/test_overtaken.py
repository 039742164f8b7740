"""What changes while a paper is in the press is not overlooked: it is printed afresh, or not at all."""

from collections.abc import Callable, Iterator
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from portal.care.service import hold
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.jobs import CHANGED, GONE, printing
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.printer import Printer
from portal.reports.queries import document_bytes
from portal.sessions.models import TherapySession
from portal.sessions.service import Hour, change_session, write_session
from portal.vocabulary import Role, Seat
from tests.support.turns import OneTurn
from tests.support.world import CoupleHere, World

Deed = Callable[[], None]


class Press:
    """The real press, in which something happens each time while it works."""

    def __init__(self, printer: Printer, deeds: list[Deed]) -> None:
        self.printer, self.deeds, self.printed = printer, deeds, 0

    def print(self, html: str) -> bytes:
        self.printed += 1
        content = self.printer.print(html)
        if self.deeds:
            self.deeds.pop(0)()
        return content


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


@pytest.fixture
def ordered(world: World, couple: CoupleHere) -> tuple[UUID, UUID]:
    """An hour that was written down, and a couple's edition of it that waits to be printed."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        session_id = write_session(visit, couple.id, an_hour(world, "We spoke of money.")).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return session_id, service.order(visit, session_id, "couple").id


def an_hour(world: World, shared: str) -> Hour:
    return Hour(world.now, 60, (Seat.A, Seat.B), shared_summary=shared)


def printed(world: World, press: Press, document_id: UUID) -> SummaryDocument:
    printing(draw, press)(OneTurn(world), document_id)  # type: ignore[arg-type]
    with world.visit() as visit:
        row = visit.db.get_one(SummaryDocument, document_id)
        visit.db.expunge(row)
        return row


def rewriting(world: World, couple: CoupleHere, session_id: UUID, words: str) -> Deed:
    def deed() -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            version = visit.db.get_one(TherapySession, session_id).version
            change_session(visit, session_id, an_hour(world, words), version)

    return deed


def test_what_changed_in_the_press_is_printed_afresh(
    world: World, couple: CoupleHere, printer: Printer, ordered: tuple[UUID, UUID]
) -> None:
    session_id, document_id = ordered
    press = Press(printer, [rewriting(world, couple, session_id, "We spoke of time.")])
    row = printed(world, press, document_id)
    assert (press.printed, row.state) == (2, PrintState.FINISHED)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        paper = PdfReader(BytesIO(document_bytes(visit, document_id)))
    said = " ".join(page.extract_text() for page in paper.pages)
    assert "We spoke of time." in said
    assert "We spoke of money." not in said


def test_what_never_comes_to_rest_is_given_up_and_said_so(
    world: World, couple: CoupleHere, printer: Printer, ordered: tuple[UUID, UUID]
) -> None:
    session_id, document_id = ordered
    deeds = [rewriting(world, couple, session_id, f"Again, {n}.") for n in range(9)]
    row = printed(world, Press(printer, deeds), document_id)
    assert (row.state, row.fault, row.document) == (PrintState.FAILED, CHANGED, None)


def test_a_hold_that_begins_while_it_is_in_the_press_keeps_it_back(
    world: World, couple: CoupleHere, printer: Printer, ordered: tuple[UUID, UUID]
) -> None:
    def begin() -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hold(visit, couple.id, True, "")

    row = printed(world, Press(printer, [begin]), ordered[1])
    assert (row.state, row.fault, row.document) == (PrintState.FAILED, GONE, None)
