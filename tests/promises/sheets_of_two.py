"""Sheets for the promises: one that two are writing on, one that was sent, each word its own."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa

from portal.exercises.form.values import Value
from portal.reflections.models import KeptVersion, Reflection
from tests.support.sheets import OWN, SHARED, a_sheet, put, say_yes, second, see
from tests.support.world import CoupleHere, World

# The word that goes into a place of this name.
Word = Callable[[str], str]


def an_open_sheet(world: World, couple: CoupleHere, word: Word) -> UUID:
    """Two are in the middle of it: shared words, each one's own, the box, and a text kept beside."""
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {"signal": "Tea"})
    before = see(world, second(couple), round_id)
    put(world, couple.a, round_id, {"signal": word("shared")})
    put(world, second(couple), round_id, {"signal": word("kept of b")}, before)
    for letter, person_id in (("a", couple.a), ("b", second(couple))):
        alone: dict[str, Value | None] = {
            "where_each": word(f"own of {letter}"),
            "private_note": word(f"box of {letter}"),
        }
        put(world, person_id, round_id, alone)
    return round_id


def a_sent_sheet(world: World, couple: CoupleHere, word: Word) -> UUID:
    """Both confirmed it and said yes to the opening; one of them kept their own answer narrow."""
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {**SHARED, "signal": word("shared")})
    for letter, person_id in (("a", couple.a), ("b", second(couple))):
        alone: dict[str, Value | None] = {
            **OWN,
            "where_each": word(f"own of {letter}"),
            "private_note": word(f"box of {letter}"),
        }
        narrow = {"where_each": "counsellor"} if letter == "b" else {}
        put(world, person_id, round_id, alone, audiences=narrow)
    say_yes(world, couple.a, round_id)
    assert say_yes(world, second(couple), round_id)
    return round_id


def kept_on(world: World, round_id: UUID) -> UUID:
    """The text that lies beside this sheet."""
    with world.visit() as visit:
        query = (
            sa.select(KeptVersion.id)
            .join(Reflection, Reflection.id == KeptVersion.reflection_id)
            .where(Reflection.round_id == round_id)
        )
        return visit.db.scalars(query).one()
