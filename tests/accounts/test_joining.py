"""Invitations: by code, once, in person; and a partner's first visit."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.accounts.models import Passkey
from portal.accounts.service import invite
from portal.foundation.database import sessions
from portal.foundation.errors import NotFound
from portal.people.models import Membership, PolicyAcknowledgement
from portal.people.service import CoupleTerms, change_terms
from portal.vocabulary import ContactLevel, Role, SecretsPolicy
from tests.accounts.running import TERMS
from tests.accounts.visitor import PASSWORD, Seen, Visitor, an_account
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]


def a_code(world: World, couple: CoupleHere, person_id: UUID) -> str:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return invite(visit, person_id)


class TestTheSlip:
    def test_it_is_shown_once(self, desk: Visitor, couple: CoupleHere) -> None:
        edit = f"/people/couples/{couple.id}/edit"
        sent = desk.send(edit, f"/accounts/invitations/{couple.a}")
        assert sent.status == 303
        slip = desk.get(sent.to)
        assert "Sasha Moon" in slip.said
        code = slip.soup.select_one(".slip__code")
        assert code is not None
        assert f"http://localhost:8000/accounts/join/{code.get_text(strip=True)}" in slip.said
        assert desk.get(sent.to).to == edit

    def test_its_words_do_not_tell_what_it_is_for(self, desk: Visitor, couple: CoupleHere) -> None:
        sent = desk.send(f"/people/couples/{couple.id}/edit", f"/accounts/invitations/{couple.a}")
        sheet = desk.get(sent.to).soup.select_one(".slip")
        assert sheet is not None
        told = sheet.get_text(" ").casefold()
        for word in ("couple", "therap", "counsel", "partner", "sasha", "robin", "harbour"):
            assert word not in told

    def test_only_for_people_in_ones_care(
        self, desk: Visitor, world: World, couple: CoupleHere
    ) -> None:
        other = world.a_couple(names=("Ann Far", "Ben Far"))
        with pytest.raises(NotFound):
            a_code(world, couple, other.a)
        with pytest.raises(NotFound):
            a_code(world, couple, couple.counsellor_id)

    def test_not_for_somebody_who_takes_no_part(self, world: World) -> None:
        solo = world.a_couple(takes_part=(True, False))
        assert solo.b is not None
        with pytest.raises(NotFound):
            a_code(world, solo, solo.b)


class TestJoin:
    def test_the_road_in(self, arrive: Arrive, world: World, couple: CoupleHere) -> None:
        with world.visit() as visit:
            visit.db.execute(sa.update(Membership).values(joined_at=None))
        code = a_code(world, couple, couple.a)
        visitor = arrive()
        typed = visitor.send("/accounts/join", code=code.lower().replace("-", " "))
        assert typed.status == 303
        seen = _join(visitor, typed.to, "morning-owl")
        assert (seen.status, seen.to) == (303, "/")
        with sessions(world.engine)() as db:
            rows = db.execute(sa.select(Membership.person_id, Membership.joined_at)).all()
            assert {row.person_id for row in rows if row.joined_at} == {couple.a}
        assert arrive().sign_in("morning-owl").status == 303

    def test_a_code_works_once(self, arrive: Arrive, world: World, couple: CoupleHere) -> None:
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        _join(arrive(), path, "morning-owl")
        again = arrive().get(path)
        assert again.status == 404
        assert "used or has rested too long" in again.said

    def test_two_at_once_and_one_gets_in(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        first, second = arrive(), arrive()
        form = second.get(path).soup.find("input", attrs={"name": "csrf_token"})
        assert form is not None
        assert _join(first, path, "morning-owl").status == 303
        late = second.post(
            path, csrf_token=str(form["value"]), login="evening-owl", password=PASSWORD
        )
        assert late.status == 404

    @pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 404), (1, 404)])
    def test_it_holds_for_fourteen_days(
        self,
        arrive: Arrive,
        world: World,
        couple: CoupleHere,
        clock: StandingClock,
        seconds: int,
        status: int,
    ) -> None:
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        clock.move(days=14, seconds=seconds)
        assert arrive().get(path).status == status

    def test_a_fresh_code_ends_the_one_before(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        before = a_code(world, couple, couple.a)
        a_code(world, couple, couple.a)
        assert arrive().get(f"/accounts/join/{before}").status == 404

    def test_bad_input_is_said_and_the_name_kept(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        for password in ("short", "robin robin robin vale", "sasha moon and me forever"):
            seen = _join(arrive(), path, "morning-owl", password)
            assert seen.status == 422
            assert 'value="morning-owl"' in seen.text
            assert password not in seen.text
        assert _join(arrive(), path, "morning-owl").status == 303

    def test_a_name_that_is_taken(self, arrive: Arrive, world: World, couple: CoupleHere) -> None:
        an_account(world, couple.counsellor_id, "nadia", TERMS)
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        seen = _join(arrive(), path, "NADIA")
        assert seen.status == 422
        assert "has this sign-in name already" in seen.said
        assert arrive().get(path).status == 200

    def test_a_fresh_code_starts_afresh(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        an_account(world, couple.a, "sasha", TERMS)
        inside = arrive()
        inside.sign_in("sasha")
        with world.visit() as visit:
            account = visit.db.scalar(sa.text("SELECT id FROM account"))
            visit.db.add(
                Passkey(
                    account_id=UUID(str(account)),
                    credential_id=b"1",
                    public_key=b"2",
                    made_at=world.now,
                )
            )
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        new = "marble thunder pocket willow"
        assert _join(arrive(), path, "starling", new).status == 303
        assert inside.get("/accounts/settings").to == "/accounts/sign-in"
        assert arrive().sign_in("sasha").status == 200
        assert arrive().sign_in("starling", new).status == 303
        with sessions(world.engine)() as db:
            assert db.scalars(sa.select(Passkey)).all() == []

    def test_for_somebody_with_an_account_a_code_holds_a_day(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        an_account(world, couple.a, "sasha", TERMS)
        path = f"/accounts/join/{a_code(world, couple, couple.a)}"
        clock.move(hours=24)
        assert arrive().get(path).status == 404


class TestWelcome:
    def test_nothing_else_opens_before_it(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        an_account(world, couple.a, "sasha", TERMS)
        visitor = arrive()
        visitor.sign_in("sasha")
        assert visitor.get("/accounts/settings").to == "/accounts/welcome"
        page = visitor.get("/accounts/welcome")
        assert "without talking to you first" in page.said
        assert "Shift three times" in page.said
        assert "Robin" in page.said

    def test_it_is_over_once_it_is_read(
        self, arrive: Arrive, world: World, couple: CoupleHere
    ) -> None:
        an_account(world, couple.a, "sasha", TERMS)
        visitor = arrive()
        visitor.sign_in("sasha")
        assert visitor.send("/accounts/welcome").status == 422
        assert visitor.send("/accounts/welcome", has_read="y").to == "/"
        assert visitor.get("/accounts/settings").status == 200
        with sessions(world.engine)() as db:
            rows = db.scalars(sa.select(PolicyAcknowledgement)).all()
            assert [(row.person_id, row.policy) for row in rows] == [
                (couple.a, SecretsPolicy.JUDGEMENT)
            ]

    def test_another_promise_is_read_afresh(
        self, arrive: Arrive, world: World, couple: CoupleHere, clock: StandingClock
    ) -> None:
        an_account(world, couple.a, "sasha", TERMS)
        visitor = arrive()
        visitor.sign_in("sasha")
        visitor.send("/accounts/welcome", has_read="y")
        clock.move(minutes=1)
        world.now = clock.now()
        terms = CoupleTerms(contact=ContactLevel.TOGETHER)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            change_terms(visit, couple.id, replace(terms, secrets_policy=SecretsPolicy.HELD))
        assert visitor.get("/accounts/settings").to == "/accounts/promise"
        assert "will keep it private" in visitor.get("/accounts/promise").said

    def test_alone_there_is_no_other_on_the_page(self, arrive: Arrive, world: World) -> None:
        solo = world.a_couple(names=("Mai Lone", "Cliff"), takes_part=(True, False))
        an_account(world, solo.a, "mai", TERMS)
        visitor = arrive()
        visitor.sign_in("mai")
        assert "Cliff" not in visitor.get("/accounts/welcome").text


def _join(visitor: Visitor, path: str, login: str, password: str = PASSWORD) -> Seen:
    token = visitor.get(path).form("").find("input", attrs={"name": "csrf_token"})
    assert token is not None
    return visitor.post(path, csrf_token=str(token["value"]), login=login, password=password)
