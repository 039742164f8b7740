"""Whether ‘clear’ was left stands on no page of what was sent, and a yes can be said anew afterwards."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.foundation.errors import NotFound, Refused
from portal.people.service import CoupleTerms
from portal.policies.openings import NO_YES
from portal.vocabulary import ContactLevel, JointWork, Role, Seat
from tests.promises.release_deeds import Letter
from tests.support.browser import Browser
from tests.support.world import REASON, CoupleHere, World

SitDown = Callable[[UUID], Browser]
Leave = Callable[[World, CoupleHere], None]
ASKS = "May your counsellor open this answer to your partner?"


def given(world: World, couple: CoupleHere) -> Letter:
    made = Letter.given(world, couple)
    assert isinstance(made, Letter)
    return made


@pytest.fixture
def letter(world: World, couple: CoupleHere) -> Letter:
    """A page of one's own that was sent with a yes to its one line for the other."""
    made = given(world, couple)
    made.write(Seat.A, "a word")
    made.send(Seat.A, says_yes=True)
    return made


def set_status(world: World, couple: CoupleHere, status: JointWork) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.set_joint_work(visit, couple.id, status, REASON)
    world.now += timedelta(minutes=1)


def left(world: World, couple: CoupleHere) -> None:
    set_status(world, couple, JointWork.INDIVIDUAL_ONLY)


def left_and_back(world: World, couple: CoupleHere) -> None:
    left(world, couple)
    set_status(world, couple, JointWork.CLEAR)


def without_contact_and_back(world: World, couple: CoupleHere) -> None:
    for contact in (ContactLevel.NO_CONTACT, ContactLevel.TOGETHER):
        world.now += timedelta(minutes=1)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            care.change_terms(visit, couple.id, CoupleTerms(contact=contact))
    world.now += timedelta(minutes=1)


def ticked(browser: Browser, path: str) -> list[str]:
    page = browser.open(path)
    return [str(box["value"]) for box in page.soup.select("#sharing input[type=radio][checked]")]


@pytest.mark.parametrize("leave", [left, left_and_back, without_contact_and_back])
def test_its_page_says_nothing_of_it(
    world: World, couple: CoupleHere, letter: Letter, sit_down: SitDown, leave: Leave
) -> None:
    ann, path = sit_down(couple.a), f"/reflections/{letter.round_id}"
    before, chosen = ann.open(path).said, ticked(ann, path)
    leave(world, couple)
    assert ASKS in before
    assert ann.open(path).said == before
    assert ticked(ann, path) == chosen == ["may_open"]


@pytest.mark.parametrize("leave", [left_and_back, without_contact_and_back])
def test_the_yes_from_before_counts_no_more_and_one_said_anew_does(
    world: World, couple: CoupleHere, letter: Letter, sit_down: SitDown, leave: Leave
) -> None:
    leave(world, couple)
    with pytest.raises(Refused) as no:
        letter.release()
    assert no.value.reasons == (NO_YES,)
    ann = sit_down(couple.a)
    ann.clock.at = world.now
    ann.open(f"/reflections/{letter.round_id}")
    # The choice stands there as it was said; whoever saves it says it anew.
    ann.send(to="/consent")
    letter.release()
    assert ASKS not in ann.open(f"/reflections/{letter.round_id}").said


def test_a_no_that_is_said_meanwhile_is_the_last_word(
    world: World, couple: CoupleHere, letter: Letter
) -> None:
    left(world, couple)
    letter.says(Seat.A, says_yes=False)
    set_status(world, couple, JointWork.CLEAR)
    with pytest.raises(Refused) as no:
        letter.release()
    assert no.value.reasons == (NO_YES,)


def test_nobody_is_asked_about_what_is_for_the_counsellor_alone(
    world: World, couple: CoupleHere, letter: Letter, sit_down: SitDown
) -> None:
    """A yes that was said before an answer was narrowed is no question any more."""
    world.now += timedelta(minutes=1)
    letter.take_back(Seat.A)
    letter.write(Seat.A, "a word", narrow=True)
    world.now += timedelta(minutes=1)
    letter.send(Seat.A, says_yes=False)
    assert ASKS not in sit_down(couple.a).open(f"/reflections/{letter.round_id}").said
    with pytest.raises(NotFound):
        letter.says(Seat.A, says_yes=True)
