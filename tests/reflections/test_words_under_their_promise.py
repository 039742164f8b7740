"""What is for the counsellor alone goes under the promise that stood over it while it was written."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import sqlalchemy as sa

from portal.care.service import change_terms
from portal.exercises.queries import promise as sentence
from portal.measures.models import CheckIn
from portal.people.service import CoupleTerms, acknowledge_policy
from portal.reflections.models import PrivateWord
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send
from portal.vocabulary import ContactLevel, Role, SecretsPolicy
from tests.reflections.material import SitDown, issues
from tests.reflections.test_kept_alone import last_page
from tests.support.browser import filled_in
from tests.support.check_ins import switch_on
from tests.support.promised import newest
from tests.support.sheets import a_sheet, fill, put, say_yes
from tests.support.world import CoupleHere, World

ALONE = "what only my counsellor should know"
HELD, NO_SECRETS = SecretsPolicy.HELD, SecretsPolicy.NO_SECRETS


def promised(world: World, couple: CoupleHere, policy: SecretsPolicy, *readers: UUID) -> None:
    """The counsellor promises this from now on, and these people have read it."""
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        terms = CoupleTerms(ContactLevel.TOGETHER, secrets_policy=policy)
        change_terms(visit, couple.id, terms)
    world.now += timedelta(minutes=1)
    for who in readers:
        with world.as_(who, Role.PARTNER) as visit:
            acknowledge_policy(visit, newest(visit))
    world.now += timedelta(minutes=1)


def under(world: World) -> list[SecretsPolicy | None]:
    with world.visit() as visit:
        return list(visit.db.scalars(sa.select(PrivateWord.policy)))


def test_on_a_sheet_for_two_under_the_one_that_its_writer_confirmed_under(
    world: World, couple: CoupleHere
) -> None:
    assert couple.b is not None
    promised(world, couple, HELD, couple.a, couple.b)
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    put(world, couple.a, round_id, {"private_note": ALONE})
    assert not say_yes(world, couple.a, round_id)
    promised(world, couple, NO_SECRETS, couple.a, couple.b)
    assert say_yes(world, couple.b, round_id)
    assert under(world) == [HELD]


def test_a_yes_after_the_change_is_one_under_the_new_promise(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b is not None
    promised(world, couple, HELD, couple.a, couple.b)
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    put(world, couple.a, round_id, {"private_note": ALONE})
    ann = sit_down(couple.a)
    at = f"/reflections/{round_id}/sheet/check"
    data = filled_in(ann.open(at).form("/check"), {"open_round": "keep_closed"})
    promised(world, couple, NO_SECRETS, couple.a, couple.b)
    assert not say_yes(world, couple.b, round_id)
    ann.client.post(at, data=data)
    assert under(world) == [], "the page from before says yes to nothing"
    assert say_yes(world, couple.a, round_id)
    assert under(world) == [NO_SECRETS]


def test_a_page_that_shows_another_promise_sends_and_leaves_out_nothing(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    promised(world, couple, HELD, couple.a)
    (round_id,) = world.an_assignment(couple)
    world.a_draft(couple.a, round_id, {**issues("x"), "private_note": ALONE})
    ann = sit_down(couple.a)
    pages = [f"/reflections/{round_id}/{end}" for end in ("check", "decline")]
    forms = [(at, filled_in(ann.open(at).form(at), {})) for at in pages]
    promised(world, couple, NO_SECRETS, couple.a)
    for at, data in forms:
        answer = ann.client.post(at, data=data)
        assert answer.headers["Location"] == at
    assert under(world) == []
    ann.client.post(pages[0], data=filled_in(ann.open(pages[0]).form("/check"), {}))
    assert under(world) == [NO_SECRETS]


def test_words_that_come_late_go_under_the_promise_they_were_typed_under(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    promised(world, couple, HELD, couple.a)
    (round_id,) = world.an_assignment(couple)
    world.a_draft(couple.a, round_id, issues("w"))
    ann = sit_down(couple.a)
    ann.clock.at = world.now
    path, data = last_page(ann, round_id)
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    sent = len(under(world))
    ann.client.post(path, data={**data, "f.private_note": [ALONE]})
    promised(world, couple, NO_SECRETS, couple.a)
    ann.clock.at = world.now
    ann.open(f"/reflections/{round_id}")
    ann.send(to="/send-on")
    assert under(world)[sent:] == [HELD]


def test_nor_does_a_check_in_go_out_from_a_page_that_shows_another(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    switch_on(world, couple)
    promised(world, couple, HELD, couple.a)
    ann = sit_down(couple.a)
    page = ann.open("/measures/check-in")
    assert sentence(HELD) in page.said
    data = {**filled_in(page.form(""), {}, "send"), "private_note": ALONE}
    promised(world, couple, NO_SECRETS, couple.a)
    answer = ann.client.post("/measures/check-in", data=data)
    told = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert sentence(NO_SECRETS) in told
    assert ALONE in told
    with world.visit() as visit:
        assert visit.db.scalars(sa.select(CheckIn.sent_at)).all() == [None]
