"""Signed in: leaving, other devices, a new password, another role."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa

from portal.accounts.models import Account, AuthSession
from portal.audit.models import AuditEntry
from portal.foundation.database import sessions
from portal.vocabulary import Act, Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import PASSWORD, Visitor, an_account
from tests.support.world import World

Arrive = Callable[[], Visitor]


class TestLeaving:
    def test_leave_now_works_as_a_plain_link(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        token = visitor.client.get_cookie("weft")
        seen = visitor.get("/accounts/leave")
        assert seen.status == 200
        assert "storage" in seen.answer.headers["Clear-Site-Data"]
        assert "Nadia" not in seen.text
        assert "Quiet Harbour" not in seen.text
        assert token is not None
        visitor.client.set_cookie("weft", token.value)
        assert visitor.get("/accounts/settings").to == "/accounts/sign-in"
        with sessions(world.engine)() as db:
            hurried = sa.select(AuditEntry).where(AuditEntry.act == Act.LEFT_IN_A_HURRY)
            assert len(db.scalars(hurried).all()) == 1

    def test_every_device_can_be_signed_out(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        here, there = arrive(), arrive()
        here.sign_in("nadia")
        there.sign_in("nadia")
        seen = here.get("/accounts/settings")
        ends = [
            str(f["action"])
            for f in seen.soup.find_all("form")
            if str(f["action"]).endswith("/end")
        ]
        assert len(ends) == 2
        other = next(end for end in ends if _own_id(here) not in end)
        here.send("/accounts/settings", other)
        assert here.get("/accounts/settings").status == 200
        assert there.get("/accounts/settings").to == "/accounts/sign-in"

    def test_everywhere_means_here_too(self, arrive: Arrive, nadia: UUID) -> None:
        here, there = arrive(), arrive()
        here.sign_in("nadia")
        there.sign_in("nadia")
        here.send("/accounts/settings", "/accounts/sign-out-everywhere")
        assert here.get("/accounts/settings").to == "/accounts/sign-in"
        assert there.get("/accounts/settings").to == "/accounts/sign-in"

    def test_nobody_ends_another_persons_device(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        other = world.a_counsellor(world.a_practice(), "Omar Example")
        an_account(world, other, "omar", TERMS)
        victim, meddler = arrive(), arrive()
        victim.sign_in("nadia")
        meddler.sign_in("omar")
        with sessions(world.engine)() as db:
            rows = db.execute(
                sa.select(AuthSession.id)
                .join(Account, Account.id == AuthSession.account_id)
                .where(Account.person_id == nadia)
            )
            theirs = rows.scalar_one()
        token = meddler.token("/accounts/settings")
        assert meddler.post(f"/accounts/devices/{theirs}/end", **token).status == 404
        assert victim.get("/accounts/settings").status == 200


class TestPassword:
    def test_a_new_one_ends_every_other_sign_in(self, arrive: Arrive, nadia: UUID) -> None:
        here, there = arrive(), arrive()
        here.sign_in("nadia")
        there.sign_in("nadia")
        new = "marble thunder quiet pocket"
        seen = here.send("/accounts/password", current=PASSWORD, password=new)
        assert seen.to == "/accounts/settings"
        assert here.get("/accounts/settings").status == 200
        assert there.get("/accounts/settings").to == "/accounts/sign-in"
        assert arrive().sign_in("nadia").status == 200
        assert arrive().sign_in("nadia", new).status == 303

    def test_the_old_one_is_asked_for(self, arrive: Arrive, nadia: UUID) -> None:
        here = arrive()
        here.sign_in("nadia")
        seen = here.send("/accounts/password", current="wrong", password="marble thunder quiet")
        assert seen.status == 422
        assert "not the password you have now" in seen.said


class TestRole:
    def test_only_into_a_role_of_ones_own(self, arrive: Arrive, world: World) -> None:
        person = world.a_person(world.a_practice(), "Olu Both", Role.OWNER, Role.COUNSELLOR)
        an_account(world, person, "olu", TERMS)
        visitor = arrive()
        visitor.sign_in("olu")
        token = visitor.token("/accounts/settings")
        assert visitor.get("/people/staff").status == 404
        assert visitor.post("/accounts/role", role="owner", **token).status == 303
        assert visitor.get("/people/staff").status == 200
        assert visitor.post("/accounts/role", role="supervisor", **token).status == 404


def _own_id(visitor: Visitor) -> str:
    page = visitor.get("/accounts/settings").soup
    for row in page.select("li.task"):
        if "This one" in row.get_text():
            form = row.find("form")
            assert form is not None
            return str(form["action"]).split("/")[3]
    raise AssertionError("this device is not on the list")
