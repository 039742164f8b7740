"""P17: a sign-in ends when it should, to the second, and what has ended never opens again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Account, AuthSession
from portal.accounts.passwords import Terms
from portal.accounts.service import end_all, end_sign_in, start_sign_in
from portal.vocabulary import Role
from portal.web.visits import house
from tests.promises.running import running
from tests.support.browser import PASSWORD, an_account
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

PAGE = "/accounts/settings"
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
EACH_WAY = 101
SECOND = timedelta(seconds=1)


class Door:
    """Somebody's account, and a way to knock with any cookie at any moment."""

    def __init__(self, world: World, app: Flask, clock: StandingClock) -> None:
        self.world, self.app, self.clock = world, app, clock
        practice = world.a_practice()
        self.person_id = world.a_counsellor(practice)
        self.login = an_account(world, app, self.person_id, Role.COUNSELLOR)
        with app.app_context():
            self.terms = Terms.of(house().config)

    def tokens(self, count: int) -> list[str]:
        """So many sign-ins of this account that are alive now."""
        self.world.now = self.clock.now()
        with self.world.as_(self.person_id, Role.COUNSELLOR) as visit:
            account = self.account(visit.db)
            return [
                start_sign_in(visit, account, Role.COUNSELLOR, "", terms=self.terms)
                for _one in range(count)
            ]

    def account(self, db: sa.orm.Session) -> Account:
        return db.scalars(sa.select(Account).where(Account.person_id == self.person_id)).one()

    def opens(self, token: str) -> bool:
        """Whether this cookie opens a page that only this person may see."""
        answer = self.browser(token).get(PAGE)
        assert answer.status_code in (200, 303)
        assert answer.status_code == 200 or answer.location == "/accounts/sign-in"
        return answer.status_code == 200

    def browser(self, token: str = "") -> FlaskClient:
        client = self.app.test_client()
        if token:
            client.set_cookie("weft", token)
        return client

    def sign_in(self, client: FlaskClient) -> str:
        """Come in by the front door; gives what the browser holds now."""
        fields = {"login": self.login, "password": PASSWORD}
        assert self.press(client, "/accounts/sign-in", "/accounts/sign-in", fields) == 303
        cookie = client.get_cookie("weft")
        assert cookie is not None
        return cookie.value

    def press(self, client: FlaskClient, page: str, to: str, fields: dict[str, str]) -> int:
        text = client.get(page).get_data(as_text=True)
        token = text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        return client.post(to, data={"csrf_token": token, **fields}).status_code


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def door(world: World, tmp_path: Path, clock: StandingClock) -> Iterator[Door]:
    with running(world, tmp_path, clock) as app:
        yield Door(world, app, clock)


def test_a_sign_in_ends_and_stays_ended(door: Door, clock: StandingClock, engine_name: str) -> None:
    ends: dict[str, Callable[[Door], list[str]]] = {
        "idle": _idle,
        "too long": _too_long,
        "signed out": _signed_out,
        "everywhere": _everywhere,
        "suspended": _suspended,
    }
    old: list[str] = []
    for end in ends.values():
        old += end(door)
    _let_in_again(door)
    reused = [token for token in old if door.opens(token)]
    assert reused == []
    assert len(old) == len(ends) * EACH_WAY > 500
    assert door.opens(door.tokens(1)[0])
    says = f"{len(old)} ended sign-ins, 0 opened again, borders to the second ({engine_name})"
    keep("P17", f"sessions-{engine_name}", says)


def _idle(door: Door) -> list[str]:
    tokens = door.tokens(EACH_WAY)
    start = door.clock.at
    door.clock.at = start + IDLE - SECOND
    assert not [token for token in tokens[:1] if not door.opens(token)]
    (fresh,) = door.tokens(1)
    door.clock.at = start + IDLE + IDLE - 2 * SECOND
    assert door.opens(tokens[0])  # being there keeps a sign-in alive
    assert door.opens(fresh)
    assert not door.opens(tokens[1])
    door.clock.move(hours=1)
    assert not door.opens(tokens[0])
    return tokens


def _too_long(door: Door) -> list[str]:
    tokens = door.tokens(EACH_WAY)
    start = door.clock.at
    door.clock.at = start + ABSOLUTE - SECOND
    _touch(door)
    assert door.opens(tokens[0])
    door.clock.at = start + ABSOLUTE
    assert not door.opens(tokens[0])
    _touch(door)  # not even somebody who was there a moment ago
    assert not door.opens(tokens[0])
    return tokens


def _signed_out(door: Door) -> list[str]:
    client = door.browser()
    mine = door.sign_in(client)
    assert door.press(client, PAGE, "/accounts/sign-out", {}) == 303
    assert client.get_cookie("weft") is None
    tokens = door.tokens(EACH_WAY - 1)
    with door.world.as_(door.person_id, Role.COUNSELLOR) as visit:
        for row in _living(visit.db):
            end_sign_in(visit, row.id)
    assert not door.opens(mine)
    return [mine, *tokens]


def _everywhere(door: Door) -> list[str]:
    client = door.browser()
    mine = door.sign_in(client)
    tokens = door.tokens(EACH_WAY - 1)
    assert door.opens(tokens[0])
    assert door.press(client, PAGE, "/accounts/sign-out-everywhere", {}) == 303
    assert not door.opens(tokens[0])
    return [mine, *tokens]


def _suspended(door: Door) -> list[str]:
    tokens = door.tokens(EACH_WAY)
    with door.world.visit() as visit:
        door.account(visit.db).suspended_at = door.clock.now()
    assert not door.opens(tokens[0])
    with door.world.as_(door.person_id, Role.COUNSELLOR) as visit:
        end_all(visit, door.account(visit.db).id)
    return tokens


def _let_in_again(door: Door) -> None:
    with door.world.visit() as visit:
        door.account(visit.db).suspended_at = None


def _living(db: sa.orm.Session) -> list[AuthSession]:
    return list(db.scalars(sa.select(AuthSession).where(AuthSession.ended_at.is_(None))))


def _touch(door: Door) -> None:
    with door.world.visit() as visit:
        visit.db.execute(sa.update(AuthSession).values(seen_at=door.clock.now()))


class TestBorders:
    @pytest.mark.parametrize("seconds", [-1, 0, 1])
    def test_of_rest(self, door: Door, seconds: int) -> None:
        (token,) = door.tokens(1)
        door.clock.at += IDLE + seconds * SECOND
        assert door.opens(token) is (seconds < 0)

    @pytest.mark.parametrize("seconds", [-1, 0, 1])
    def test_of_length(self, door: Door, seconds: int) -> None:
        (token,) = door.tokens(1)
        door.clock.at += ABSOLUTE + seconds * SECOND
        _touch(door)
        assert door.opens(token) is (seconds < 0)


class TestClock:
    def test_a_step_back_extends_nothing(self, door: Door) -> None:
        (token,) = door.tokens(1)
        start = door.clock.at
        door.clock.at = start + timedelta(minutes=10)
        assert door.opens(token)
        door.clock.at = start - timedelta(hours=1)
        assert not door.opens(token)
        door.clock.at = start + timedelta(minutes=10) + IDLE
        assert not door.opens(token)

    def test_a_long_sign_in_is_not_longer_after_a_step_back(self, door: Door) -> None:
        (token,) = door.tokens(1)
        start = door.clock.at
        door.clock.at = start - timedelta(hours=1)
        assert not door.opens(token)
        door.clock.at = start + ABSOLUTE
        _touch(door)
        assert not door.opens(token)


class TestNewId:
    def test_signing_in_gives_a_new_one_and_ends_the_old(self, door: Door) -> None:
        client = door.browser()
        client.set_cookie("weft", "chosen-by-somebody-else")
        first = door.sign_in(client)
        assert first != "chosen-by-somebody-else"
        assert not door.opens("chosen-by-somebody-else")
        assert door.press(client, PAGE, "/accounts/sign-out", {}) == 303
        second = door.sign_in(client)
        assert second != first
        assert not door.opens(first)

    def test_signing_in_where_somebody_had_rested_ends_their_sign_in(self, door: Door) -> None:
        client = door.browser()
        first = door.sign_in(client)
        door.clock.at += IDLE
        second = door.sign_in(client)
        assert len({first, second}) == 2
        assert not door.opens(first)
        assert door.opens(second)

    def test_a_new_password_ends_every_other(self, door: Door) -> None:
        client = door.browser()
        mine = door.sign_in(client)
        (other,) = door.tokens(1)
        fields = {"current": PASSWORD, "password": "violet orbit lantern copper seven"}
        assert door.press(client, "/accounts/password", "/accounts/password", fields) == 303
        assert not door.opens(mine)
        assert not door.opens(other)
        cookie = client.get_cookie("weft")
        assert cookie is not None
        assert door.opens(cookie.value)


def test_only_a_mark_of_the_cookie_is_kept(door: Door) -> None:
    (token,) = door.tokens(1)
    with door.world.visit() as visit:
        rows: list[tuple[UUID, str]] = [
            (row.id, row.token_mark) for row in visit.db.scalars(sa.select(AuthSession))
        ]
    assert all(token not in mark for _, mark in rows)
    assert not any(door.opens(mark) for _, mark in rows)
