"""P2: what is answered at the door tells nobody whether the other tried, got in, or was ever here."""

import re
from collections.abc import Callable

import pytest

from portal.accounts.settings.service import begin
from portal.vocabulary import Role
from tests.accounts.running import TERMS
from tests.accounts.visitor import Visitor, an_account
from tests.support.moments import StandingClock
from tests.support.promised import newest
from tests.support.world import CoupleHere, World

Arrive = Callable[[], Visitor]
Answer = tuple[int, str, str]
GUESS = "a wrong guess of some length"
TWO_DAYS = 60 * 48


@pytest.fixture(autouse=True)
def both(world: World, couple: CoupleHere) -> None:
    """Sasha and Robin can both sign in, and have read what is promised."""
    assert couple.b is not None
    for login, person in (("sasha", couple.a), ("robin", couple.b)):
        an_account(world, person, login, TERMS)
        with world.as_(person, Role.PARTNER) as visit:
            begin(visit, newest(visit))


def guess(browser: Visitor) -> Answer:
    """Somebody types Robin's name with a wrong password; what comes back."""
    seen = browser.sign_in("robin", GUESS)
    return seen.status, re.sub(r'(value|data-token)="[^"]*~[^"]*"', "", seen.text), seen.to


def come_and_go(browser: Visitor, login: str) -> None:
    browser.sign_in(login)
    browser.post("/accounts/sign-out", **browser.token("/accounts/settings"))


class TestAGuess:
    @pytest.mark.parametrize("is_shared", [False, True])
    def test_does_not_tell_that_the_other_has_signed_in(
        self, arrive: Arrive, clock: StandingClock, *, is_shared: bool
    ) -> None:
        def seen(*, robin_comes: bool) -> list[Answer]:
            home = arrive()
            if is_shared:
                come_and_go(home, "robin")
            found = [guess(home) for _ in range(5)]
            clock.move(minutes=30)
            if robin_comes:
                come_and_go(home if is_shared else arrive(), "robin")
            clock.move(minutes=30)
            found += [guess(home) for _ in range(3)]
            clock.move(minutes=TWO_DAYS)
            return found

        assert seen(robin_comes=True) == seen(robin_comes=False)

    def test_does_not_tell_that_the_other_has_mistyped(
        self, arrive: Arrive, clock: StandingClock
    ) -> None:
        before = guess(arrive())
        clock.move(minutes=TWO_DAYS)
        phone = arrive()
        for _ in range(9):
            guess(phone)
        assert guess(arrive()) == before

    def test_does_not_tell_that_this_device_was_ever_the_others(
        self, arrive: Arrive, clock: StandingClock
    ) -> None:
        home, phone = arrive(), arrive()

        def at_home() -> list[Answer]:
            for _ in range(5):
                guess(phone)
            return [guess(home) for _ in range(2)]

        before = at_home()
        clock.move(minutes=TWO_DAYS)
        come_and_go(home, "robin")
        clock.move(minutes=TWO_DAYS)
        assert at_home() == before
