"""Couples and staff: each counsellor their own, owners none, nobody left alone."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.foundation.database import sessions
from portal.foundation.errors import NotFound, Refused
from portal.people.models import Couple, Membership
from portal.people.queries import couple_card, couple_cards
from portal.people.staff.service import change_roles, end_care, share_care
from portal.vocabulary import Act, ContactLevel, Role, Seat, Stance
from tests.accounts.running import TERMS
from tests.accounts.visitor import Visitor, an_account
from tests.support.browser import filled_in
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]
NEW = {
    "a_name": "Mira Stone",
    "a_first_name": "Mira",
    "a_pronouns": "she/her",
    "contact": "together",
}


class TestTheList:
    def test_a_counsellor_sees_their_own_only(
        self, desk: Visitor, world: World, couple: CoupleHere
    ) -> None:
        colleague = world.a_counsellor(couple.practice_id, "Omar Else")
        other = world.a_couple(colleague, names=("Ann Near", "Ben Near"))
        far = world.a_couple(names=("Cleo Far", "Dan Far"))
        page = desk.get("/people/couples")
        assert "Sasha & Robin" in page.said
        assert "Ann" not in page.said
        assert "Cleo" not in page.said
        for theirs in (other, far):
            assert desk.get(f"/people/couples/{theirs.id}/edit").status == 404
        nowhere = desk.get(f"/people/couples/{uuid4()}/edit")
        assert nowhere.said == desk.get(f"/people/couples/{far.id}/edit").said

    def test_an_owner_sees_none(self, arrive: Arrive, world: World, couple: CoupleHere) -> None:
        owner = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
        an_account(world, owner, "olu", TERMS)
        visitor = arrive()
        visitor.sign_in("olu")
        assert visitor.get("/people/couples").status == 404
        assert visitor.get(f"/people/couples/{couple.id}/edit").status == 404
        assert "Sasha" not in visitor.get("/people/staff").text
        with world.as_(owner, Role.OWNER) as visit:
            assert couple_cards(visit) == []

    def test_a_supervisor_reads_and_changes_nothing(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        person = world.a_person(couple.practice_id, "Sven Super", Role.SUPERVISOR)
        an_account(world, person, "sven", TERMS)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            share_care(visit, couple.id, person, Role.SUPERVISOR)
        visitor = arrive()
        visitor.sign_in("sven")
        page = visitor.get("/people/couples")
        assert "Sasha & Robin" in page.said
        assert "Add a couple" not in page.said
        assert visitor.get(f"/people/couples/{couple.id}/edit").status == 404

    def test_put_away_and_taken_out(self, desk: Visitor, couple: CoupleHere) -> None:
        archive = f"/people/couples/{couple.id}/archive"
        desk.send(f"/people/couples/{couple.id}/edit", archive, away="1")
        assert "Put away (1)" in desk.get("/people/couples").said
        desk.send("/people/couples", archive, away="0")
        assert "Put away" not in desk.get("/people/couples").said

    def test_a_second_press_or_an_old_page_turns_nothing_round(
        self, desk: Visitor, couple: CoupleHere, world: World
    ) -> None:
        def is_away() -> bool:
            with world.visit() as visit:
                return visit.db.get_one(Couple, couple.id).archived_at is not None

        away = f"/people/couples/{couple.id}/archive"
        page = desk.get(f"/people/couples/{couple.id}/edit")
        put_away = filled_in(page.form(away), {}, "away")
        for _ in range(2):
            desk.client.post(away, data=put_away)
            assert is_away()
        page = desk.get(f"/people/couples/{couple.id}/edit")
        take_out = filled_in(page.form(away), {}, "away")
        for _ in range(2):
            desk.client.post(away, data=take_out)
            assert not is_away()
        with world.visit() as visit:
            query = sa.select(AuditEntry.id).where(AuditEntry.act == Act.ARCHIVED_COUPLE)
            assert len(visit.db.scalars(query).all()) == 2


class TestNewCouple:
    def test_of_two(self, desk: Visitor, world: World) -> None:
        seen = desk.send(
            "/people/couples/new",
            **NEW,
            b_first_name="Jo",
            b_name="Jo Stone",
            b_pronouns="they/them",
        )
        assert seen.status == 303
        assert "Mira Stone" in desk.get(seen.to).said
        assert "Jo Stone" in desk.get(seen.to).said

    def test_of_one(self, desk: Visitor, world: World) -> None:
        seen = desk.send("/people/couples/new", **NEW)
        couple_id = UUID(seen.to.split("/")[3])
        with sessions(world.engine)() as db:
            mine = sa.select(Membership.seat).where(Membership.couple_id == couple_id)
            assert db.scalars(mine).all() == [Seat.A]
        assert "Mira Stone" in desk.get(seen.to).said

    def test_of_somebody_who_takes_no_part_only_a_first_name_is_kept(
        self, desk: Visitor, couple: CoupleHere, world: World
    ) -> None:
        page = desk.get("/people/couples/new")
        token = page.form("/people/couples/new").find("input", attrs={"name": "csrf_token"})
        assert token is not None
        typed = {
            **NEW,
            "b_first_name": "Cliff",
            "b_name": "Clifford Stone",
            "time_zone": "Europe/Dublin",
            "currency": "EUR",
            "secrets_policy": "held",
            "opening_rule": "counsellor",
        }
        seen = desk.post("/people/couples/new", csrf_token=str(token["value"]), **typed)
        assert seen.status == 303
        page = desk.get(seen.to)
        assert "Does not take part" in page.said
        assert "Clifford" not in page.said
        assert "Invite Cliff" not in page.said

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"a_name": " "}, "Write their name."),
            ({"a_first_name": ""}, "Write what you call them."),
            ({"b_name": "Jo Stone"}, "leave the second person out"),
            ({"contact": "sometimes"}, "Not a valid choice"),
            ({"currency": "XXX"}, "Not a valid choice"),
        ],
    )
    def test_bad_input_is_said_and_the_rest_kept(
        self, desk: Visitor, changed: dict[str, str], sentence: str
    ) -> None:
        seen = desk.send("/people/couples/new", **{**NEW, **changed})
        assert seen.status == 422
        assert sentence in seen.said
        assert 'value="she/her"' in seen.text


class TestEdit:
    def test_terms_and_members(self, desk: Visitor, couple: CoupleHere, world: World) -> None:
        edit = f"/people/couples/{couple.id}/edit"
        assert desk.send(edit, contact="no_contact", currency="GBP").status == 303
        member = f"/people/couples/{couple.id}/members/a"
        assert (
            desk.send(
                member, pronouns="he/him", stance="wants_distance", contact="555 0100 at noon"
            ).status
            == 303
        )
        assert "555 0100 at noon" in desk.get(member).text
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = couple_card(visit, couple.id)
            assert (card.contact, card.currency) == (ContactLevel.NO_CONTACT, "GBP")
            assert card.members[0].stance is Stance.WANTS_DISTANCE
            assert card.members[0].person.pronouns == "he/him"

    def test_no_contact_takes_shared_work_back(
        self, desk: Visitor, couple: CoupleHere, world: World
    ) -> None:
        world.an_assignment(couple)
        desk.send(f"/people/couples/{couple.id}/edit", contact="no_contact")
        with sessions(world.engine)() as db:
            states = db.execute(sa.text("SELECT DISTINCT state FROM assignment")).scalars().all()
        assert states == ["withdrawn"]

    def test_a_seat_that_is_not_there(self, desk: Visitor, couple: CoupleHere) -> None:
        assert desk.get(f"/people/couples/{couple.id}/members/c").status == 404


class TestCare:
    def test_a_colleague_is_added_and_the_couple_handed_over(
        self, desk: Visitor, couple: CoupleHere, world: World
    ) -> None:
        omar = world.a_counsellor(couple.practice_id, "Omar Else")
        edit = f"/people/couples/{couple.id}/edit"
        share = f"/people/couples/{couple.id}/care/counsellor"
        assert desk.send(edit, share, person=str(omar)).status == 303
        desk.send(edit, f"{share}/{couple.counsellor_id}/end")
        assert desk.get(edit).status == 404
        with world.as_(omar, Role.COUNSELLOR) as visit:
            assert visit.viewer.couples.keys() == {couple.id}

    def test_a_couple_is_never_left_alone(self, world: World, couple: CoupleHere) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(Refused):
            end_care(visit, couple.id, couple.counsellor_id, Role.COUNSELLOR)

    def test_only_with_people_of_the_same_practice(self, world: World, couple: CoupleHere) -> None:
        far = world.a_counsellor(world.a_practice(), "Far Away")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
            share_care(visit, couple.id, far, Role.COUNSELLOR)


class TestStaff:
    @pytest.fixture
    def owner(self, arrive: Arrive, world: World, couple: CoupleHere) -> Visitor:
        person = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
        an_account(world, person, "olu", TERMS)
        visitor = arrive()
        visitor.sign_in("olu")
        return visitor

    def test_somebody_is_taken_on_and_handed_a_code(self, owner: Visitor) -> None:
        seen = owner.send("/people/staff", name="Pat New", roles="counsellor")
        assert seen.status == 303
        person_id = seen.to.split("/")[3]
        slip = owner.send(seen.to, f"/accounts/invitations/{person_id}")
        assert "Your way in" in owner.get(slip.to).said

    def test_a_role_has_to_be_chosen(self, owner: Visitor) -> None:
        seen = owner.send("/people/staff", name="Pat New")
        assert seen.status == 422
        assert "Choose at least one." in seen.said

    def test_an_owner_is_left(self, owner: Visitor, world: World, couple: CoupleHere) -> None:
        with sessions(world.engine)() as db:
            me = db.execute(
                sa.text("SELECT person_id FROM staff_role WHERE role = 'owner'")
            ).scalar()
        assert me is not None
        second = world.a_person(couple.practice_id, "Ola Second", Role.OWNER)
        with world.as_(second, Role.OWNER) as visit:
            change_roles(visit, second, [Role.OWNER, Role.COUNSELLOR])
        with world.as_(second, Role.OWNER) as visit:
            change_roles(visit, second, [Role.OWNER])
        assert owner.get("/people/staff").status == 200

    def test_the_last_owner_stays_one(self, world: World) -> None:
        owner = world.a_person(world.a_practice(), "Olu Owner", Role.OWNER)
        with world.as_(owner, Role.OWNER) as visit, pytest.raises(Refused):
            change_roles(visit, owner, [Role.COUNSELLOR])

    def test_people_of_another_practice_are_not_found(self, owner: Visitor, world: World) -> None:
        far = world.a_counsellor(world.a_practice(), "Far Away")
        assert owner.get(f"/people/staff/{far}").status == 404
        token = owner.get("/people/staff").soup.find("input", attrs={"name": "csrf_token"})
        assert token is not None
        invited = owner.post(f"/accounts/invitations/{far}", csrf_token=str(token["value"]))
        assert invited.status == 404
