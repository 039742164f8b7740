"""P3: a right that has ended is ended at the next knock, whatever is still open in a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account, AuthSession
from portal.care.service import change_terms
from portal.people.models import Membership, Person, StaffRole
from portal.people.service import CoupleTerms
from portal.people.staff.service import end_care, hand_over_all
from portal.reports.drawing import draw
from portal.reports.jobs import printing
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.service import order
from portal.vocabulary import ContactLevel, Role
from portal.web.visits import house
from tests.promises.addresses import addresses
from tests.promises.ledger import TRACES, ledger
from tests.promises.running import running
from tests.promises.seen_world import ID
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

SERVED = 200
LEAST = 200
LEFT_OUT = (*TRACES, "auth_session")
ENDS = ("accounts.leave", "accounts.sign_out", "accounts.sign_out_everywhere", "accounts.join")
COMMON = ("sign-in", "practice name", "letterhead")
OWN = ("accounts.", "practice.")


def _is_handed_on(town: Town, who: str) -> None:
    another = town.world.a_counsellor(town.couple.practice_id, "Kim Another")
    with town.world.as_(town.people["owner"], Role.OWNER) as visit:
        hand_over_all(visit, town.people[who], another)


def _is_shared_no_more(town: Town, who: str) -> None:
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        end_care(visit, town.couple.id, town.people[who], Role.SUPERVISOR)


def _is_suspended(town: Town, who: str) -> None:
    with town.world.visit() as visit:
        account = visit.db.get_one(Account, town.ids["account"][who][1])
        account.suspended_at = visit.now


def _is_signed_out(town: Town, who: str) -> None:
    with town.world.visit() as visit:
        mine = AuthSession.account_id == town.ids["account"][who][1]
        for row in visit.db.scalars(sa.select(AuthSession).where(mine)):
            row.ended_at = visit.now


def _is_erased(town: Town, who: str) -> None:
    with town.world.visit() as visit:
        visit.db.get_one(Person, town.people[who]).erased_at = visit.now


def _loses_role(town: Town, who: str) -> None:
    with town.world.visit() as visit:
        theirs = StaffRole.person_id == town.people[who]
        for row in visit.db.scalars(sa.select(StaffRole).where(theirs)):
            row.until_at = visit.now


def _leaves(town: Town, who: str) -> None:
    with town.world.visit() as visit:
        theirs = Membership.person_id == town.people[who]
        for row in visit.db.scalars(sa.select(Membership).where(theirs)):
            row.left_at = visit.now


Deed = Callable[[Town, str], None]
EVERYBODY = ("counsellor", "supervisor", "partner a", "partner b")
CHANGES: tuple[tuple[Deed, tuple[str, ...]], ...] = (
    (_is_handed_on, ("counsellor",)),
    (_is_shared_no_more, ("supervisor",)),
    (_loses_role, ("counsellor", "supervisor")),
    (_leaves, ("partner a", "partner b")),
    (_is_suspended, EVERYBODY),
    (_is_signed_out, EVERYBODY),
    (_is_erased, EVERYBODY),
)


@pytest.fixture
def engine_name() -> str:
    """On the embedded database, whose file is put back after every change."""
    return "sqlite"


@pytest.fixture
def town(world: World, tmp_path: Path) -> Iterator[Town]:
    with running(world, tmp_path, StandingClock()) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        yield build(world, app)


def test_nothing_is_served_to_a_right_that_has_ended(town: Town, tmp_path: Path) -> None:
    _put_back(town, tmp_path, keeps=True)
    before = {who: _served(town, who, _pages(town)) for who in EVERYBODY}
    assert all(len(pages) >= 5 for pages in before.values()), "hardly anything was open before"
    asked, served, changed_by = 0, [], []
    for deed, whom in CHANGES:
        for who in whom:
            deed(town, who)
            asked += len(before[who])
            late = _served(town, who, before[who])
            served += [(deed.__name__, who, path) for path in late]
            asked, tables = asked + _sends_forms(town, who), ledger(town.world, LEFT_OUT)
            changed_by += [(deed.__name__, who, name) for name in _altered(town, tables)]
            _put_back(town, tmp_path)
    assert not served, "\n".join(map(str, served))
    assert changed_by == []
    assert asked >= LEAST
    keep("P3", "stale", f"{asked} late accesses, 0 served")


def _pages(town: Town) -> list[str]:
    found = addresses(town.app, town, reading=True)
    return [at.path for at in found if at.endpoint not in ENDS]


def _served(town: Town, who: str, paths: list[str]) -> list[str]:
    """Those of these pages that show this browser a word of the couple's, or a paper."""
    client, found = town.sits(who), []
    words = [word.encode() for where, word in town.words.items() if not where.startswith(COMMON)]
    for path in paths:
        answer = client.get(path)
        body = answer.get_data()
        answer.close()
        paper = answer.mimetype == "application/pdf"
        if answer.status_code == SERVED and (paper or any(word in body for word in words)):
            found.append(path)
    return found


def _forms(town: Town) -> list[str]:
    """Every form about a thing of this couple; other forms a colleague may still send."""
    found = addresses(town.app, town, reading=False)
    return [at.path for at in found if ID.search(at.path) and not at.endpoint.startswith(OWN)]


def _sends_forms(town: Town, who: str) -> int:
    """Send every form that could still be open in this browser; what it changes is looked at."""
    town.ids["tables"] = ledger(town.world, LEFT_OUT)
    client, paths = town.sits(who), _forms(town)
    for path in paths:
        answer = client.post(path, data={"text": "late", "line": "late", "edition": "clinical"})
        answer.close()
    return len(paths)


def _altered(town: Town, tables: dict[str, str]) -> list[str]:
    """Which tables the late forms have changed."""
    return [name for name, mark in town.ids["tables"].items() if tables[name] != mark]


def _put_back(town: Town, folder: Path, *, keeps: bool = False) -> None:
    with town.app.app_context():
        house().engine.dispose()
    if keeps:
        with town.world.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    town.world.engine.dispose()
    for tail in ("-wal", "-shm"):
        (folder / f"weft.db{tail}").unlink(missing_ok=True)
    pair = (folder / "weft.db", folder / "kept.db")
    shutil.copy(*(pair if keeps else pair[::-1]))


class NoPress:
    """A press that must not be reached."""

    def print(self, _html: str) -> bytes:
        raise AssertionError("this was printed for somebody who may not have it any more")


class OneTurn:
    """A turn of the worker, in visits of this world."""

    def __init__(self, world: World) -> None:
        self.looking = world.visit
        self.world = world

    def __call__(self) -> Any:
        """A visit in which the job is finished."""
        return self.world.visit()


def _no_contact(town: Town, _who: str) -> None:
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        change_terms(visit, town.couple.id, CoupleTerms(contact=ContactLevel.NO_CONTACT))


def test_a_print_that_was_ordered_asks_again_when_it_runs(town: Town, tmp_path: Path) -> None:
    ordered = []
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        for key in ("clinical", "couple", str(town.couple.a)):
            ordered.append(order(visit, town.ids["session_id"], key).id)
    _put_back(town, tmp_path, keeps=True)
    changes = (_is_handed_on, _loses_role, _is_erased, _no_contact)
    for deed in changes:
        deed(town, "counsellor")
        for document_id in ordered[1:2] if deed is _no_contact else ordered:
            printing(draw, NoPress())(OneTurn(town.world), document_id)  # type: ignore[arg-type]
            with town.world.visit() as visit:
                row = visit.db.get_one(SummaryDocument, document_id)
                assert (row.state, row.document) == (PrintState.FAILED, None), deed.__name__
        _put_back(town, tmp_path)
    keep("P3", "jobs", f"{len(changes)} changes while a print waits, 0 printed")
