"""A check-in that was sent waits for its counsellor until they mark it as seen; nobody else is told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.audit.models import AuditEntry
from portal.care.service import hold
from portal.foundation.errors import NotAllowed, NotFound
from portal.measures.models import CheckInSeen
from portal.measures.seen.queries import count_waiting
from portal.measures.seen.service import note_seen
from portal.people.models import Care
from portal.review.waiting import count_to_read, queue
from portal.vocabulary import Act, Role
from tests.homework.looking import Desk, a_desk
from tests.reflections.material import issues
from tests.support.check_ins import a_begun_check_in, a_check_in, switch_on, typed
from tests.support.moments import StandingClock
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

SitDown = Callable[..., Desk]


@pytest.fixture
def sit_down(world: World, app: Flask, clock: StandingClock) -> SitDown:
    def sit(person_id: UUID, role: Role = Role.COUNSELLOR) -> Desk:
        return a_desk(world, app, clock, person_id, role)

    return sit


def waiting(world: World, person_id: UUID) -> list[UUID]:
    with world.as_(person_id, Role.COUNSELLOR) as visit:
        found = [card.id for card in queue(visit)]
        assert count_to_read(visit) == len(found)
        return found


def mark(world: World, couple: CoupleHere, *ids: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        note_seen(visit, couple.id, ids)


class TestQueue:
    def test_its_place_is_when_it_was_sent_after_who_was_not_free(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues("mine"))
        world.now += timedelta(minutes=1)
        calm = a_check_in(world, couple.a, typed(8))
        world.now += timedelta(minutes=1)
        afraid = a_check_in(world, couple.b, typed(could_be_open="worried"))
        assert waiting(world, couple.counsellor_id) == [afraid, round_id, calm]
        page = sit_down(couple.counsellor_id).open("/review")
        rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("main .task")]
        assert "Weekly check-in, week from" in rows[0]
        assert "Ben" in rows[0]
        assert "Could not answer freely" in rows[0]
        assert "Ann" in rows[2]
        assert "Could not" not in rows[2]
        assert page.soup.select_one(".nav .tag").get_text(" ").split()[0] == "3"  # type: ignore[union-attr]

    def test_what_is_not_sent_waits_for_nobody(self, world: World, couple: CoupleHere) -> None:
        a_begun_check_in(world, couple.a, typed())
        assert waiting(world, couple.counsellor_id) == []

    def test_a_hold_keeps_nothing_from_the_counsellor(
        self, world: World, couple: CoupleHere
    ) -> None:
        one = a_check_in(world, couple.a, typed())
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hold(visit, couple.id, True, "Waits.")
        assert waiting(world, couple.counsellor_id) == [one]

    def test_it_is_counted_on_the_desk_and_on_the_couples_page(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        one = a_check_in(world, couple.a, typed())
        desk = sit_down(couple.counsellor_id)
        page = desk.open("/desk/today")
        assert "One piece to read" in page.said
        assert "It is a weekly check-in." in page.said
        assert page.link("Weekly check-in, week from") == f"/review/check-ins/{one}"
        page = desk.open(f"/desk/couples/{couple.id}")
        assert page.link("Weekly check-in of Ann") == f"/review/check-ins/{one}"
        mark(world, couple, one)
        assert "You are all caught up." in desk.open("/desk/today").said
        assert "Weekly check-in of" not in desk.open(f"/desk/couples/{couple.id}").said

    def test_it_goes_with_the_fence(self, world: World, couple: CoupleHere) -> None:
        one = a_check_in(world, couple.a, typed())
        follows = world.a_counsellor(couple.practice_id, "Next Counsellor")
        with world.visit() as visit:
            care = visit.db.scalars(sa.select(Care).where(Care.couple_id == couple.id)).one()
            care.until_at = world.now
            visit.db.add(
                Care(
                    couple_id=couple.id,
                    person_id=follows,
                    role=Role.COUNSELLOR,
                    since_at=world.now,
                )
            )
        assert waiting(world, couple.counsellor_id) == []
        assert waiting(world, follows) == [one]
        with (
            world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
            pytest.raises(NotAllowed),
        ):
            note_seen(visit, couple.id, [one])

    def test_as_many_questions_however_many_wait(
        self, world: World, app: Flask, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        desk = sit_down(couple.counsellor_id)
        first = a_check_in(world, couple.a, typed())
        paths = (
            *("/review", "/desk/today", f"/review/check-ins/{first}"),
            *(f"/desk/couples/{couple.id}", f"/measures/{couple.id}"),
        )

        def asked() -> list[int]:
            found = []
            for path in paths:
                desk.open(path)
                with counted(app) as statements:
                    desk.open(path)
                found.append(len(statements))
            return found

        few = asked()
        for _week in range(3):
            world.now += timedelta(days=7)
            for person in (couple.a, couple.b):
                assert person is not None
                a_check_in(world, person, typed(comment="more", private_note="of it"))
        assert asked() == few


class TestMarking:
    def test_one_key_marks_it_and_the_next_one_comes(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        words = world.marker()
        first = a_check_in(world, couple.a, typed(8, comment=words))
        world.now += timedelta(minutes=1)
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.b, round_id, issues("theirs"))
        world.now += timedelta(minutes=1)
        last = a_check_in(world, couple.b, typed(8))
        desk = sit_down(couple.counsellor_id)
        page = desk.open(f"/review/check-ins/{first}")
        assert words in page.text
        assert {str(tag["data-key"]) for tag in page.soup.select("[data-key]")} == {"d", "j"}
        page = desk.press("Mark as seen, next D")
        assert page.path == f"/review/{round_id}"
        page = desk.press("Mark as read, next D")
        assert page.path == f"/review/check-ins/{last}"
        page = desk.press("Mark as seen D")
        assert page.path == "/review"
        assert "You are all caught up." in page.said
        assert ", seen" in desk.open(f"/review/check-ins/{first}").said

    def test_all_of_a_couple_at_once(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        for _week in range(2):
            a_check_in(world, couple.a, typed())
            world.now += timedelta(days=7)
        desk = sit_down(couple.counsellor_id)
        desk.open(f"/measures/{couple.id}")
        page = desk.press("Mark all as seen")
        assert page.path == f"/measures/{couple.id}"
        assert "Mark" not in page.said
        assert waiting(world, couple.counsellor_id) == []

    def test_it_leaves_one_mark_and_one_trace(self, world: World, couple: CoupleHere) -> None:
        one = a_check_in(world, couple.a, typed())
        mark(world, couple, one)
        world.now += timedelta(minutes=5)
        mark(world, couple, one)
        with world.visit() as visit:
            (row,) = visit.db.scalars(sa.select(CheckInSeen))
            assert row.seen_by_id == couple.counsellor_id
            assert row.seen_at == world.now - timedelta(minutes=5)
            trace = sa.select(AuditEntry).where(AuditEntry.act == Act.SAW_CHECK_IN)
            (line,) = visit.db.scalars(trace)
            assert (line.object_id, line.couple_id) == (one, couple.id)

    def test_only_what_was_sent_in_this_couple_can_be_marked(
        self, world: World, couple: CoupleHere
    ) -> None:
        other = world.a_couple(couple.counsellor_id)
        switch_on(world, other)
        mine, theirs = (a_check_in(world, c.a, typed()) for c in (couple, other))
        for wrong in (theirs, uuid4()):
            with pytest.raises(NotFound):
                mark(world, couple, mine, wrong)
        assert waiting(world, couple.counsellor_id) == [*sorted((mine, theirs))]


class TestSight:
    def test_a_supervisor_reads_and_marks_nothing(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        one = a_check_in(world, couple.a, typed())
        someone = world.a_person(couple.practice_id, "Sue Supervisor", Role.SUPERVISOR)
        with world.visit() as visit:
            care = {"couple_id": couple.id, "person_id": someone, "role": Role.SUPERVISOR}
            visit.db.add(Care(since_at=world.now, **care))
        desk = sit_down(someone, Role.SUPERVISOR)
        for path in (f"/review/check-ins/{one}", f"/measures/{couple.id}"):
            page = desk.open(path)
            assert page.status == 200
            assert "Mark" not in page.said
        with world.as_(someone, Role.SUPERVISOR) as visit, pytest.raises(NotAllowed):
            note_seen(visit, couple.id, [one])

    def test_neither_partner_counts_or_marks_anything(
        self, world: World, couple: CoupleHere
    ) -> None:
        one = a_check_in(world, couple.a, typed())
        for person in (couple.a, couple.b):
            assert person is not None
            with world.as_(person, Role.PARTNER) as visit:
                assert count_waiting(visit) == 0
                with pytest.raises(NotAllowed):
                    note_seen(visit, couple.id, [one])

    def test_another_counsellor_finds_nothing(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        one = a_check_in(world, couple.a, typed())
        desk = sit_down(world.a_counsellor(couple.practice_id, "Other Counsellor"))
        assert desk.open(f"/review/check-ins/{one}").status == 404
        assert "You are all caught up." in desk.open("/review").said
