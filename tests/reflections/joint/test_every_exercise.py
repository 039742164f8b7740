"""Every exercise that two answer on one sheet: written by both, sent, read, and counted."""

import pytest

from portal.homework.queries import task as task_of
from portal.reflections.figures import figures_in
from portal.vocabulary import Role
from tests.support.sheets import a_sheet, fill_anything, read, say_yes, second
from tests.support.world import CoupleHere, World

JOINT = (
    *("weekly-meeting", "middle-ground", "openness-agreement", "date-night", "try-something-new"),
    *("chores-map", "monthly-budget", "shared-goals", "keeping-it-going"),
)


def test_a_joint_exercise_with_tables_is_written_by_two_and_sent(
    world: World, couple: CoupleHere
) -> None:
    written_by_two(world, couple, "chores-map")


@pytest.mark.long
@pytest.mark.parametrize("exercise", JOINT)
def test_every_joint_exercise_is_written_by_two_and_sent(
    world: World, couple: CoupleHere, exercise: str
) -> None:
    written_by_two(world, couple, exercise)


def written_by_two(world: World, couple: CoupleHere, exercise: str) -> None:
    round_id = a_sheet(world, couple, exercise)
    fill_anything(world, couple, round_id)
    assert say_yes(world, couple.a, round_id) is False
    assert say_yes(world, second(couple), round_id) is True
    shared, parts = read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)
    assert shared is not None
    assert [len(part.answers) > 0 for part in parts] == [True, True]


def test_figures_of_a_sheet_are_each_ones_or_the_couples(world: World, couple: CoupleHere) -> None:
    found = {}
    for exercise in ("monthly-budget", "shared-goals"):
        round_id = a_sheet(world, couple, exercise)
        fill_anything(world, couple, round_id)
        say_yes(world, couple.a, round_id)
        assert say_yes(world, second(couple), round_id)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            sent = figures_in(visit, [task_of(visit, round_id)])
        found[exercise] = {one.respondent_id: set(one.values) for one in sent}
    alone = {"fairness", "calm"}
    assert found["monthly-budget"] == {
        couple.a: alone,
        second(couple): alone,
        couple.id: {"left_over"},
    }
    assert found["shared-goals"][couple.a] == {"confidence", "fairness"}
