"""The sample practice: who may enter, who can be looked as, and how it goes."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.accounts.queries import sample_people
from portal.accounts.service import make_account
from portal.foundation.database import Base, sessions
from portal.foundation.errors import NotFound
from portal.foundation.keyring import DATA_KEY
from portal.practice.models import Practice
from portal.practice.queries import sample_id
from portal.practice.service import remove_sample, setup_link
from portal.visit import Visit
from portal.vocabulary import Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import Visitor, an_account
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]


@pytest.fixture
def sample(world: World, app: Flask) -> CoupleHere:
    """A sample practice that the front hall's loader has loaded."""
    practice = world.a_practice(is_sample=True)
    couple = world.a_couple(world.a_counsellor(practice, "Ifeoma Demo"))
    for person, login in ((couple.counsellor_id, "demo-i"), (couple.a, "demo-a")):
        with world.visit() as visit:
            make_account(visit, person, login, None, TERMS)
    app.extensions["weft_sample"] = _loaded
    return couple


def _loaded(visit: Visit) -> UUID:
    found = sample_id(visit.db)
    assert found is not None
    return found


@pytest.fixture
def owner(world: World, arrive: Arrive) -> Visitor:
    person = world.a_person(world.a_practice(), "Olu Owner", Role.OWNER)
    an_account(world, person, "olu", TERMS)
    visitor = arrive()
    visitor.sign_in("olu")
    return visitor


class TestEntering:
    def test_from_the_one_time_link(self, arrive: Arrive, sample: CoupleHere, world: World) -> None:
        with world.visit() as visit:
            code = setup_link(visit.db, visit.chest, visit.now)
        visitor = arrive()
        around = f"/accounts/sample/look-around/{code}"
        assert visitor.send(f"/practice/set-up/{code}", around).to == "/"
        assert "Ifeoma Demo" in visitor.get("/accounts/settings").said

    def test_by_an_owner(self, owner: Visitor, sample: CoupleHere) -> None:
        assert owner.send("/practice/settings", "/accounts/sample").to == "/"
        assert "Ifeoma Demo" in owner.get("/accounts/settings").said

    def test_not_with_a_wrong_link(self, arrive: Arrive, sample: CoupleHere) -> None:
        visitor = arrive()
        token = _token(visitor, "/accounts/sign-in")
        assert visitor.post("/accounts/sample/look-around/wrong", **token).status == 404

    def test_not_by_a_counsellor(self, arrive: Arrive, world: World, sample: CoupleHere) -> None:
        person = world.a_counsellor(world.a_practice())
        an_account(world, person, "nadia", TERMS)
        visitor = arrive()
        visitor.sign_in("nadia")
        token = _token(visitor, "/accounts/settings")
        assert visitor.post("/accounts/sample", **token).status == 404

    def test_not_with_a_password(self, arrive: Arrive, world: World, sample: CoupleHere) -> None:
        with world.visit() as visit:
            visit.db.execute(sa.delete(Account).where(Account.person_id == sample.a))
        an_account(world, sample.a, "demo-typed", TERMS)
        assert arrive().sign_in("demo-typed").status == 200
        assert arrive().sign_in("demo-i", "").status == 200


class TestChangingPerson:
    def test_one_looks_as_another_of_the_sample(self, owner: Visitor, sample: CoupleHere) -> None:
        owner.send("/practice/settings", "/accounts/sample")
        token = _token(owner, "/accounts/settings")
        assert owner.post("/accounts/sample/person", person=str(sample.a), **token).to == "/"
        assert owner.get("/people/couples").status == 404
        assert owner.get("/accounts/welcome").status == 200

    @pytest.mark.parametrize("who", ["theirs", "nobody", "not an id"])
    def test_never_as_somebody_of_a_real_practice(
        self, owner: Visitor, sample: CoupleHere, world: World, who: str
    ) -> None:
        real = world.a_couple(names=("Ann Real", "Ben Real"))
        an_account(world, real.a, "ann", TERMS)
        person = {"theirs": str(real.a), "nobody": str(UUID(int=7))}.get(who, who)
        owner.send("/practice/settings", "/accounts/sample")
        token = _token(owner, "/accounts/settings")
        assert owner.post("/accounts/sample/person", person=person, **token).status == 404
        assert "Ifeoma Demo" in owner.get("/accounts/settings").said

    def test_never_from_a_real_practice(self, owner: Visitor, sample: CoupleHere) -> None:
        token = _token(owner, "/accounts/settings")
        assert owner.post("/accounts/sample/person", person=str(sample.a), **token).status == 404

    def test_the_list_is_the_samples_own(self, world: World, sample: CoupleHere) -> None:
        with world.as_(sample.counsellor_id, Role.COUNSELLOR) as visit:
            assert [card.id for card in sample_people(visit)] == [sample.a, sample.counsellor_id]
        real = world.a_couple(names=("Ann Real", "Ben Real"))
        with world.as_(real.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
            sample_people(visit)


class TestRemoving:
    def test_rows_and_keys_are_gone_and_the_real_ones_stay(
        self, owner: Visitor, sample: CoupleHere, world: World
    ) -> None:
        real = world.a_couple(names=("Ann Real", "Ben Real"))
        for couple in (sample, real):
            rounds = world.an_assignment(couple)
            world.a_draft(couple.a, rounds[0], {"underneath": "words"})
        before = _counts(world)
        path = f"/practice/sample/{sample.practice_id}/remove"
        assert owner.send("/practice/settings", path).to == "/practice/settings"
        after = _counts(world)
        kept = [name for name, n in before.items() if n and after[name] >= n]
        assert set(kept) <= {*STAYS}
        with world.keyring.engine.connect() as ring:
            keys = set(ring.scalars(sa.select(DATA_KEY.c.practice_id)))
        assert sample.practice_id not in keys
        assert real.practice_id in keys
        with world.as_(real.counsellor_id, Role.COUNSELLOR) as visit:
            assert visit.viewer.couples.keys() == {real.id}
        assert owner.get("/accounts/settings").status == 200

    def test_a_real_practice_cannot_be_removed(
        self, owner: Visitor, world: World, sample: CoupleHere
    ) -> None:
        with sessions(world.engine)() as db:
            real = db.scalars(sa.select(Practice.id).where(Practice.is_sample.is_(False))).all()
        token = _token(owner, "/accounts/settings")
        for practice_id in real:
            path = f"/practice/sample/{practice_id}/remove"
            assert owner.post(path, **token).status == 404

    def test_from_inside_one_is_signed_out(self, owner: Visitor, sample: CoupleHere) -> None:
        owner.send("/practice/settings", "/accounts/sample")
        token = _token(owner, "/accounts/settings")
        path = f"/practice/sample/{sample.practice_id}/remove"
        assert owner.post(path, **token).to == "/accounts/sign-in"
        assert owner.get("/accounts/settings").to == "/accounts/sign-in"

    def test_not_by_a_counsellor_of_another_practice(
        self, world: World, sample: CoupleHere
    ) -> None:
        real = world.a_couple(names=("Ann Real", "Ben Real"))
        with world.as_(real.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
            remove_sample(visit, sample.practice_id)


STAYS = ("audit_entry", "audit_head", "edition", "setup_link", "auth_session")


def _counts(world: World) -> dict[str, int]:
    with sessions(world.engine)() as db:
        return {
            table.name: db.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def _token(visitor: Visitor, path: str) -> dict[str, str]:
    found = visitor.follow(path).soup.find("input", attrs={"name": "csrf_token"})
    assert found is not None
    return {"csrf_token": str(found["value"])}
