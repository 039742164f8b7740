"""A check-in opened on Sunday evening and kept or sent on Monday is of the week that its page says."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.measures.models import CheckIn
from portal.measures.queries import check_in_state, own_check_ins, writing
from portal.people.models import Membership
from portal.people.queries import own_couple
from portal.vocabulary import Role
from tests.measures.test_pages import token_of
from tests.measures.test_two_places import AT, AUTO, QUIETLY, SitDown, marks
from tests.support.browser import PASSWORD, Browser, an_account, filled_in
from tests.support.check_ins import EVERY, a_check_in, switch_on, typed
from tests.support.moments import START, StandingClock
from tests.support.world import CoupleHere, World

WEEK_ON = date(2026, 3, 2)
THIS_WEEK, NEXT_WEEK = "The week from Monday 2 March", "The week from Monday 9 March"
SIXES = dict.fromkeys(EVERY, "6")


@pytest.fixture
def ann(couple: CoupleHere, sit_down: SitDown, clock: StandingClock) -> Browser:
    """Ten to midnight on Sunday, with the check-in open."""
    clock.move(days=6, hours=14, minutes=50)
    browser = sit_down(couple.a)
    assert THIS_WEEK in browser.open(AT).said
    return browser


def midnight(world: World, clock: StandingClock, minutes: int = 12) -> None:
    clock.move(minutes=minutes)
    world.now = clock.now()


def weeks(world: World) -> list[date]:
    with world.visit() as visit:
        return list(visit.db.scalars(sa.select(CheckIn.week_on).order_by(CheckIn.week_on)))


def counts_for_its_own_week(world: World, couple: CoupleHere) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        (sent,) = own_check_ins(visit, "en").weeks
        assert (sent.week_on, sent.score.total) == (WEEK_ON, 60)
        assert not check_in_state(visit, own_couple(visit)).is_sent, "this week is still asked"
        assert not writing(visit).unsent_before


def test_what_is_sent_after_midnight_counts_for_its_own_week(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock
) -> None:
    midnight(world, clock)
    assert ann.send(SIXES, "send", AT).path == "/measures/mine"
    counts_for_its_own_week(world, couple)
    assert NEXT_WEEK in ann.open(AT).said
    assert ann.send(SIXES, "send", AT).path == "/measures/mine"
    assert weeks(world) == [WEEK_ON, WEEK_ON + timedelta(days=7)]


def test_so_does_what_is_kept_as_it_is_typed(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock
) -> None:
    assert ann.page is not None
    form = ann.page.form("/check-in")
    midnight(world, clock)
    kept = ann.client.post(AUTO, data=filled_in(form, {"comment": "late"}), headers=QUIETLY)
    assert kept.get_json()["state"] == "saved"
    assert weeks(world) == [WEEK_ON]
    sends = filled_in(form, {**SIXES, "comment": "late, and sent"}, "send") | marks(kept.get_json())
    assert ann.client.post(AT, data=sends).location == "/measures/mine"
    counts_for_its_own_week(world, couple)


def test_what_is_saved_for_later_is_found_under_last_week(
    world: World, ann: Browser, clock: StandingClock
) -> None:
    midnight(world, clock)
    page = ann.send({"comment": "to be found"}, "keep", AT)
    assert THIS_WEEK in page.said
    assert "to be found" in page.said
    page = ann.open(AT)
    assert "to be found" not in page.said
    assert "What you began last week is still here" in page.said


def test_so_are_words_of_a_page_that_has_rested(
    world: World, app: Flask, ann: Browser, couple: CoupleHere, clock: StandingClock
) -> None:
    midnight(world, clock, minutes=30)
    page = ann.send({"comment": "after a rest"}, "send", AT)
    assert page.path == "/accounts/sign-in"
    assert weeks(world) == [WEEK_ON]
    landed = ann.send({"login": an_account(world, app, couple.a), "password": PASSWORD})
    assert landed.answer.request.full_path == f"{AT}?late=1"
    assert "after a rest" in landed.said
    assert "after a rest" not in ann.open(AT).said


@pytest.mark.parametrize("is_late", [False, True])
def test_a_week_that_was_sent_elsewhere_says_so_and_gives_the_words_back(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock, *, is_late: bool
) -> None:
    world.now = clock.now()
    a_check_in(world, couple.a, typed(3))
    if is_late:
        midnight(world, clock)
    page = ann.send({**SIXES, "comment": "what I add"}, "send", AT)
    assert page.status == 409
    assert "The check-in for the week of this page has been sent already." in page.said
    assert "what I add" in page.text
    assert weeks(world) == [WEEK_ON]


def of_a_week_before_it_was_switched_on(world: World, couple: CoupleHere) -> None:
    switch_on(world, couple)


def of_a_week_before_they_joined(world: World, couple: CoupleHere) -> None:
    with world.visit() as visit:
        row = visit.db.scalars(sa.select(Membership).where(Membership.person_id == couple.a)).one()
        row.joined_at = world.now


@pytest.mark.parametrize(
    "since", [of_a_week_before_it_was_switched_on, of_a_week_before_they_joined]
)
def test_nobody_writes_in_a_week_in_which_they_were_not_asked(
    world: World, couple: CoupleHere, ann: Browser, clock: StandingClock, since: object
) -> None:
    midnight(world, clock)
    assert callable(since)
    since(world, couple)
    page = ann.send({"comment": "of no week"}, "send", AT)
    assert page.status == 409
    assert "The week of this page is over." in page.said
    assert "of no week" in page.text
    assert weeks(world) == []


def test_a_late_page_of_weeks_ago_is_of_no_other_week(
    world: World, couple: CoupleHere, ann: Browser, sit_down: SitDown, clock: StandingClock
) -> None:
    midnight(world, clock)
    page = ann.send({"comment": "of the first week"}, "keep", AT)
    old = filled_in(page.form("/check-in"), {"comment": "and more"}, "send")
    for _ in range(2):  # with nothing of the week before, then with something begun in it
        clock.move(days=7)
        again = sit_down(couple.a)
        fresh = {"csrf_token": token_of(again.open(AT))}
        answer = again.client.post(f"{AT}?late=1", data=old | fresh)
        assert answer.status_code == 409
        assert "The week of this page is over." in answer.text
        assert "and more" in answer.text
        again.send({"comment": "of its own week"}, "keep", AT)


def test_the_other_sees_nothing_of_it(
    world: World, couple: CoupleHere, ann: Browser, sit_down: SitDown, clock: StandingClock
) -> None:
    midnight(world, clock)
    ben = sit_down(couple.b)
    paths = ("/desk/week", "/measures/mine", AT)
    before = [ben.open(path).said for path in paths]
    ann.send({**SIXES, "comment": "mine"}, "send", AT)
    assert [ben.open(path).said for path in paths] == before
    assert world.now > START + timedelta(days=6)
