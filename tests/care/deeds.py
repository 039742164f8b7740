"""What the tests of the deeds of safety share: a paired round that is ready, and what is open."""

from collections.abc import Mapping
from uuid import UUID

from portal.exercises.form.values import Value
from portal.homework.queries import task
from portal.reflections.openings.queries import open_state
from portal.reflections.openings.service import change_mind
from portal.vocabulary import Role
from tests.support.world import CoupleHere, World

PAIRED = "unhurried-talk"
WORDS: Mapping[str, Value] = {
    "card": "worry",
    "guess": "tired",
    "my_answer": "my answer",
    "learned": "something",
    "known": 5,
}


def both_send(world: World, couple: CoupleHere, round_id: UUID, *, yes: bool = True) -> None:
    """Both partners write something and send it, saying yes or no to the opening."""
    assert couple.b is not None
    for who in (couple.a, couple.b):
        world.a_reflection(who, round_id, WORDS, opens=yes)


def both_say_yes(world: World, couple: CoupleHere, round_id: UUID) -> None:
    assert couple.b is not None
    for who in (couple.a, couple.b):
        with world.as_(who, Role.PARTNER) as visit:
            change_mind(visit, round_id, says_yes=True)


def is_open(world: World, couple: CoupleHere, round_id: UUID) -> bool:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        return round_id in open_state(visit, [task(visit, round_id).round_id]).opened
