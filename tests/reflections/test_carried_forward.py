"""What a week takes over from the one before, and that it takes over no older text than stands there."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.exercises.form.reading import Reading
from portal.homework.models import Recipient, Round
from portal.reflections.drafts.cards import DraftCard, Saved
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.vocabulary import Audience, Role, Seat
from tests.reflections.weekly import STEP, rounds_of, values_now
from tests.support.world import CoupleHere, World


@pytest.fixture
def weeks(world: World, couple: CoupleHere) -> list[UUID]:
    """Four weeks of one person's work, of which the first is begun; it is a week later."""
    found = rounds_of(world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0])
    world.a_draft(couple.a, found[0], STEP)
    world.now += timedelta(days=7)
    return list(found)


def page_of(world: World, couple: CoupleHere, round_id: UUID) -> DraftCard:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id)


def saved_from(world: World, couple: CoupleHere, page: DraftCard, goal: str) -> Saved:
    """What a page that was drawn before saves, with this in the box that was taken over."""
    given = {"goal": goal}
    with world.as_(couple.a, Role.PARTNER) as visit:
        reading = Reading(values=given, present=frozenset(given), counters=page.counters)
        return save(visit, page.task.round_id, reading)


def test_a_week_begins_with_the_answers_of_the_one_before(
    world: World, couple: CoupleHere, weeks: list[UUID]
) -> None:
    first, second, third, _ = weeks
    assert values_now(world, couple.a, second) == STEP
    world.a_draft(couple.a, second, {"why": "She called back"})
    assert values_now(world, couple.a, second) == {**STEP, "why": "She called back"}
    assert values_now(world, couple.a, first) == STEP
    world.now += timedelta(days=7)
    assert values_now(world, couple.a, third)["why"] == "She called back"


def test_a_week_that_was_left_out_empties_nothing(
    world: World, couple: CoupleHere, weeks: list[UUID]
) -> None:
    world.now += timedelta(days=7)
    assert values_now(world, couple.a, weeks[2]) == STEP


def test_it_keeps_its_readers_and_is_marked_as_carried(
    world: World, couple: CoupleHere, weeks: list[UUID]
) -> None:
    world.a_draft(couple.a, weeks[1], {"goal": "Something new"})
    page = page_of(world, couple, weeks[1])
    assert page.audiences["goal"] is Audience.COUNSELLOR
    assert page.carried == {"goal", "why"}


@pytest.mark.parametrize("begun", [False, True])
def test_a_page_from_before_does_not_write_over_what_was_gone_on_with_in_the_week_before(
    world: World, couple: CoupleHere, weeks: list[UUID], *, begun: bool
) -> None:
    first, second, *_ = weeks
    page = page_of(world, couple, second)
    world.a_draft(couple.a, first, {"goal": "A newer goal"})
    if begun:  # on another device, where something else was typed
        world.a_draft(couple.a, second, {"why": "She called"})
    saved = saved_from(world, couple, page, str(STEP["goal"]))
    assert [(each.key, each.text) for each in saved.conflicts] == [("goal", "A newer goal")]
    assert values_now(world, couple.a, second)["goal"] == "A newer goal"


def test_a_page_that_shows_what_it_takes_over_is_saved_as_it_is(
    world: World, couple: CoupleHere, weeks: list[UUID]
) -> None:
    page = page_of(world, couple, weeks[1])
    world.a_draft(couple.a, weeks[1], {"why": "She called"})
    assert saved_from(world, couple, page, "And further").conflicts == ()
    assert values_now(world, couple.a, weeks[1])["goal"] == "And further"


def test_only_from_ones_own_rounds(world: World, couple: CoupleHere) -> None:
    (mine,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
    (theirs,) = world.an_assignment(couple, "small-steps", to=(Seat.B,))
    world.a_draft(couple.a, mine, STEP)
    world.now += timedelta(days=7)
    assert couple.b is not None
    assert values_now(world, couple.b, rounds_of(world, theirs)[1]) == {}


def test_not_even_where_both_were_given_the_same(world: World, couple: CoupleHere) -> None:
    assert couple.b is not None
    first, second, *_ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    with world.visit() as visit:
        assignment_id = visit.db.get_one(Round, first).assignment_id
        visit.db.add(Recipient(assignment_id=assignment_id, person_id=couple.b))
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=7)
    assert values_now(world, couple.b, second) == {}
    assert values_now(world, couple.a, second) == STEP
