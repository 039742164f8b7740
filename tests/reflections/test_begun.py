"""What somebody had begun on a piece that is over or was left out stays theirs to read, and theirs alone."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.exercises.form.values import Row
from portal.homework import service as homework
from portal.homework.queries import task
from portal.policies.viewer import SYSTEM
from portal.reflections.joint import agreeing
from portal.reflections.sending.service import decline
from portal.vocabulary import Role, Seat
from tests.reflections.material import SitDown, issues
from tests.reflections.weekly import rounds_of
from tests.support.browser import Browser
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet, put, second
from tests.support.world import CoupleHere, World

End = Callable[[World, CoupleHere, UUID], None]
WORDS, SECRET, HEAD = "of one who stopped halfway", "for no other eyes", "What you had begun"


def withdraw(world: World, couple: CoupleHere, round_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        homework.withdraw(visit, task(visit, round_id).assignment_id)


def leave_out(world: World, couple: CoupleHere, round_id: UUID) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        decline(visit, round_id)


def leave_sheet_out(world: World, couple: CoupleHere, round_id: UUID) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        agreeing.decline(visit, round_id)


def everywhere(browser: Browser, *paths: str) -> str:
    return "".join(browser.client.get(at).get_data(as_text=True) for at in paths)


@pytest.mark.parametrize("end", [withdraw, leave_out])
def test_it_is_on_the_page_of_its_piece_and_on_nobody_elses(
    world: World, couple: CoupleHere, sit_down: SitDown, end: End
) -> None:
    (round_id, *_) = world.an_assignment(couple)
    world.a_draft(couple.a, round_id, {**issues(WORDS), "private_note": SECRET})
    at = f"/reflections/{round_id}"
    assert HEAD not in sit_down(couple.a).open(at).said, "it can still be written"
    end(world, couple, round_id)
    page = sit_down(couple.a).open(at)
    assert HEAD in page.said
    assert WORDS in page.text
    assert SECRET not in page.said
    ben = sit_down(second(couple))
    assert WORDS not in everywhere(ben, at, "/desk/week", "/reflections/mine")


@pytest.mark.parametrize("end", [withdraw, leave_sheet_out])
def test_of_a_sheet_for_two_ones_own_answers_are(
    world: World, couple: CoupleHere, sit_down: SitDown, end: End
) -> None:
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {"signal": "Tea", "where_each": WORDS})
    put(world, second(couple), round_id, {"where_each": "of the other alone"})
    end(world, couple, round_id)
    page = sit_down(couple.a).open(f"/reflections/{round_id}")
    assert HEAD in page.said
    assert WORDS in page.text
    assert ("Tea" in page.said.split(HEAD)[1]) is (end is withdraw), "the other goes on with it"
    assert "of the other alone" not in page.text
    assert "Tea" not in sit_down(second(couple)).open(f"/reflections/{round_id}").said
    assert WORDS not in everywhere(sit_down(second(couple)), f"/reflections/{round_id}")


def come_apart(world: World, couple: CoupleHere, _round_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.come_apart(visit, couple.id, "As agreed.")


def let_clear_lapse(world: World, _couple: CoupleHere, _round_id: UUID) -> None:
    world.now += timedelta(days=91)
    with world.visit(SYSTEM) as visit:
        assert care.lapse(visit) == 1


@pytest.mark.parametrize("end", [withdraw, come_apart, let_clear_lapse])
def test_of_what_two_wrote_together_each_keeps_what_was_in_their_hand_last(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock, end: End
) -> None:
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {"signal": "of the first", "length": "hour"})
    put(world, second(couple), round_id, {"signal": "of the first and of the second"})
    put(world, couple.a, round_id, {"where_each": WORDS})
    world.now += timedelta(minutes=1)
    end(world, couple, round_id)
    clock.at = world.now = world.now + timedelta(minutes=1)
    ann, ben = (
        sit_down(who).open(f"/reflections/{round_id}") for who in (couple.a, second(couple))
    )
    assert "of the first and of the second" in ben.said.split(HEAD)[1]
    assert "of the first" not in ann.said
    assert "About an hour" in ann.said.split(HEAD)[1]
    assert "About an hour" not in ben.said


def test_of_a_table_of_both_each_keeps_their_rows(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple, "monthly-budget")
    walk, cook = (Row(text, None, {"idea": f"{text} more"}) for text in ("walk", "cook"))
    put(world, couple.a, round_id, {"savers": (walk,)})
    put(world, second(couple), round_id, {"savers": (walk, cook)})
    withdraw(world, couple, round_id)
    said = [
        sit_down(who).open(f"/reflections/{round_id}").said for who in (couple.a, second(couple))
    ]
    assert [("walk more" in each, "cook more" in each) for each in said] == [
        (True, False),
        (False, True),
    ]


def test_what_was_sent_is_not_shown_twice(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id, *_) = world.an_assignment(couple)
    world.a_reflection(couple.a, round_id, issues(WORDS))
    withdraw(world, couple, round_id)
    page = sit_down(couple.a).open(f"/reflections/{round_id}")
    assert HEAD not in page.said


def test_of_what_came_from_the_week_before_only_what_was_written_anew_is(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (first,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
    rounds = rounds_of(world, first)
    world.a_draft(couple.a, rounds[0], {"goal": "Call my sister"})
    world.now += timedelta(days=7)
    world.a_draft(couple.a, rounds[1], {"goal": "Write to my brother"})
    world.now += timedelta(days=7)
    world.a_draft(couple.a, rounds[2], {"goal": "Write to my brother"})
    withdraw(world, couple, rounds[1])
    ann = sit_down(couple.a)
    said = [ann.open(f"/reflections/{each}").said for each in rounds[:3]]
    assert "Call my sister" in said[0].split(HEAD)[1]
    assert "Write to my brother" in said[1].split(HEAD)[1]
    assert "Write to my brother" not in said[2]
