"""A couple is never left with nobody who may read them, whoever goes and in whichever instant."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.foundation.errors import NotFound, Refused
from portal.people.models import Care, StaffRole
from portal.people.queries import roles_of
from portal.people.service import archive
from portal.people.staff.service import change_roles, end_care, hand_over_all, share_care
from portal.vocabulary import Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import Seen, Visitor, an_account
from tests.support.meeting import meet
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]
HAND_OVER_FIRST = "Couples are still in this person’s care. Hand them over to somebody else first."
OVER = "Hand their couples over"


@pytest.fixture
def owner(world: World, couple: CoupleHere) -> UUID:
    return world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)


@pytest.fixture
def omar(world: World, couple: CoupleHere) -> UUID:
    return world.a_counsellor(couple.practice_id, "Omar Else")


def is_shared(world: World, couple: CoupleHere, person_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        share_care(visit, couple.id, person_id, Role.COUNSELLOR)


def leaves(couple: CoupleHere, person_id: UUID) -> Callable[[World], None]:
    def deed(own: World) -> None:
        with own.as_(person_id, Role.COUNSELLOR) as visit:
            end_care(visit, couple.id, person_id, Role.COUNSELLOR)

    return deed


def able(world: World, couple: CoupleHere) -> set[UUID]:
    """Those who have this couple in their care and may act as counsellors."""
    with world.visit() as visit:
        query = sa.select(Care.person_id).where(
            Care.couple_id == couple.id, Care.until_at.is_(None), Care.role == Role.COUNSELLOR
        )
        return {
            who for who in visit.db.scalars(query) if Role.COUNSELLOR in roles_of(visit.db, who)
        }


def loses_the_role(world: World, person_id: UUID) -> None:
    """As it could happen before it was refused."""
    with world.visit() as visit:
        theirs = StaffRole.person_id == person_id
        visit.db.execute(sa.update(StaffRole).where(theirs).values(until_at=visit.now))


class TestTheRoleOfACounsellor:
    def test_stays_while_couples_are_in_their_care(
        self, world: World, couple: CoupleHere, owner: UUID, omar: UUID
    ) -> None:
        def takes() -> None:
            with world.as_(owner, Role.OWNER) as visit:
                change_roles(visit, couple.counsellor_id, [Role.SUPERVISOR])

        with pytest.raises(Refused) as no:
            takes()
        assert no.value.message == HAND_OVER_FIRST
        assert able(world, couple) == {couple.counsellor_id}
        with world.as_(owner, Role.OWNER) as visit:
            hand_over_all(visit, couple.counsellor_id, omar)
        takes()
        assert able(world, couple) == {omar}

    def test_stays_while_a_file_that_was_put_away_is_theirs(
        self, world: World, couple: CoupleHere, owner: UUID
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            archive(visit, couple.id)
        with world.as_(owner, Role.OWNER) as visit, pytest.raises(Refused):
            change_roles(visit, couple.counsellor_id, [Role.SUPERVISOR])

    def test_another_is_given_beside_it(
        self, world: World, couple: CoupleHere, owner: UUID
    ) -> None:
        with world.as_(owner, Role.OWNER) as visit:
            change_roles(visit, couple.counsellor_id, [Role.COUNSELLOR, Role.SUPERVISOR])
        with world.as_(owner, Role.OWNER) as visit:
            change_roles(visit, couple.counsellor_id, [Role.COUNSELLOR])
        assert able(world, couple) == {couple.counsellor_id}

    def test_is_not_taken_in_the_instant_in_which_a_couple_comes_to_them(
        self, world: World, couple: CoupleHere, owner: UUID, omar: UUID
    ) -> None:
        def takes(own: World) -> None:
            with own.as_(owner, Role.OWNER) as visit:
                change_roles(visit, omar, [Role.SUPERVISOR])

        def shares(own: World) -> None:
            is_shared(own, couple, omar)

        for _time in range(5):
            ends = meet(world, takes, shares)
            assert sorted(map(str, ends)) in (
                sorted(map(str, [Refused, None])),
                sorted(map(str, [None, NotFound])),
            )
            with world.visit() as visit:
                visit.db.execute(sa.delete(Care).where(Care.person_id == omar))
                theirs = (StaffRole.person_id == omar, StaffRole.role == Role.COUNSELLOR)
                visit.db.execute(sa.update(StaffRole).where(*theirs).values(until_at=None))


class TestOnThePage:
    @pytest.fixture
    def desk(self, arrive: Arrive, world: World, owner: UUID) -> Visitor:
        an_account(world, owner, "olu", TERMS)
        visitor = arrive()
        visitor.sign_in("olu")
        return visitor

    def test_it_is_said_beside_the_roles_and_what_was_ticked_stays(
        self, desk: Visitor, couple: CoupleHere
    ) -> None:
        path = f"/people/staff/{couple.counsellor_id}"
        seen = desk.send(path, roles=["supervisor", "owner"])
        assert seen.status == 422
        assert HAND_OVER_FIRST in _beside(seen, path)
        assert _ticked(seen, path) == ["supervisor", "owner"]
        assert OVER in seen.said
        assert _ticked(desk.get(path), path) == ["counsellor"]

    def test_so_is_that_an_owner_has_to_be_left(self, desk: Visitor, owner: UUID) -> None:
        path = f"/people/staff/{owner}"
        seen = desk.send(path, roles=["supervisor"])
        assert seen.status == 422
        assert "A practice needs somebody who owns it." in _beside(seen, path)
        assert _ticked(seen, path) == ["supervisor"]
        assert _ticked(desk.get(path), path) == ["owner"]

    def test_of_ones_own_role_it_says_who_is_missing(self, arrive: Arrive, world: World) -> None:
        olu = world.a_person(world.a_practice(), "Olu Alone", Role.OWNER, Role.COUNSELLOR)
        world.a_couple(olu)
        an_account(world, olu, "olu", TERMS)
        visitor, path = arrive(), f"/people/staff/{olu}"
        visitor.sign_in("olu")
        visitor.send("/desk/today", "/accounts/role", role="owner")
        assert OVER not in visitor.get(path).said
        seen = visitor.send(path, roles=["owner"])
        assert HAND_OVER_FIRST in _beside(seen, path)
        assert "There is no other counsellor yet." in seen.said


class TestLeaving:
    def test_a_carer_whose_role_is_gone_is_nobody_to_leave_them_to(
        self, world: World, couple: CoupleHere, omar: UUID
    ) -> None:
        is_shared(world, couple, omar)
        loses_the_role(world, omar)
        with pytest.raises(Refused):
            leaves(couple, couple.counsellor_id)(world)
        assert able(world, couple) == {couple.counsellor_id}

    def test_such_a_carer_can_be_let_go(self, world: World, couple: CoupleHere, omar: UUID) -> None:
        is_shared(world, couple, omar)
        loses_the_role(world, omar)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            end_care(visit, couple.id, omar, Role.COUNSELLOR)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
            end_care(visit, couple.id, omar, Role.COUNSELLOR)

    def test_two_in_one_instant_and_one_stays(
        self, world: World, couple: CoupleHere, omar: UUID
    ) -> None:
        for _time in range(5):
            is_shared(world, couple, omar)
            ends = meet(world, leaves(couple, couple.counsellor_id), leaves(couple, omar))
            assert Refused in ends
            assert len(able(world, couple)) == 1
            _begin_again(world, couple)

    def test_while_the_rest_is_handed_over_and_one_stays(
        self, world: World, couple: CoupleHere, owner: UUID, omar: UUID
    ) -> None:
        def hands_over(own: World) -> None:
            with own.as_(owner, Role.OWNER) as visit:
                hand_over_all(visit, couple.counsellor_id, omar)

        for _time in range(5):
            is_shared(world, couple, omar)
            ends = meet(world, hands_over, leaves(couple, omar))
            assert able(world, couple) == {omar}, ends
            _begin_again(world, couple)


def _begin_again(world: World, couple: CoupleHere) -> None:
    with world.visit() as visit:
        mine = Care.person_id == couple.counsellor_id
        visit.db.execute(sa.delete(Care).where(~mine))
        visit.db.execute(sa.update(Care).where(mine).values(until_at=None))


def _beside(seen: Seen, path: str) -> str:
    """What is said beside the roles."""
    found = seen.form(path).select_one(".field--error")
    assert found is not None, seen.said
    return " ".join(found.get_text(" ").split())


def _ticked(seen: Seen, path: str) -> list[str]:
    boxes = seen.form(path).find_all("input", attrs={"name": "roles"})
    return [str(box["value"]) for box in boxes if box.has_attr("checked")]


def test_what_a_supervisor_read_along_in_ends_with_the_role(
    world: World, couple: CoupleHere
) -> None:
    owner = world.a_person(couple.practice_id, "Olga Owner", Role.OWNER)
    sven = world.a_person(couple.practice_id, "Sven Super", Role.SUPERVISOR)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        share_care(visit, couple.id, sven, Role.SUPERVISOR)
    with world.as_(sven, Role.SUPERVISOR) as visit:
        assert couple.id in visit.viewer.couples
    for roles in ([Role.OWNER], [Role.OWNER, Role.SUPERVISOR]):
        with world.as_(owner, Role.OWNER) as visit:
            change_roles(visit, sven, roles)
    with world.as_(sven, Role.SUPERVISOR) as visit:
        assert couple.id not in visit.viewer.couples, "nobody has asked them to read along anew"
