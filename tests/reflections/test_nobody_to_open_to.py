"""Where nobody is there to whom words could open, nobody is asked to open them, and nothing is released."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.foundation.errors import NotFound, Refused
from portal.homework.queries import task
from portal.people import service as people
from portal.people.queries import couple_card, own_couple
from portal.people.service import Naming
from portal.policies.openings import NOT_THERE
from portal.reflections.drafts.queries import draft
from portal.reflections.models import Answer
from portal.reflections.openings.consents import say
from portal.reflections.pieces.released import released_to_me
from portal.vocabulary import Audience, JointWork, Role, Seat
from tests.promises.release_deeds import Letter
from tests.support.browser import Browser
from tests.support.world import REASON, CoupleHere, World

SitDown = Callable[[UUID], Browser]
OFFERS = ("to your partner", "my partner")


def given(world: World, couple: CoupleHere) -> Letter:
    world.now += timedelta(minutes=1)
    made = Letter.given(world, couple)
    assert isinstance(made, Letter)
    return made


def check_page(browser: Browser, made: Letter) -> str:
    return browser.open(f"/reflections/{made.round_id}/check").said


def offered(said: str) -> list[str]:
    return [words for words in OFFERS if words in said]


def is_joined_by_ben(world: World, alone: CoupleHere) -> UUID:
    """Somebody is named, joins, and both are seen alone before anything is shared."""
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        care.add_second(visit, alone.id, Naming("Ben Sample", "Ben"))
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        ben = couple_card(visit, alone.id).members[1].person.id
    world.now += timedelta(minutes=1)
    with world.visit() as visit:
        people.join(visit, ben)
    world.now += timedelta(minutes=1)
    with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
        care.set_joint_work(visit, alone.id, JointWork.CLEAR, REASON)
    world.now += timedelta(minutes=1)
    return ben


@pytest.fixture
def alone(world: World, couple: CoupleHere) -> CoupleHere:
    """Somebody who comes alone; nobody is named beside them."""
    return world.a_couple(couple.counsellor_id, names=("Ann Example",), takes_part=(True,))


def test_two_who_can_share_are_asked(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    made = given(world, couple)
    made.write(Seat.A, "a word")
    assert offered(check_page(sit_down(couple.a), made)) == list(OFFERS)


def test_who_has_come_apart_is_not_asked(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    made = given(world, couple)
    made.write(Seat.A, "a word")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.come_apart(visit, couple.id, "As agreed.")
    with made.by(Seat.A) as visit:
        card = draft(visit, made.round_id)
    assert card.audiences[made.field] is Audience.COUNSELLOR
    assert card.choices[made.field] == (Audience.COUNSELLOR,)
    later = given(world, couple)
    later.write(Seat.A, "a word")
    ann = sit_down(couple.a)
    assert [offered(check_page(ann, each)) for each in (made, later)] == [[], []]


@pytest.mark.parametrize("names", [("Ann Example",), ("Ann Example", "Ben Sample")])
def test_who_comes_alone_is_not_asked(
    world: World, couple: CoupleHere, sit_down: SitDown, names: tuple[str, ...]
) -> None:
    here = world.a_couple(couple.counsellor_id, names=names, takes_part=(True, False))
    made = given(world, here)
    made.write(Seat.A, "a word")
    assert not offered(check_page(sit_down(here.a), made))


def as_it_could_be_sent_once(world: World, made: Letter) -> None:
    """Sent for the other to read, with a yes, although the other has not joined."""
    made.write(Seat.A, "a word")
    made.send(Seat.A, says_yes=False)
    with made.by(Seat.A) as visit:
        visit.db.execute(
            sa.update(Answer)
            .where(Answer.field_key == made.field)
            .values(audience=Audience.ON_RELEASE)
        )
        say(visit, task(visit, made.round_id), made.kind, says_yes=True, spot=(made.field, 1))


def test_what_was_given_before_the_other_joined_is_released_to_nobody(
    world: World, alone: CoupleHere, sit_down: SitDown
) -> None:
    made = given(world, alone)
    ben = is_joined_by_ben(world, alone)
    as_it_could_be_sent_once(world, made)
    with pytest.raises(Refused) as no:
        made.release()
    assert no.value.reasons == (NOT_THERE,)
    with world.as_(ben, Role.PARTNER) as visit:
        assert released_to_me(visit, own_couple(visit), "en") == ()
    page = sit_down(alone.a).open(f"/reflections/{made.round_id}")
    assert not page.soup.select("#sharing")
    with pytest.raises(NotFound):
        made.says(Seat.A, says_yes=True)


def test_its_writer_notices_nothing_of_the_other_coming(
    world: World, alone: CoupleHere, sit_down: SitDown
) -> None:
    begun, sent, once = given(world, alone), given(world, alone), given(world, alone)
    for each in (begun, sent):
        each.write(Seat.A, "a word")
    sent.send(Seat.A, says_yes=True)
    as_it_could_be_sent_once(world, once)
    ann = sit_down(alone.a)

    def seen() -> list[str]:
        pieces = [ann.open(f"/reflections/{each.round_id}").said for each in (sent, once)]
        return [check_page(ann, begun), *pieces]

    before = seen()
    is_joined_by_ben(world, alone)
    begun.write(Seat.A, "a word")
    assert seen() == before
    assert not offered(before[0])


def test_what_is_given_once_both_are_there_is_asked_about_and_opens(
    world: World, alone: CoupleHere, sit_down: SitDown
) -> None:
    ben = is_joined_by_ben(world, alone)
    made = given(world, alone)
    made.write(Seat.A, "a word")
    assert offered(check_page(sit_down(alone.a), made)) == list(OFFERS)
    made.send(Seat.A, says_yes=True)
    made.release()
    with world.as_(ben, Role.PARTNER) as visit:
        assert len(released_to_me(visit, own_couple(visit), "en")) == 1
