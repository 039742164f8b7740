"""What no form understands on a sheet for two stays with its row: taken with it, or kept beside."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Money, Row, Value
from portal.reflections.joint import service
from portal.reflections.joint.cards import Saved, SheetCard
from portal.vocabulary import Role
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

COST, BOX = "cost", "f.cost"
Odd = Mapping[str, tuple[str, ...]]


@pytest.fixture
def evening(world: World, couple: CoupleHere) -> UUID:
    """A sheet with one question for money, which somebody has answered."""
    round_id = a_sheet(world, couple, "date-night")
    put(world, couple.a, round_id, {COST: money(40)})
    return round_id


def money(whole: int) -> Money:
    return Money(whole * 100, "EUR")


def types(
    world: World,
    person_id: UUID,
    round_id: UUID,
    seen: SheetCard,
    values: Mapping[str, Value],
    odd: Odd,
) -> Saved:
    """Save a page on which something stands that cannot be understood."""
    keys = {*values, *(box.split(".")[1] for box in odd)}
    reading = Reading(values=values, typed=odd, present=frozenset(keys))
    with world.as_(person_id, Role.PARTNER) as visit:
        return service.save(visit, round_id, reading, dict(seen.bases))


def odd_on(card: SheetCard) -> Odd:
    return card.draft.reading.typed


def beside(card: SheetCard) -> list[str]:
    return [each.text for each in card.draft.kept]


def test_no_number_against_a_number_is_a_clash(
    world: World, couple: CoupleHere, evening: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    seen = see(world, ann, evening)
    put(world, ben, evening, {COST: money(70)})
    saved = types(world, ann, evening, seen, {}, {BOX: ("about 50",)})
    assert [(clash.key, clash.text) for clash in saved.clashes] == [(COST, "€70.00")]
    card = see(world, ann, evening)
    assert (value(card, COST), odd_on(card), beside(card)) == (money(70), {}, ["about 50"])

    before = see(world, ben, evening)
    types(world, ben, evening, before, {COST: money(70)}, {})
    assert value(see(world, ben, evening), COST) == money(70)


def test_a_number_against_no_number_is_one_too(
    world: World, couple: CoupleHere, evening: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    seen = see(world, ben, evening)
    types(world, ann, evening, see(world, ann, evening), {}, {BOX: ("about 50",)})
    saved = put(world, ben, evening, {COST: money(70)}, seen)
    assert [(clash.key, clash.text) for clash in saved.clashes] == [(COST, "about 50")]
    card = see(world, ben, evening)
    assert (value(card, COST), odd_on(card)) == (None, {BOX: ("about 50",)})
    assert beside(card) == ["€70.00"]


def test_what_nobody_else_touched_is_taken_whole(
    world: World, couple: CoupleHere, evening: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    types(world, ann, evening, see(world, ann, evening), {}, {BOX: ("about 50",)})
    card = see(world, ben, evening)
    assert (value(card, COST), odd_on(card)) == (None, {BOX: ("about 50",)})
    put(world, ben, evening, {COST: money(50)}, card)
    card = see(world, ann, evening)
    assert (value(card, COST), odd_on(card), beside(card)) == (money(50), {}, [])


def idea(row_id: str, text: str, saves: int | None = None) -> Row:
    return Row(row_id, None, {"idea": text} | ({"saves": money(saves)} if saves else {}))


def test_in_a_table_it_goes_where_its_row_goes(world: World, couple: CoupleHere) -> None:
    """One row clashes, one was changed here alone: each keeps its own odd words, and no other's."""
    round_id = a_sheet(world, couple, "monthly-budget")
    ann, ben = couple.a, second(couple)
    put(world, ann, round_id, {"savers": (idea("one", "walk", 5), idea("two", "cook", 9))})
    here, there = see(world, ann, round_id), see(world, ben, round_id)
    put(
        world,
        ben,
        round_id,
        {"savers": (idea("one", "walk far", 7), idea("two", "cook", 9))},
        there,
    )
    one, two = "f.savers.one.saves", "f.savers.two.saves"
    odd = {one: ("a lot",), two: ("some",)}
    rows = {"savers": (idea("one", "walk"), idea("two", "cook"))}
    saved = types(world, ann, round_id, here, rows, odd)
    assert [clash.key for clash in saved.clashes] == ["savers"]
    card = see(world, ann, round_id)
    assert value(card, "savers") == (idea("one", "walk far", 7), idea("two", "cook"))
    assert odd_on(card) == {two: ("some",)}
    (kept,) = beside(card)
    assert "a lot" in kept

    # Whoever saves the same page again changes nothing, and loses nothing.
    again = see(world, ben, round_id)
    types(world, ben, round_id, again, {"savers": value(again, "savers") or ()}, odd_on(again))
    now = see(world, ben, round_id)
    assert (value(now, "savers"), odd_on(now)) == (value(again, "savers"), odd_on(again))


def test_odd_words_in_a_row_that_holds_nothing_else_are_a_part_of_their_own(
    world: World, couple: CoupleHere
) -> None:
    round_id = a_sheet(world, couple, "monthly-budget")
    ann, ben = couple.a, second(couple)
    here, there = see(world, ann, round_id), see(world, ben, round_id)
    mine, theirs = {"f.savers.a.saves": ("a lot",)}, {"f.savers.b.saves": ("some",)}
    types(world, ann, round_id, here, {"savers": (Row("a", None, {}),)}, mine)
    types(world, ben, round_id, there, {"savers": (Row("b", None, {}),)}, theirs)
    assert odd_on(see(world, ann, round_id)) == mine | theirs
