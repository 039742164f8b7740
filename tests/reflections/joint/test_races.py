"""Two phones in the same instant: nothing typed is lost, and no yes counts for words it did not see."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.foundation.errors import Stale, TooLate
from portal.reflections.models import Reflection, Revision
from portal.vocabulary import ReflectionState, Role
from tests.support.meeting import meet
from tests.support.sheets import a_sheet, fill, put, read, say_yes, second, see, the_row, value
from tests.support.world import CoupleHere, World

SHORT, LONG = 2, 60


def confirm_while_the_other_changes(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """One has confirmed; the other's yes and a change of the first meet."""
    ann, ben = couple.a, second(couple)
    fill(world, couple, round_id)
    assert say_yes(world, ann, round_id) is False
    page, seen = see(world, ann, round_id), see(world, ben, round_id).seen
    yes, change = meet(
        world,
        lambda own: say_yes(own, ben, round_id, seen=seen),
        lambda own: put(own, ann, round_id, {"signal": "Another word"}, page),
    )
    row = the_row(world, round_id)
    shared, _ = read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)
    if yes is True:
        assert change is TooLate
        assert row.state is ReflectionState.SUBMITTED
        assert "Another word" not in repr(shared)
    else:
        assert yes is Stale
        assert (row.state, row.revision) == (ReflectionState.DRAFT, 0)
        assert shared is None
        for person_id in (ann, ben):
            card = see(world, person_id, round_id)
            assert not card.has_confirmed
            assert value(card, "signal") == "Another word"


def both_confirm(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """Two yeses meet: the sheet is sent, and sent once."""
    fill(world, couple, round_id)
    marks = {who: see(world, who, round_id).seen for who in (couple.a, second(couple))}
    ends = meet(
        world,
        lambda own: say_yes(own, couple.a, round_id, seen=marks[couple.a]),
        lambda own: say_yes(own, second(couple), round_id, seen=marks[second(couple)]),
    )
    assert sorted(map(str, ends)) == ["False", "True"]
    row = the_row(world, round_id)
    assert (row.state, row.revision) == (ReflectionState.SUBMITTED, 1)
    with world.visit() as visit:
        sent = sa.select(sa.func.count(Revision.id)).where(
            Revision.reflection_id == row.id, Revision.number > 0
        )
        assert visit.db.scalar(sent) == 1


def both_begin(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """Both write the first word of a sheet: there is one sheet, and both words are on it."""
    pages = {who: see(world, who, round_id) for who in (couple.a, second(couple))}
    meet(
        world,
        lambda own: put(own, couple.a, round_id, {"signal": "Tea"}, pages[couple.a]),
        lambda own: put(own, second(couple), round_id, {"length": "hour"}, pages[second(couple)]),
    )
    card = see(world, couple.a, round_id)
    assert (value(card, "signal"), value(card, "length")) == ("Tea", "hour")
    with world.visit() as visit:
        rows = sa.select(sa.func.count(Reflection.id)).where(Reflection.round_id == round_id)
        assert visit.db.scalar(rows) == 1


def both_change_the_same(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """Two texts for one question: one stands on the sheet, the other lies beside it."""
    put(world, couple.a, round_id, {"signal": "Tea"})
    pages = {who: see(world, who, round_id) for who in (couple.a, second(couple))}
    meet(
        world,
        lambda own: put(own, couple.a, round_id, {"signal": "Coffee"}, pages[couple.a]),
        lambda own: put(own, second(couple), round_id, {"signal": "Water"}, pages[second(couple)]),
    )
    cards = [see(world, who, round_id) for who in (couple.a, second(couple))]
    stands = {value(card, "signal") for card in cards}
    beside = {kept.text for card in cards for kept in card.draft.kept}
    assert stands | beside == {"Coffee", "Water"}
    assert (len(stands), len(beside)) == (1, 1)


RACES = (confirm_while_the_other_changes, both_confirm, both_begin, both_change_the_same)


@pytest.mark.parametrize("race", RACES)
def test_two_in_one_instant(world: World, couple: CoupleHere, race: Callable[..., None]) -> None:
    for _time in range(SHORT):
        race(world, couple, a_sheet(world, couple))


@pytest.mark.long
@pytest.mark.parametrize("race", RACES)
def test_many_instants(world: World, couple: CoupleHere, race: Callable[..., None]) -> None:
    for _time in range(LONG):
        race(world, couple, a_sheet(world, couple))
