"""A hold over a sheet for two: it looks like waiting, and once it is lifted the sheet goes its way."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.homework.queries import task as task_of
from portal.homework.service import close
from portal.review.service import hold
from portal.visit import Visit
from portal.vocabulary import OpeningRule, Role
from tests.support.browser import Browser
from tests.support.sheets import a_sheet, fill, read, say_yes, second
from tests.support.world import CoupleHere, World

Turn = Callable[[Visit, UUID, UUID, bool], None]
HOLDS: Mapping[str, Turn] = {
    "of everything": lambda v, c, _, stands: care.hold(v, c, stands, "She rang me."),
    "of the homework": lambda v, _, a, stands: hold(v, a, stands),
}
KINDS = pytest.mark.parametrize("kind", HOLDS)
RULES = pytest.mark.parametrize("rule", OpeningRule, ids=lambda rule: str(rule.value))


def turn(world: World, couple: CoupleHere, round_id: UUID, kind: str, *, stands: bool) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        HOLDS[kind](visit, couple.id, task_of(visit, round_id).assignment_id, stands)
    world.now += timedelta(minutes=1)


def both_confirm(
    world: World, couple: CoupleHere, round_id: UUID, *, opens: tuple[bool, bool] = (True, True)
) -> None:
    people = (couple.a, second(couple))
    sent = [
        say_yes(world, who, round_id, opens=yes) for who, yes in zip(people, opens, strict=True)
    ]
    assert sent == [False, True]


def is_open(world: World, couple: CoupleHere, round_id: UUID) -> bool:
    """Whether each of the two reads what the other answered for themselves."""
    seen = [len(read(world, who, round_id)[1]) for who in (couple.a, second(couple))]
    assert seen in ([1, 1], [2, 2])
    return seen == [2, 2]


@RULES
@KINDS
def test_what_was_sent_under_a_hold_opens_when_it_is_lifted(
    world: World, rule: OpeningRule, kind: str
) -> None:
    couple = world.a_couple(opening=rule)
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    turn(world, couple, round_id, kind, stands=True)
    both_confirm(world, couple, round_id)
    assert not is_open(world, couple, round_id)
    turn(world, couple, round_id, kind, stands=False)
    assert is_open(world, couple, round_id)


@KINDS
def test_two_holds_are_lifted_one_after_the_other(
    world: World, couple: CoupleHere, round_id: UUID, kind: str
) -> None:
    fill(world, couple, round_id)
    for each in HOLDS:
        turn(world, couple, round_id, each, stands=True)
    both_confirm(world, couple, round_id)
    turn(world, couple, round_id, kind, stands=False)
    assert not is_open(world, couple, round_id)


@KINDS
@pytest.mark.parametrize("instead", ["one said no", "one has not confirmed", "it was closed"])
def test_lifting_opens_nothing_that_waits_for_something_else(
    world: World, couple: CoupleHere, round_id: UUID, kind: str, instead: str
) -> None:
    fill(world, couple, round_id)
    turn(world, couple, round_id, kind, stands=True)
    if instead == "one has not confirmed":
        say_yes(world, couple.a, round_id)
    else:
        both_confirm(world, couple, round_id, opens=(True, instead != "one said no"))
    if instead == "it was closed":
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            close(visit, task_of(visit, round_id).assignment_id)
    turn(world, couple, round_id, kind, stands=False)
    for who in (couple.a, second(couple)):
        assert all(part.respondent_id == who for part in read(world, who, round_id)[1])


@KINDS
def test_the_check_page_promises_no_more_than_is_true_under_a_hold_and_is_the_same(
    world: World,
    couple: CoupleHere,
    round_id: UUID,
    sit_down: Callable[[UUID], Browser],
    kind: str,
) -> None:
    fill(world, couple, round_id)
    ann = sit_down(couple.a)
    before = ann.open(f"/reflections/{round_id}/sheet/check").said
    assert "those answers can open to each other once the sheet is sent" in before
    assert "open to each other when the sheet is sent" not in before
    turn(world, couple, round_id, kind, stands=True)
    assert ann.open(f"/reflections/{round_id}/sheet/check").said == before
