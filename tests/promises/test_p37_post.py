"""P37: whatever the mail server does, and wherever the worker dies, nothing is lost and little doubled."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.jobs.kinds import JobKind
from portal.jobs.models import Job, JobState
from portal.jobs.service import LEASE
from portal.notices.courier import Deliver, Post, deliver
from portal.notices.models import Letter, Notice
from portal.notices.queries import undelivered
from portal.vocabulary import Role, Seat
from tests.support.moments import START
from tests.support.post import (
    Mailroom,
    PostOffice,
    a_post_office,
    free_port,
    post_to,
    wants_mail,
)
from tests.support.promises import keep
from tests.support.world import CoupleHere, World

HOUR = timedelta(hours=1)


class Died(BaseException):
    """The worker is gone in the middle of what it was doing."""


@pytest.fixture(scope="module")
def one_office() -> Iterator[PostOffice]:
    with a_post_office() as office:
        yield office


@pytest.fixture
def office(one_office: PostOffice) -> PostOffice:
    one_office.well()
    return one_office


@pytest.fixture
def couple(world: World) -> CoupleHere:
    couple = world.a_couple()
    wants_mail(world, couple.a)
    world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    world.now += HOUR
    return couple


@pytest.fixture
def room(world: World, tmp_path: Path, office: PostOffice) -> Iterator[Mailroom]:
    room = Mailroom(world, tmp_path, post_to(office.port))
    yield room
    room.close()


def letter(world: World) -> Letter:
    with world.visit() as visit:
        return visit.db.scalars(sa.select(Letter)).one()


def notice(world: World, person_id: UUID) -> Notice:
    with world.visit() as visit:
        return visit.db.scalars(sa.select(Notice).where(Notice.person_id == person_id)).one()


def job(world: World) -> Job:
    with world.visit() as visit:
        query = sa.select(Job).where(Job.kind == JobKind.SEND_MAIL.value)
        return visit.db.scalars(query).one()


def gets_there(world: World, room: Mailroom, office: PostOffice, hours: int = 30) -> None:
    """The server is well again: the letter arrives, once, and nothing more is owed."""
    office.at_rcpt = office.at_data = ""
    office.slow_seconds = 0.0
    room.work_until(world.now + timedelta(hours=hours))
    assert len(office.letters) == 1
    assert letter(world).sent_at is not None
    assert job(world).state is JobState.DONE


class TestTrouble:
    """Four kinds of trouble; each of them passes, and the letter arrives."""

    @pytest.mark.parametrize("trouble", ["down", "slow", "450", "451"])
    def test_that_passes(
        self,
        world: World,
        tmp_path: Path,
        office: PostOffice,
        couple: CoupleHere,
        trouble: str,
        engine_name: str,
    ) -> None:
        port = free_port() if trouble == "down" else office.port
        office.at_rcpt = "450 4.2.1 later" if trouble == "450" else ""
        office.at_data = "451 4.3.0 later" if trouble == "451" else ""
        office.slow_seconds = 0.4 if trouble == "slow" else 0.0
        patience = 0.1 if trouble == "slow" else 2.0
        (tmp_path / "first").mkdir()
        first = Mailroom(world, tmp_path / "first", post_to(port, patience=patience))
        first.work_until(world.now + 2 * HOUR)
        first.close()
        assert letter(world).tries >= 3
        assert letter(world).sent_at is None
        assert not notice(world, couple.a).is_settled
        assert undelivered_of(world, couple) == set()
        time.sleep(0.5 if trouble == "slow" else 0)
        taken = {str(each["Message-ID"]) for each in office.letters}
        office.letters.clear()
        second = Mailroom(world, tmp_path, post_to(office.port))
        gets_there(world, second, office)
        second.close()
        # A slow server may have taken what it did not say it took: then it is the same letter.
        assert taken <= {str(each["Message-ID"]) for each in office.letters}
        note(f"{trouble} {engine_name}")

    @pytest.mark.parametrize("trouble", ["down", "451"])
    def test_that_lasts_a_day_is_told_to_the_counsellor(
        self,
        world: World,
        tmp_path: Path,
        office: PostOffice,
        couple: CoupleHere,
        trouble: str,
    ) -> None:
        office.at_data = "451 4.3.0 later" if trouble == "451" else ""
        port = free_port() if trouble == "down" else office.port
        room = Mailroom(world, tmp_path, post_to(port))
        tried_at: list[float] = []
        while not tried_at or not letter(world).is_settled:
            room.work()
            tried_at.append(round((world.now - START - HOUR) / HOUR, 3))
            world.now = job(world).due_at
        room.close()
        apart = [later - earlier for earlier, later in zip(tried_at, tried_at[1:], strict=False)]
        assert len(tried_at) >= 8
        assert max(apart) <= 6.001
        assert tried_at[-1] <= 24
        assert undelivered_of(world, couple) == {couple.a}
        assert job(world).state is JobState.DONE

    def test_for_good_is_told_at_once(
        self, world: World, room: Mailroom, office: PostOffice, couple: CoupleHere
    ) -> None:
        office.at_rcpt = "550 5.1.1 no such user"
        room.work()
        assert letter(world).tries == 1
        assert undelivered_of(world, couple) == {couple.a}

    def test_a_server_that_does_not_know_us_is_no_fault_of_the_reader(
        self, world: World, tmp_path: Path, office: PostOffice, couple: CoupleHere
    ) -> None:
        room = Mailroom(world, tmp_path, post_to(office.port, user="weft", password="wrong"))
        room.work()
        room.close()
        assert letter(world).failed_at is None
        gets_there(world, Mailroom(world, tmp_path, post_to(office.port)), office)


class TestCrash:
    """The worker dies at each step: before, at the door, after the server took it, while noting it."""

    @pytest.mark.parametrize("step", ["before", "at the door", "after", "noting"])
    def test_nothing_is_lost_and_a_second_copy_is_the_same_letter(
        self,
        world: World,
        tmp_path: Path,
        office: PostOffice,
        couple: CoupleHere,
        step: str,
        engine_name: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dying = Mailroom(world, tmp_path, post_to(office.port), carry=_dies(step))
        if step == "before":
            dying.worker.handlers = {JobKind.SEND_MAIL.value: _dead}
        if step == "noting":
            monkeypatch.setattr("portal.notices.service.note_sent", _dead)
        with pytest.raises(Died):
            dying.work()
        dying.close()
        monkeypatch.undo()
        assert not notice(world, couple.a).is_settled
        world.now += LEASE
        room = Mailroom(world, tmp_path, post_to(office.port))
        room.work_until(world.now + HOUR)
        room.close()
        copies = Counter(str(each["Message-ID"]) for each in office.letters)
        assert len(copies) == 1
        assert copies.total() == (2 if step in ("after", "noting") else 1)
        assert len({each.get_content() for each in office.letters}) == 1
        assert letter(world).sent_at is not None
        assert notice(world, couple.a).sent_at is not None
        note(f"crash {step} {engine_name}")

    def test_two_workers_carry_one_letter_once(
        self, world: World, tmp_path: Path, office: PostOffice, couple: CoupleHere
    ) -> None:
        world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
        world.now += HOUR
        (tmp_path / "other").mkdir()
        other = Mailroom(world, tmp_path / "other", post_to(office.port))

        def meanwhile(post: Post, message: EmailMessage) -> None:
            other.work_once()
            deliver(post, message)

        room = Mailroom(world, tmp_path, post_to(office.port), carry=meanwhile)
        room.work_until(world.now + HOUR)
        for each in (room, other):
            each.close()
        assert len(office.letters) == 1


def test_a_page_does_not_wait_for_the_server(
    world: World, couple: CoupleHere, engine_name: str
) -> None:
    """A deed writes rows and no more; what it costs is the difference that mail makes to it."""

    def give() -> float:
        began = time.perf_counter()
        world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
        return time.perf_counter() - began

    give()
    with_mail = sorted(give() for _n in range(7))[3]
    with world.as_(couple.a, Role.PARTNER) as visit:
        visit.db.execute(sa.text("DELETE FROM mail_choice"))
    without = sorted(give() for _n in range(7))[3]
    assert with_mail - without <= 0.05
    note(f"latency {engine_name}")


def undelivered_of(world: World, couple: CoupleHere) -> set[UUID]:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return set(undelivered(visit, [couple.a, couple.b] if couple.b else [couple.a]))


SHOWN: set[str] = set()
WANTED = {
    *("down", "slow", "450", "451", "latency"),
    *(f"crash {step}" for step in ("before", "at the door", "after", "noting")),
}


def note(what: str) -> None:
    """One fault was lived through; all of them on one database make the promise's part."""
    SHOWN.add(what)
    database = what.rpartition(" ")[2]
    if {f"{each} {database}" for each in WANTED} <= SHOWN:
        says = f"{len(WANTED) - 1} faults, 0 lost, at most 1 copy, same Message-ID ({database})"
        keep("P37", f"post-{database}", says)


def _dies(step: str) -> Deliver:
    def carry(post: Post, message: EmailMessage) -> None:
        if step == "at the door":
            raise Died
        deliver(post, message)
        if step == "after":
            raise Died

    return carry


def _dead(*_given: object, **_named: object) -> None:
    raise Died
