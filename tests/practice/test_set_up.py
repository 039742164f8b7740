"""A practice's first visit: the one-time link, what is asked, and its help lines."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from portal.foundation.database import sessions
from portal.foundation.errors import Refused
from portal.people.models import StaffRole
from portal.practice.models import CrisisContact, Practice
from portal.practice.queries import crisis_cards
from portal.practice.service import setup_link
from portal.vocabulary import Role
from tests.accounts.visitor import PASSWORD, Seen, Visitor
from tests.support.world import World

Arrive = Callable[[], Visitor]
GIVEN = {
    "name": "Still Water",
    "letterhead": "1 Mill Lane\nTel. 555 0100",
    "time_zone": "Europe/Dublin",
    "locale": "en",
    "currency": "EUR",
    "secrets_policy": "held",
    "opening_rule": "counsellor",
    "country": "IE",
    "your_name": "Nadia Example",
    "login": "nadia",
    "password": PASSWORD,
}


@pytest.fixture
def code(world: World) -> str:
    with world.visit() as visit:
        return setup_link(visit.db, visit.chest, visit.now)


def set_up(visitor: Visitor, code: str, **changed: str) -> Seen:
    return visitor.send(f"/practice/set-up/{code}", **{**GIVEN, **changed})


class TestTheLink:
    def test_the_door_says_where_it_stands(self, arrive: Arrive) -> None:
        assert "stands in the terminal" in arrive().get("/accounts/sign-in").said

    def test_a_wrong_one_opens_nothing(self, arrive: Arrive, code: str) -> None:
        assert arrive().get("/practice/set-up/wrong").status == 404

    def test_a_fresh_one_ends_the_one_before(self, arrive: Arrive, code: str, world: World) -> None:
        with world.visit() as visit:
            fresh = setup_link(visit.db, visit.chest, visit.now)
        assert arrive().get(f"/practice/set-up/{code}").status == 404
        assert arrive().get(f"/practice/set-up/{fresh}").status == 200

    def test_it_works_once(self, arrive: Arrive, code: str) -> None:
        assert set_up(arrive(), code).status == 303
        assert arrive().get(f"/practice/set-up/{code}").status == 404

    def test_a_practice_that_is_set_up_gets_no_other(
        self, arrive: Arrive, code: str, world: World
    ) -> None:
        set_up(arrive(), code)
        with world.visit() as visit, pytest.raises(Refused):
            setup_link(visit.db, visit.chest, visit.now)
        assert "terminal" not in arrive().get("/accounts/sign-in").said


class TestSetUp:
    def test_the_first_person_owns_and_counsels(
        self, arrive: Arrive, code: str, world: World
    ) -> None:
        visitor = arrive()
        assert set_up(visitor, code).to == "/practice/help-lines"
        assert "Samaritans" in visitor.get("/practice/help-lines").said
        with sessions(world.engine)() as db:
            assert set(db.scalars(sa.select(StaffRole.role))) == {Role.OWNER, Role.COUNSELLOR}
            practice = db.scalars(sa.select(Practice)).one()
            assert (practice.time_zone, practice.currency) == ("Europe/Dublin", "EUR")
        assert arrive().sign_in("nadia").status == 303

    def test_no_promise_is_preset(self, arrive: Arrive, code: str) -> None:
        page = arrive().get(f"/practice/set-up/{code}")
        assert "unless someone is in danger" in page.said
        assert not page.soup.select("input[name=secrets_policy][checked]")
        given = {k: v for k, v in GIVEN.items() if k != "secrets_policy"}
        visitor = arrive()
        seen = visitor.send(f"/practice/set-up/{code}", **given)
        assert seen.status == 422
        assert "Choose one of these." in seen.said

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("name", " ", "Write the practice's name."),
            ("name", "x" * 121, "at most 120 characters"),
            ("your_name", "", "Write your name"),
            ("login", "", "Choose a name to sign in with."),
            ("login", "ab", "at least 3 characters"),
            ("password", "", "Choose a password."),
            ("password", "short", "at least 12 characters"),
            ("password", "nadia nadia nadia", "Leave out names"),
            ("password", "still water 12", "Leave out names"),
            ("secrets_policy", "everything", "Choose one of these."),
            ("time_zone", "Nowhere/Land", "Not a valid choice"),
        ],
    )
    def test_bad_input_is_said_and_the_rest_kept(
        self, arrive: Arrive, code: str, world: World, field: str, typed: str, sentence: str
    ) -> None:
        seen = set_up(arrive(), code, **{field: typed})
        assert seen.status == 422
        assert sentence in seen.said
        assert "1 Mill Lane" in seen.text
        summary = seen.soup.select_one(".summary a")
        assert summary is not None
        assert seen.soup.find(id=str(summary["href"]).removeprefix("#")) is not None
        with sessions(world.engine)() as db:
            assert db.scalars(sa.select(Practice)).all() == []
        assert set_up(arrive(), code).status == 303


class TestHelpLines:
    @pytest.fixture
    def owner(self, arrive: Arrive, code: str) -> Visitor:
        visitor = arrive()
        set_up(visitor, code)
        return visitor

    def test_nobody_sees_one_before_it_is_checked(self, owner: Visitor, world: World) -> None:
        line = self._line(world, "Samaritans")
        assert self._shown(world) == []
        path = f"/practice/help-lines/{line.id}/confirm"
        assert owner.send("/practice/help-lines", path, confirmed_on="2026-03-01").status == 303
        assert self._shown(world) == ["Samaritans"]
        owner.send("/practice/help-lines", path, confirmed_on="")
        assert self._shown(world) == []

    @pytest.mark.parametrize("day", ["2026-03-03", "yesterday", "2026-02-30"])
    def test_not_a_day_that_cannot_be(self, owner: Visitor, world: World, day: str) -> None:
        line = self._line(world, "Samaritans")
        path = f"/practice/help-lines/{line.id}/confirm"
        assert owner.send("/practice/help-lines", path, confirmed_on=day).status == 422
        assert self._shown(world) == []

    def test_a_changed_number_is_checked_afresh(self, owner: Visitor, world: World) -> None:
        line = self._line(world, "Samaritans")
        confirm = f"/practice/help-lines/{line.id}/confirm"
        owner.send("/practice/help-lines", confirm, confirmed_on="2026-03-01")
        owner.send(f"/practice/help-lines/{line.id}", hours="Day and night")
        assert self._shown(world) == ["Samaritans"]
        owner.send(f"/practice/help-lines/{line.id}", contact="116 124")
        assert self._shown(world) == []

    def test_a_number_that_was_changed_meanwhile_is_not_switched_on_unseen(
        self, owner: Visitor, world: World
    ) -> None:
        line = self._line(world, "Samaritans")
        path = f"/practice/help-lines/{line.id}/confirm"
        token = owner.get("/practice/help-lines").form(path)
        old = {str(box["name"]): str(box.get("value", "")) for box in token.select("input[name]")}
        owner.send(f"/practice/help-lines/{line.id}", contact="116 124")
        seen = owner.post(path, **{**old, "confirmed_on": "2026-03-01"})
        assert seen.status == 422
        assert "This line was changed in another place meanwhile." in seen.said
        assert "116 124" in seen.said
        assert self._shown(world) == []
        fresh = owner.send("/practice/help-lines", path, confirmed_on="2026-03-01")
        assert fresh.status == 303
        assert self._shown(world) == ["Samaritans"]

    def test_one_is_added_and_taken_away(self, owner: Visitor, world: World) -> None:
        added = owner.send(
            "/practice/help-lines", kind="practice", name="Our office", contact="555 0100"
        )
        assert added.status == 303
        line = self._line(world, "Our office")
        owner.send("/practice/help-lines", f"/practice/help-lines/{line.id}/remove")
        with sessions(world.engine)() as db:
            assert db.get(CrisisContact, line.id) is None

    def test_another_practices_lines_are_not_found(self, owner: Visitor, world: World) -> None:
        other = world.a_practice()
        with world.visit() as visit:
            line = CrisisContact(
                practice_id=other, position=1, kind="emergency", name="Far", contact="1"
            )
            visit.db.add(line)
        assert owner.get(f"/practice/help-lines/{line.id}").status == 404

    def test_a_counsellor_changes_nothing_here(self, owner: Visitor) -> None:
        token = owner.get("/practice/settings").soup.find("input", attrs={"name": "csrf_token"})
        assert token is not None
        owner.post("/accounts/role", csrf_token=str(token["value"]), role="counsellor")
        assert owner.get("/practice/settings").status == 404
        assert owner.get("/practice/help-lines").status == 404

    def _line(self, world: World, name: str) -> CrisisContact:
        with sessions(world.engine)() as db:
            return db.scalars(sa.select(CrisisContact).where(CrisisContact.name == name)).one()

    def _shown(self, world: World) -> list[str]:
        with sessions(world.engine)() as db:
            person = db.scalar(sa.select(StaffRole.person_id).limit(1))
        assert person is not None
        with world.as_(person, Role.COUNSELLOR) as visit:
            return [card.name for card in crisis_cards(visit)]


class TestSettings:
    def test_what_is_saved_stands_there_again(self, arrive: Arrive, code: str) -> None:
        visitor = arrive()
        set_up(visitor, code)
        assert visitor.send("/practice/settings", name="Calm Water", clear_days="60").status == 303
        page = visitor.get("/practice/settings")
        assert 'value="Calm Water"' in page.text
        assert 'value="60"' in page.text
        assert visitor.send("/practice/settings", clear_days="0").status == 422
        assert visitor.send("/practice/settings", clear_days="soon").status == 422
