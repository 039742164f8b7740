"""What is acknowledged is the promise that stood on the page, and no other."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.accounts.settings.service import begin
from portal.care.service import change_terms
from portal.exercises.queries import promise
from portal.foundation.errors import Stale
from portal.people.models import PolicyAcknowledgement
from portal.people.promises import mark_of
from portal.people.service import CoupleTerms, acknowledge_policy
from portal.vocabulary import ContactLevel, Role, SecretsPolicy
from tests.reflections.conftest import app, clock, couple, sit_down
from tests.support.browser import Browser, Page
from tests.support.promised import newest
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "sit_down"]
OLD, NEXT, LAST = SecretsPolicy.JUDGEMENT, SecretsPolicy.HELD, SecretsPolicy.NO_SECRETS
AGAIN = "The promise may have changed since you opened this page."


def promised(world: World, couple: CoupleHere, policy: SecretsPolicy) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        terms = CoupleTerms(ContactLevel.TOGETHER, secrets_policy=policy)
        change_terms(visit, couple.id, terms)
    world.now += timedelta(minutes=1)


def read_by(world: World, person_id: UUID) -> list[SecretsPolicy]:
    with world.visit() as visit:
        query = sa.select(PolicyAcknowledgement.policy).order_by(
            PolicyAcknowledgement.acknowledged_at
        )
        return list(visit.db.scalars(query.where(PolicyAcknowledgement.person_id == person_id)))


@pytest.fixture
def ann(world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser]) -> Browser:
    """Somebody who read the old promise, and has the next one before her."""
    browser = sit_down(couple.a)
    promised(world, couple, NEXT)
    browser.clock.at = world.now
    page = browser.open("/accounts/promise")
    assert promise(NEXT) in page.said
    return browser


def ticks(ann: Browser) -> Page:
    return ann.send({"has_read": "y"}, to="/accounts/promise", press="Go on")


def test_a_promise_that_came_meanwhile_is_shown_before_it_is_acknowledged(
    world: World, couple: CoupleHere, ann: Browser
) -> None:
    promised(world, couple, LAST)
    ann.clock.at = world.now
    page = ticks(ann)
    assert page.status == 422
    assert AGAIN in page.said
    assert promise(LAST) in page.said
    assert promise(NEXT) not in page.said
    assert not page.soup.select('[name="has_read"][checked]')
    assert read_by(world, couple.a) == [OLD]
    assert ticks(ann).path == "/desk/week"
    assert read_by(world, couple.a) == [OLD, LAST]


def test_a_promise_that_went_and_came_back_is_the_one_that_was_read(
    world: World, couple: CoupleHere, ann: Browser
) -> None:
    promised(world, couple, LAST)
    promised(world, couple, NEXT)
    ann.clock.at = world.now
    assert ticks(ann).path == "/desk/week"
    assert read_by(world, couple.a) == [OLD, NEXT]


@pytest.mark.parametrize("said", [None, "", "held", "held.0", "held.1.1", "no_secrets.1"])
def test_a_page_that_does_not_say_what_it_showed_counts_as_not_read(
    world: World, couple: CoupleHere, ann: Browser, said: str | None
) -> None:
    assert ann.page is not None
    (box,) = ann.page.soup.select('[name="shown"]')
    assert box["value"] == mark_of(NEXT) == "held.1"
    if said is None:
        box.decompose()
    else:
        box["value"] = said
    page = ticks(ann)
    assert page.status == 422
    assert AGAIN in page.said
    assert read_by(world, couple.a) == [OLD]
    assert ticks(ann).path == "/desk/week"


def test_the_welcome_shows_what_came_meanwhile_too(
    world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser]
) -> None:
    ann = sit_down(couple.a)
    with world.visit() as visit:
        visit.db.execute(sa.delete(PolicyAcknowledgement))
    ann.open("/accounts/welcome")
    promised(world, couple, NEXT)
    ann.clock.at = world.now
    page = ann.send({"has_read": "y"}, to="/accounts/welcome")
    assert page.status == 422
    assert AGAIN in page.said
    assert promise(NEXT) in page.said
    assert read_by(world, couple.a) == []
    assert ann.send({"has_read": "y"}, to="/accounts/welcome").path == "/desk/week"
    assert read_by(world, couple.a) == [NEXT]


def test_nothing_is_kept_of_what_was_not_shown(world: World, couple: CoupleHere) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        for deed in (begin, acknowledge_policy):
            with pytest.raises(Stale):
                deed(visit, mark_of(LAST))
        begin(visit, newest(visit))
    with world.as_(couple.a, Role.PARTNER) as visit:
        begin(visit, "")  # there is nothing to be read any more, and nothing is stamped
    assert read_by(world, couple.a) == [OLD]
