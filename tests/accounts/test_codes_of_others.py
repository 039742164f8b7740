"""A code holds as long as whoever made it might make it now, and opens nothing after that."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.accounts.service import accept, invite
from portal.foundation.errors import NotFound
from portal.people.models import Person, StaffRole
from portal.people.staff.service import end_care, hand_over_all, share_care
from portal.vocabulary import Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import PASSWORD, Seen, Visitor, an_account
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]
Deed = Callable[[World, CoupleHere], None]
ASK = "Ask for a fresh one."


def a_code(world: World, maker: UUID, person_id: UUID, role: Role = Role.COUNSELLOR) -> str:
    with world.as_(maker, role) as visit:
        code = invite(visit, person_id)
    world.now += timedelta(minutes=1)
    return code


def is_handed_on(world: World, couple: CoupleHere) -> None:
    owner = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    with world.as_(owner, Role.OWNER) as visit:
        hand_over_all(visit, couple.counsellor_id, omar)


def has_left(world: World, couple: CoupleHere) -> None:
    omar = world.a_counsellor(couple.practice_id, "Omar Else")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        share_care(visit, couple.id, omar, Role.COUNSELLOR)
        end_care(visit, couple.id, couple.counsellor_id, Role.COUNSELLOR)


def has_lost_the_role(world: World, couple: CoupleHere) -> None:
    with world.visit() as visit:
        theirs = StaffRole.person_id == couple.counsellor_id
        visit.db.execute(sa.update(StaffRole).where(theirs).values(until_at=visit.now))


def is_suspended(world: World, couple: CoupleHere) -> None:
    an_account(world, couple.counsellor_id, "nadia", TERMS)
    with world.visit() as visit:
        theirs = Account.person_id == couple.counsellor_id
        visit.db.execute(sa.update(Account).where(theirs).values(suspended_at=visit.now))


def is_erased(world: World, couple: CoupleHere) -> None:
    with world.visit() as visit:
        visit.db.get_one(Person, couple.counsellor_id).erased_at = visit.now


ENDS = (is_handed_on, has_left, has_lost_the_role, is_suspended, is_erased)


class TestOfACounsellor:
    @pytest.mark.parametrize("has_account", [True, False])
    @pytest.mark.parametrize("ends", ENDS, ids=lambda deed: deed.__name__)
    def test_who_has_lost_the_couple_it_opens_nothing(
        self, world: World, couple: CoupleHere, ends: Deed, *, has_account: bool
    ) -> None:
        if has_account:
            an_account(world, couple.a, "sasha", TERMS)
        code = a_code(world, couple.counsellor_id, couple.a)
        ends(world, couple)
        with world.visit() as visit, pytest.raises(NotFound):
            accept(visit, code, "somebody else", PASSWORD, TERMS)

    def test_it_is_answered_like_one_that_has_rested_and_one_that_never_was(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        assert couple.b is not None
        rested = a_code(world, couple.counsellor_id, couple.b)
        clock.move(days=14)
        world.now = clock.now()
        lost = a_code(world, couple.counsellor_id, couple.a)
        assert arrive().get(f"/accounts/join/{lost}").status == 200
        is_handed_on(world, couple)
        clock.move(minutes=2)
        never = "0123-4567-89AB-CDEF"
        answers = [_answer(arrive(), code) for code in (lost, rested, never)]
        assert answers[0] == answers[1] == answers[2]
        status, text = answers[0]
        assert status == 404
        assert ASK in text

    def test_a_page_that_is_open_saves_nothing_any_more(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        path = f"/accounts/join/{a_code(world, couple.counsellor_id, couple.a)}"
        visitor = arrive()
        token = visitor.token(path)
        is_handed_on(world, couple)
        clock.move(minutes=2)
        late = visitor.post(path, **token, login="starling", password=PASSWORD)
        assert late.status == 404
        assert ASK in late.said
        with world.visit() as visit:
            query = sa.select(Account.id).where(Account.person_id == couple.a)
            assert visit.db.scalars(query).all() == []

    def test_a_new_counsellor_makes_a_new_one(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        before = a_code(world, couple.counsellor_id, couple.a)
        omar = world.a_counsellor(couple.practice_id, "Omar Else")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            share_care(visit, couple.id, omar, Role.COUNSELLOR)
        clock.move(minutes=2)
        assert arrive().get(f"/accounts/join/{before}").status == 200
        with world.as_(omar, Role.COUNSELLOR) as visit:
            end_care(visit, couple.id, couple.counsellor_id, Role.COUNSELLOR)
        assert arrive().get(f"/accounts/join/{before}").status == 404
        path = f"/accounts/join/{a_code(world, omar, couple.a)}"
        assert _join(arrive(), path).status == 303


class TestOfAnOwner:
    @pytest.fixture
    def owners(self, world: World, couple: CoupleHere) -> tuple[UUID, UUID]:
        olu = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER, Role.COUNSELLOR)
        return olu, world.a_person(couple.practice_id, "Ola Second", Role.OWNER)

    def test_it_holds_whichever_role_they_act_in_now(
        self, arrive: Arrive, world: World, couple: CoupleHere, owners: tuple[UUID, UUID]
    ) -> None:
        code = a_code(world, owners[0], couple.counsellor_id, Role.OWNER)
        assert _join(arrive(), f"/accounts/join/{code}").status == 303

    def test_who_owns_nothing_any_more_it_opens_nothing(
        self, arrive: Arrive, world: World, couple: CoupleHere, owners: tuple[UUID, UUID]
    ) -> None:
        code = a_code(world, owners[0], couple.counsellor_id, Role.OWNER)
        with world.visit() as visit:
            owned = (StaffRole.person_id == owners[0], StaffRole.role == Role.OWNER)
            visit.db.execute(sa.update(StaffRole).where(*owned).values(until_at=visit.now))
        assert arrive().get(f"/accounts/join/{code}").status == 404


def _join(visitor: Visitor, path: str) -> Seen:
    return visitor.post(path, **visitor.token(path), login="starling", password=PASSWORD)


def _answer(visitor: Visitor, code: str) -> tuple[int, str]:
    """What a browser is shown for a code; the code that was typed and the form's token are its own."""
    seen = visitor.get(f"/accounts/join/{code}")
    for own in seen.soup.find_all("input", attrs={"name": ["csrf_token", "code"]}):
        own["value"] = ""
    return seen.status, str(seen.soup).replace(code, "")
