"""Ordering a paper from its page and taking it out: what stood there is printed, and each is told from the others."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.reports.models import SummaryDocument
from portal.reports.service import Paper, finish, order, proof
from portal.sessions.queries import session_card
from portal.sessions.service import Hour, change_session, write_session
from portal.vocabulary import Act, Role, Seat
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.reflections.conftest import sit_down
from tests.reflections.material import issues
from tests.support.browser import Browser, filled_in
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk", "sit_down"]
CHANGED = "Something on this paper has changed since you looked at it. Nothing was printed"
FINDS = "on their page"
PRINT = "Print this edition"


@pytest.fixture
def session_id(world: World, couple: CoupleHere) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return write_session(visit, couple.id, an_hour(world, "A calm hour.")).id


def an_hour(world: World, shared: str) -> Hour:
    return Hour(world.now, 60, (Seat.A, Seat.B), shared_summary=shared)


def rewritten(world: World, couple: CoupleHere, session_id: UUID, shared: str) -> None:
    """A colleague, or another tab, writes the hour down otherwise."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        version = session_card(visit, session_id).version
        change_session(visit, session_id, an_hour(world, shared), version)


def key_of(couple: CoupleHere, edition: str) -> str:
    return str(couple.b) if edition == "partner" else edition


def ordered(world: World, couple: CoupleHere) -> list[str]:
    """The shared summary of each paper that waits for the press."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        rows = visit.db.scalars(sa.select(SummaryDocument)).all()
        return [proof(visit, row.id).summary.shared_summary for row in rows]


@pytest.mark.parametrize("edition", ["clinical", "couple", "partner"])
def test_words_that_were_not_in_the_preview_are_shown_first(
    world: World, desk: Desk, couple: CoupleHere, session_id: UUID, edition: str
) -> None:
    desk.open(f"/reports/{session_id}/compose?edition={key_of(couple, edition)}")
    before = desk.page
    rewritten(world, couple, session_id, "Ann told me alone that she is leaving.")
    page = desk.press(PRINT)
    assert CHANGED in page.said
    assert "Ann told me alone" in page.soup.select(".sheet")[0].get_text()
    assert ordered(world, couple) == []
    now, desk.page = desk.page, before
    page = desk.press(PRINT)
    assert CHANGED in page.said, "pressed twice it is still not taken"
    assert ordered(world, couple) == []
    desk.page = now
    page = desk.press(PRINT)
    assert "Being printed" in page.said
    assert ordered(world, couple) == ["Ann told me alone that she is leaving."]


def test_what_has_not_changed_is_printed_however_much_later(
    world: World, desk: Desk, couple: CoupleHere, session_id: UUID
) -> None:
    desk.open(f"/reports/{session_id}/compose?edition=couple")
    desk.clock.move(minutes=9)
    assert "Being printed" in desk.press(PRINT).said
    assert ordered(world, couple) == ["A calm hour."]


def test_a_page_that_names_nothing_showed_nothing(
    world: World, desk: Desk, couple: CoupleHere, session_id: UUID
) -> None:
    page = desk.open(f"/reports/{session_id}/compose")
    sent = filled_in(page.form("/print"), {})
    del sent["shown"]
    assert CHANGED in desk.client.post(f"/reports/{session_id}/print", data=sent).text
    assert ordered(world, couple) == []


def test_a_page_of_before_the_first_version_shows_that_it_would_be_the_second(
    world: World, desk: Desk, couple: CoupleHere, session_id: UUID
) -> None:
    desk.open(f"/reports/{session_id}/compose")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        order(visit, session_id, "clinical")
    page = desk.press(PRINT)
    assert CHANGED in page.said
    assert "It takes the place of version 1." in page.said
    assert len(ordered(world, couple)) == 1


def test_what_is_shown_anew_has_been_read_and_is_named_once(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = an_hour(world, "A calm hour.")
        session_id = write_session(visit, couple.id, hour).id
    desk.open(f"/reports/{session_id}/compose")
    (round_id,) = world.an_assignment(couple)
    world.a_reflection(couple.a, round_id, issues("words of Ann"))
    world.now += timedelta(minutes=1)
    page = desk.press(PRINT)
    assert CHANGED in page.said
    assert "words of Ann" in page.text
    with world.visit() as visit:
        query = sa.select(AuditEntry.actor_id).where(AuditEntry.act == Act.READ)
        assert visit.db.scalars(query).all() == [couple.counsellor_id]


@pytest.mark.parametrize(
    ("edition", "says"),
    [
        ("partner", "Ben finds it on their page of papers as soon as it is printed."),
        ("couple", "Ann and Ben find it on their pages of papers as soon as it is printed."),
        ("clinical", ""),
    ],
)
def test_beside_the_button_stands_who_finds_it(
    desk: Desk, couple: CoupleHere, session_id: UUID, edition: str, says: str
) -> None:
    desk.open(f"/reports/{session_id}/compose?edition={key_of(couple, edition)}")
    said = " ".join(desk.form_with(PRINT).get_text(" ").split())
    assert says in said
    assert (FINDS in said) is bool(says)


@pytest.mark.parametrize(
    ("edition", "file"),
    [
        ("partner", "session-summary-partner-b-1-1.pdf"),
        ("couple", "session-summary-couple-1-1.pdf"),
        ("clinical", "session-summary-clinical-1-1.pdf"),
    ],
)
def test_a_file_says_to_the_counsellor_alone_which_edition_it_is(
    world: World,
    desk: Desk,
    couple: CoupleHere,
    session_id: UUID,
    sit_down: Callable[[UUID], Browser],
    edition: str,
    file: str,
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        document_id = order(visit, session_id, key_of(couple, edition)).id
        finish(visit, document_id, Paper(b"%PDF", "0" * 64, 1))
    path = f"/reports/{document_id}/download"
    answer = desk.client.get(path)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    if edition != "clinical":
        assert couple.b
        answer = sit_down(couple.b).client.get(path)
        nothing = 'attachment; filename="session-summary-1-1.pdf"'
        assert answer.headers["Content-Disposition"] == nothing
