"""One's own piece is taken back as long as nobody has read it, also where it takes no more words."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.foundation.errors import TooLate
from portal.homework.queries import task as task_of
from portal.homework.service import close
from portal.reflections.openings.service import open_round
from portal.reflections.sending.queries import OPEN_ALREADY
from portal.reflections.sending.service import take_back
from portal.vocabulary import Role, Seat
from tests.care.deeds import PAIRED, both_send
from tests.promises.release_deeds import Letter
from tests.reflections.material import SitDown
from tests.reflections.weekly import small_steps
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

PAGES = ("/reflections/{}", "/reflections/{}/sent")


def offered(sit_down: SitDown, person_id: UUID, round_id: UUID) -> set[bool]:
    browser = sit_down(person_id)
    return {"Take it back" in browser.open(page.format(round_id)).said for page in PAGES}


def refusal(world: World, person_id: UUID, round_id: UUID) -> str:
    with world.as_(person_id, Role.PARTNER) as visit, pytest.raises(TooLate) as no:
        take_back(visit, round_id)
    return no.value.message


@pytest.fixture
def sent(world: World, couple: CoupleHere) -> UUID:
    """A paired round that both sent and nobody has read."""
    (round_id,) = world.an_assignment(couple, PAIRED)
    both_send(world, couple, round_id, yes=False)
    world.now += timedelta(minutes=1)
    return round_id


def test_it_is_offered_while_the_round_takes_words(
    couple: CoupleHere, sent: UUID, sit_down: SitDown
) -> None:
    assert offered(sit_down, couple.a, sent) == {True}


@pytest.mark.parametrize("how", ["closed", "they come apart"])
def test_it_is_given_back_once_the_round_takes_none_and_stands_on_its_page(
    world: World, couple: CoupleHere, sent: UUID, sit_down: SitDown, how: str
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        if how == "closed":
            close(visit, task_of(visit, sent).assignment_id)
        else:
            care.come_apart(visit, couple.id, "As agreed.")
    world.now += timedelta(minutes=1)
    assert offered(sit_down, couple.a, sent) == {True}
    ann = sit_down(couple.a)
    words = ann.open(f"/reflections/{sent}").soup.select_one(".asis")
    assert words is not None
    page = ann.send(press="Take it back", to="/take-back")
    assert "This piece takes no more words." in page.said
    assert "What you had begun" in page.said
    assert words.get_text() in page.said


def test_a_week_that_is_over_is_given_back_as_one_that_takes_late_work(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    weeks = small_steps(world, couple, [3, 4])[:2]
    clock.at = world.now  # the second week is over, and takes late work; the first takes none
    for week in weeks:
        assert offered(sit_down, couple.a, week) == {True}
        with world.as_(couple.a, Role.PARTNER) as visit:
            take_back(visit, week)


def test_what_was_released_of_it_is_out_and_nothing_is_offered(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    letter = Letter.given(world, couple)
    letter.write(Seat.A, "a word")
    letter.send(Seat.A, says_yes=True)
    assert offered(sit_down, couple.a, letter.round_id) == {True}
    letter.release()
    assert offered(sit_down, couple.a, letter.round_id) == {False}
    assert refusal(world, couple.a, letter.round_id) == OPEN_ALREADY


def test_nothing_is_offered_on_the_receipt_of_what_was_opened(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id,) = world.an_assignment(couple, PAIRED)
    both_send(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        open_round(visit, round_id)
    assert offered(sit_down, couple.a, round_id) == {False}
    assert refusal(world, couple.a, round_id) == OPEN_ALREADY
