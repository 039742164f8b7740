"""Signing in: who gets in, what strangers learn, and how guesses are slowed down."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from argon2 import low_level

from config import Argon2Cost
from portal.accounts import passwords
from portal.accounts.models import Account
from portal.accounts.throttle import FREE_TRIES
from portal.audit.models import AuditEntry
from portal.foundation.database import sessions
from portal.vocabulary import Act
from tests.accounts.running import TERMS
from tests.accounts.visitor import PASSWORD, Visitor, an_account
from tests.support.moments import StandingClock
from tests.support.world import World

Arrive = Callable[[], Visitor]


class TestSignIn:
    def test_the_right_password_opens_the_door(self, arrive: Arrive, nadia: UUID) -> None:
        visitor = arrive()
        seen = visitor.sign_in("nadia")
        assert (seen.status, seen.to) == (303, "/")
        assert visitor.get("/accounts/settings").status == 200

    def test_however_the_name_is_typed(self, arrive: Arrive, nadia: UUID) -> None:
        for typed in ("NADIA", " nadia ", "na dia", "ｎａｄｉａ"):
            assert arrive().sign_in(typed).status == 303

    def test_the_cookie_is_for_the_server_alone(self, arrive: Arrive, nadia: UUID) -> None:
        cookies = arrive().sign_in("nadia").answer.headers.getlist("Set-Cookie")
        mine = next(c for c in cookies if c.startswith("weft="))
        assert "HttpOnly" in mine
        assert "SameSite=Lax" in mine
        assert "Max-Age" not in mine

    def test_a_new_sign_in_ends_the_old_one(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        old = visitor.client.get_cookie("weft")
        visitor.post("/accounts/sign-out", **visitor.token("/accounts/settings"))
        visitor.sign_in("nadia")
        assert old is not None
        thief = arrive()
        thief.client.set_cookie("weft", old.value)
        assert thief.get("/accounts/settings").to == "/accounts/sign-in"

    def test_it_leads_to_what_somebody_came_for(self, arrive: Arrive, nadia: UUID) -> None:
        visitor = arrive()
        visitor.get("/people/couples")
        assert visitor.sign_in("nadia").to == "/people/couples"

    def test_but_not_to_what_another_came_for(
        self, arrive: Arrive, nadia: UUID, world: World, clock: StandingClock
    ) -> None:
        other = world.a_counsellor(world.a_practice(), "Omar Example")
        an_account(world, other, "omar", TERMS)
        visitor = arrive()
        visitor.sign_in("nadia")
        clock.move(minutes=20)
        visitor.get("/people/couples")
        assert visitor.sign_in("omar").to == "/"

    def test_nor_after_the_other_has_signed_out(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        other = world.a_counsellor(world.a_practice(), "Omar Example")
        an_account(world, other, "omar", TERMS)
        visitor = arrive()
        visitor.sign_in("nadia")
        visitor.post("/accounts/sign-out", **visitor.token("/accounts/settings"))
        visitor.get("/people/couples")  # as a page does that was left open in another tab
        assert visitor.sign_in("omar").to == "/"
        visitor.post("/accounts/sign-out", **visitor.token("/accounts/settings"))
        visitor.get("/people/couples")
        assert visitor.sign_in("omar").to == "/people/couples", "one's own way goes on"

    def test_nobody_without_a_role_gets_in(self, arrive: Arrive, world: World) -> None:
        couple = world.a_couple()
        with world.visit() as visit:
            visit.db.execute(sa.text("UPDATE membership SET joined_at = NULL"))
        an_account(world, couple.a, "ann", TERMS)
        assert arrive().sign_in("ann").status == 200


def hashes_of(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every hash that is worked out from here on, by its parameters."""
    done: list[bytes] = []

    def counted(kept: bytes, given: bytes, kind: low_level.Type) -> bool:
        done.append(kept.rsplit(b"$", 2)[0])
        return low_level.verify_secret(kept, given, kind)

    monkeypatch.setattr("argon2._password_hasher.verify_secret", counted)
    return done


class TestTheSameAnswer:
    def test_whether_or_not_there_is_an_account(self, arrive: Arrive, nadia: UUID) -> None:
        wrong = arrive().sign_in("nadia", "not this one at all")
        nobody = arrive().sign_in("nobody", "not this one at all")
        assert wrong.status == nobody.status == 200
        assert _plain(wrong.text, "nadia") == _plain(nobody.text, "nobody")
        assert list(wrong.answer.headers.keys()) == list(nobody.answer.headers.keys())

    def test_the_same_work(
        self, arrive: Arrive, nadia: UUID, monkeypatch: pytest.MonkeyPatch, world: World
    ) -> None:
        """Counted at the edge, in the hashing library: as many hashes, with the same parameters."""
        done = hashes_of(monkeypatch)
        arrive().sign_in("nadia", "not this one at all")
        arrive().sign_in("nobody", "not this one at all")
        assert done == [b"$argon2id$v=19$m=8,t=1,p=1"] * 2

    def test_both_leave_one_line_in_the_trail(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        arrive().sign_in("nadia", "not this one at all")
        arrive().sign_in("nobody", "not this one at all")
        with sessions(world.engine)() as db:
            refused = sa.select(AuditEntry).where(AuditEntry.act == Act.SIGN_IN_REFUSED)
            assert len(db.scalars(refused).all()) == 2

    def test_a_suspended_account_looks_the_same(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        with world.visit() as visit:
            visit.db.execute(sa.update(Account).values(suspended_at=world.now))
        assert arrive().sign_in("nadia").status == 200


class TestGuesses:
    def test_the_delay_grows(self, arrive: Arrive, nadia: UUID, clock: StandingClock) -> None:
        guesser = arrive()
        for _ in range(5):
            assert guesser.sign_in("nadia", "wrong wrong wrong").status == 200
        clock.move(seconds=29)
        assert guesser.sign_in("nadia").status == 200
        clock.move(seconds=1)
        assert guesser.sign_in("nadia", "wrong wrong wrong").status == 200
        clock.move(seconds=59)
        assert guesser.sign_in("nadia").status == 200
        clock.move(seconds=1)
        assert guesser.sign_in("nadia").status == 303

    def test_waiting_is_enough(self, arrive: Arrive, nadia: UUID, clock: StandingClock) -> None:
        guesser = arrive()
        for _ in range(40):
            guesser.sign_in("nadia", "wrong wrong wrong")
            clock.move(minutes=61)
        assert guesser.sign_in("nadia").status == 303

    def test_somebody_else_never_locks_out_a_known_device(
        self, arrive: Arrive, nadia: UUID
    ) -> None:
        mine = arrive()
        mine.sign_in("nadia")
        mine.post("/accounts/sign-out", **mine.token("/accounts/settings"))
        guesser = arrive()
        for _ in range(12):
            guesser.sign_in("nadia", "wrong wrong wrong")
        assert guesser.sign_in("nadia").status == 200, "also the right one has to wait here"
        assert mine.sign_in("nadia").status == 303

    def test_variants_of_a_name_share_one_count(self, arrive: Arrive, nadia: UUID) -> None:
        for typed in ("nadia", "NADIA", " nadia", "Nadia", "n adia"):
            assert arrive().sign_in(typed, "wrong wrong wrong").status == 200
        assert arrive().sign_in("nadiA").status == 200, "the sixth waits, and is the right one"

    def test_names_without_an_account_are_slowed_alike(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        """A guess that waits leaves no line in the trail, so that there are as many as were let through."""
        for name in ("nadia", "nobody") * 8:
            arrive().sign_in(name, "wrong wrong wrong")
        with sessions(world.engine)() as db:
            refused = sa.select(AuditEntry).where(AuditEntry.act == Act.SIGN_IN_REFUSED)
            found = [line.practice_id is None for line in db.scalars(refused)]
        assert (found.count(True), found.count(False)) == (FREE_TRIES, FREE_TRIES)

    def test_a_wait_looks_like_a_wrong_guess(
        self, arrive: Arrive, nadia: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = hashes_of(monkeypatch)
        seen = [arrive().sign_in(name, "wrong wrong wrong") for name in ("nadia", "nobody") * 8]
        plain = {_plain(_plain(one.text, "nadia"), "nobody") for one in seen}
        assert len(plain) == 1
        assert {one.status for one in seen} == {200}
        assert len({tuple(one.answer.headers.keys()) for one in seen}) == 1
        assert len(done) == len(seen)


class TestRehash:
    def test_dearer_parameters_are_taken_up_at_the_next_sign_in(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        with world.visit() as visit:
            before = visit.db.scalars(sa.select(Account.password_hash)).one()
            old = passwords.settle(
                visit.chest,
                passwords.Hashing(Argon2Cost(memory_kib=16, passes=1, lanes=1)),
                PASSWORD,
            )
            visit.db.execute(sa.update(Account).values(password_hash=old))
        assert arrive().sign_in("nadia").status == 303
        with sessions(world.engine)() as db:
            after = db.scalars(sa.select(Account.password_hash)).one()
            assert after.split("$")[3] == before.split("$")[3]


class TestStanding:
    def test_fourteen_minutes_and_a_bit(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        clock.move(minutes=15, seconds=-1)
        assert visitor.get("/accounts/settings").status == 200

    def test_a_quarter_of_an_hour_is_too_long(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        clock.move(minutes=15)
        assert visitor.get("/accounts/settings").to == "/accounts/sign-in"
        assert "away for a while" in visitor.get("/accounts/sign-in").said

    def test_reading_keeps_it_alive_until_twelve_hours(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        for _ in range(51):
            clock.move(minutes=14)
            assert visitor.client.get("/accounts/stay").status_code == 204
        clock.move(minutes=6, seconds=-1)
        assert visitor.get("/accounts/settings").status == 200
        clock.move(seconds=1)
        assert visitor.get("/accounts/settings").to == "/accounts/sign-in"

    def test_a_clock_set_back_makes_nothing_last_longer(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        clock.move(hours=-1)
        assert visitor.get("/accounts/settings").to == "/accounts/sign-in"

    def test_a_rested_name_is_not_on_the_door(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        clock.move(minutes=20)
        assert "Nadia" not in visitor.get("/accounts/sign-in").text

    def test_signing_out_after_a_rest_ends_it_too(
        self, arrive: Arrive, nadia: UUID, clock: StandingClock, world: World
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        held = visitor.token("/accounts/settings")
        clock.move(minutes=16)
        seen = visitor.post("/accounts/sign-out", **held)
        assert (seen.status, seen.to) == (303, "/accounts/sign-in")
        assert "Clear-Site-Data" in seen.answer.headers
        assert visitor.client.get_cookie("weft") is None
        with world.visit() as visit:
            ended = visit.db.execute(sa.text("SELECT ended_at FROM auth_session")).scalars().all()
        assert len(ended) == 1
        assert ended[0] is not None

    def test_a_role_that_is_gone_ends_it_at_once(
        self, arrive: Arrive, nadia: UUID, world: World
    ) -> None:
        visitor = arrive()
        visitor.sign_in("nadia")
        with world.visit() as visit:
            visit.db.execute(sa.text("UPDATE staff_role SET until_at = '2026-01-01 00:00:00'"))
        assert visitor.get("/accounts/settings").to == "/accounts/sign-in"


def _plain(text: str, login: str) -> str:
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", text)
    return re.sub(r'data-token="[^"]*"', "", text).replace(login, "LOGIN")
