"""What a week takes over from the one before, and that it takes over no older text than stands there."""

from datetime import timedelta

import pytest

from portal.exercises.form.reading import Reading
from portal.homework.models import Recipient, Round
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.vocabulary import Audience, Role, Seat
from tests.reflections.weekly import STEP, rounds_of, values_now
from tests.support.world import CoupleHere, World


def test_a_week_begins_with_the_answers_of_the_one_before(world: World, couple: CoupleHere) -> None:
    first, second, third, _ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=7)
    assert values_now(world, couple.a, second) == STEP
    world.a_draft(couple.a, second, {"why": "She called back"})
    assert values_now(world, couple.a, second) == {**STEP, "why": "She called back"}
    assert values_now(world, couple.a, first) == STEP
    world.now += timedelta(days=7)
    assert values_now(world, couple.a, third)["why"] == "She called back"


def test_a_week_that_was_left_out_empties_nothing(world: World, couple: CoupleHere) -> None:
    first, _, third, _ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=14)
    assert values_now(world, couple.a, third) == STEP


def test_it_keeps_its_readers_and_is_marked_as_carried(world: World, couple: CoupleHere) -> None:
    first, second, *_ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=7)
    world.a_draft(couple.a, second, {"goal": "Something new"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert draft(visit, second).audiences["goal"] is Audience.COUNSELLOR
        assert draft(visit, second).carried == {"goal", "why"}


@pytest.mark.parametrize("begun", [False, True])
def test_a_page_from_before_does_not_write_over_what_was_gone_on_with_in_the_week_before(
    world: World, couple: CoupleHere, *, begun: bool
) -> None:
    first, second, *_ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=7)
    with world.as_(couple.a, Role.PARTNER) as visit:
        page = draft(visit, second)
    world.a_draft(couple.a, first, {"goal": "A newer goal"})
    if begun:  # on another device, where something else was typed
        world.a_draft(couple.a, second, {"why": "She called"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        saved = save(
            visit,
            second,
            Reading(
                values={"goal": STEP["goal"]},
                present=frozenset({"goal"}),
                counters=page.counters,
            ),
        )
    assert [(each.key, each.text) for each in saved.conflicts] == [("goal", "A newer goal")]
    assert values_now(world, couple.a, second)["goal"] == "A newer goal"


def test_a_page_that_shows_what_it_takes_over_is_saved_as_it_is(
    world: World, couple: CoupleHere
) -> None:
    first, second, *_ = rounds_of(
        world, world.an_assignment(couple, "small-steps", to=(Seat.A,))[0]
    )
    world.a_draft(couple.a, first, STEP)
    world.now += timedelta(days=7)
    with world.as_(couple.a, Role.PARTNER) as visit:
        page = draft(visit, second)
    world.a_draft(couple.a, second, {"why": "She called"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        given = {"goal": "And further"}
        reading = Reading(values=given, present=frozenset(given), counters=page.counters)
        assert save(visit, second, reading).conflicts == ()
    assert values_now(world, couple.a, second)["goal"] == "And further"


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
