"""A changed promise is read afresh by each; until then, and for what was sent, the old one holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.accounts.settings.service import begin
from portal.audit.models import AuditEntry
from portal.care.service import change_terms
from portal.exercises.queries import promise
from portal.measures.models import CheckIn
from portal.people.queries import couple_card, own_couple, promise_cards
from portal.people.service import CoupleTerms
from portal.reflections.drafts.queries import draft
from portal.reflections.models import PrivateWord, Revision
from portal.reflections.sending.service import decline
from portal.vocabulary import Act, ContactLevel, Role, Seat, SecretsPolicy
from tests.homework.conftest import desk
from tests.homework.looking import Desk
from tests.reflections.conftest import app, clock, couple, round_id, sit_down
from tests.reflections.material import issues
from tests.support.browser import Browser
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.promised import newest
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "round_id", "sit_down"]
OLD, NEW = SecretsPolicy.JUDGEMENT, SecretsPolicy.HELD


def promised(world: World, couple: CoupleHere, policy: SecretsPolicy) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        terms = CoupleTerms(contact=ContactLevel.TOGETHER)
        change_terms(visit, couple.id, replace(terms, secrets_policy=policy))
    world.now += timedelta(minutes=1)


def read(world: World, person_id: UUID | None) -> None:
    assert person_id is not None
    world.now += timedelta(minutes=1)
    with world.as_(person_id, Role.PARTNER) as visit:
        begin(visit, newest(visit))


def stamps(world: World) -> list[tuple[SecretsPolicy, int]]:
    with world.visit() as visit:
        query = sa.select(Revision.policy, Revision.policy_version).where(Revision.number > 0)
        return [(row[0], row[1]) for row in visit.db.execute(query.order_by(Revision.sent_at))]


def test_each_sends_under_the_promise_they_read_last(world: World, couple: CoupleHere) -> None:
    assert couple.b is not None
    rounds = [world.an_assignment(couple, key)[0] for key in ("name-the-issues", "our-loop")]
    for person in (couple.a, couple.b):
        read(world, person)
    world.a_reflection(couple.a, rounds[0], issues("before"))
    promised(world, couple, NEW)
    read(world, couple.b)
    world.now += timedelta(minutes=1)
    world.a_reflection(couple.b, rounds[0], issues("of ben, who has read it"))
    world.now += timedelta(minutes=1)
    (alone,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    world.a_draft(couple.a, alone, {"private_note": "still under the old one"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_couple(visit).secrets_policy is OLD
        assert own_couple(visit).next_policy is NEW
        decline(visit, alone)
    assert stamps(world) == [(OLD, 1), (NEW, 1)]
    with world.visit() as visit:
        query = sa.select(PrivateWord.policy).order_by(PrivateWord.sent_at)
        assert visit.db.scalars(query).all() == [OLD, NEW, OLD]
    read(world, couple.a)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_couple(visit).secrets_policy is NEW
        assert own_couple(visit).next_policy is None
    assert stamps(world) == [(OLD, 1), (NEW, 1)]  # what was sent keeps what it was sent under


def test_a_check_in_is_stamped_the_same_way(world: World, couple: CoupleHere) -> None:
    switch_on(world, couple)
    read(world, couple.a)
    promised(world, couple, NEW)
    a_check_in(world, couple.a, typed(5, private_note="hush"))
    with world.visit() as visit:
        assert visit.db.scalars(sa.select(CheckIn.policy)).all() == [OLD]


def test_back_and_forth_the_newest_is_read_afresh(world: World, couple: CoupleHere) -> None:
    read(world, couple.a)
    promised(world, couple, NEW)
    promised(world, couple, OLD)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_couple(visit).next_policy is OLD
    read(world, couple.a)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_couple(visit).next_policy is None


def test_the_counsellor_sees_who_has_read_what_and_under_what_words_were_written(
    world: World, couple: CoupleHere, round_id: UUID, desk: Desk
) -> None:
    for person in (couple.a, couple.b):
        read(world, person)
    world.a_reflection(couple.a, round_id, issues("before"))
    promised(world, couple, NEW)
    read(world, couple.b)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        found = promise_cards(visit, couple_card(visit, couple.id))
        assert found[couple.a].policy is OLD
        assert not found[couple.a].is_newest
        assert couple.b is not None
        assert found[couple.b].is_newest
    page = desk.open(f"/people/couples/{couple.id}/edit")
    assert page.said.count("They have not read the new promise yet") == 1
    page = desk.open(f"/review/{round_id}")
    assert promise(OLD) in page.said
    assert promise(NEW) not in page.said
    with world.visit() as visit:
        acts = list(visit.db.scalars(sa.select(AuditEntry.act)))
    assert acts.count(Act.CHANGED_PROMISE) == 1


@pytest.fixture
def ann(world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser]) -> Browser:
    """Somebody who read the old promise, and to whom another is made while they are signed in."""
    for person in (couple.a, couple.b):
        read(world, person)
    browser = sit_down(couple.a)
    browser.clock.move(minutes=5)
    world.now = browser.clock.now()
    promised(world, couple, NEW)
    browser.clock.move(minutes=5)
    return browser


def test_both_sentences_are_shown_and_it_may_wait(ann: Browser) -> None:
    page = ann.open("/desk/week")
    assert page.path == "/accounts/promise"
    assert promise(OLD) in page.said
    assert promise(NEW) in page.said
    assert ann.send(to="/accounts/promise", press="Go on").status == 422
    ann.open("/accounts/promise")
    ann.send(to="/accounts/promise/later", press="Not now")
    assert ann.open("/desk/week").path == "/desk/week"
    ann.open("/accounts/promise")
    ann.send({"has_read": "y"}, to="/accounts/promise", press="Go on")
    assert ann.open("/accounts/promise").path == "/desk/week"


def test_words_under_way_are_taken_and_the_box_says_what_holds(
    world: World, ann: Browser, couple: CoupleHere
) -> None:
    (alone,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    ann.open("/accounts/promise")
    ann.send(to="/accounts/promise/later", press="Not now")
    said = " ".join(ann.open(f"/reflections/{alone}/write/{n}").said for n in range(1, 9))
    assert promise(OLD) in said
    assert promise(NEW) not in said


def test_words_that_are_sent_after_the_change_are_not_lost(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: Callable[[UUID], Browser]
) -> None:
    """Somebody has a page open while the promise changes, and saves it without scripts."""
    for person in (couple.a, couple.b):
        read(world, person)
    ann = sit_down(couple.a)
    ann.open(f"/reflections/{round_id}/write/3")
    promised(world, couple, NEW)
    ann.clock.move(minutes=5)
    ann.send({"f.underneath": "What I could not say."}, press="save", to="/3")
    assert ann.page is not None
    assert ann.page.path == "/accounts/promise"
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert draft(visit, round_id).reading.values["underneath"] == "What I could not say."


def test_the_other_cannot_tell_who_has_read_it(
    world: World, ann: Browser, couple: CoupleHere
) -> None:
    paths = ("/accounts/promise", "/desk/week", "/accounts/settings", "/records/mine")
    before = [ann.open(path).said for path in paths]
    read(world, couple.b)
    assert [ann.open(path).said for path in paths] == before
