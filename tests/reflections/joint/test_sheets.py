"""A joint sheet through the services: two write, both confirm, it is sent once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care.service import set_joint_work
from portal.exercises.form.values import Row
from portal.foundation.errors import NotFound, TooLate
from portal.homework.queries import task as task_of
from portal.homework.service import close
from portal.people.models import Membership
from portal.people.queries import own_couple
from portal.reflections.drafts.queries import draft
from portal.reflections.joint import service
from portal.reflections.pieces.cards import Stage
from portal.reflections.pieces.queries import own_pieces
from portal.reflections.written.queries import written_pieces
from portal.vocabulary import JointWork, Role
from tests.support.sheets import (
    OWN,
    SHARED,
    a_sheet,
    fill,
    put,
    say_yes,
    second,
    see,
    value,
)
from tests.support.world import CoupleHere, World


def test_shared_words_are_seen_at_once_with_whose_hand_they_were_in(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    put(world, ann, round_id, {"signal": "Tea", "length": "hour"})
    put(world, ben, round_id, {"length": "same_day"})
    for person_id in (ann, ben):
        card = see(world, person_id, round_id)
        assert value(card, "signal") == "Tea"
        assert value(card, "length") == "same_day"
        assert [hand.place for hand in card.hands["signal"]] == ["a"]
        assert [hand.place for hand in card.hands["length"]] == ["b"]


def test_what_each_answers_alone_is_hidden_from_the_other(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    word = world.marker()
    put(world, ann, round_id, {"where_each": word, "signs_each": ("heart",)})
    assert value(see(world, ann, round_id), "where_each") == word
    card = see(world, ben, round_id)
    assert word not in repr(card)
    assert not card.is_begun
    with world.as_(ben, Role.PARTNER) as visit:
        (piece,) = own_pieces(visit)
        assert piece.stage is Stage.NOT_STARTED


def test_two_who_change_the_same_words_keep_both(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    put(world, ann, round_id, {"signal": "Tea"})
    before = see(world, ben, round_id)
    put(world, ann, round_id, {"signal": "Coffee"})
    saved = put(world, ben, round_id, {"signal": "Water", "length": "hour"}, before)
    assert [(clash.key, clash.text) for clash in saved.clashes] == [("signal", "Coffee")]
    card = see(world, ben, round_id)
    assert value(card, "signal") == "Coffee"
    assert value(card, "length") == "hour"
    assert [kept.text for kept in card.draft.kept] == ["Water"]
    assert see(world, ann, round_id).draft.kept == ()
    with world.as_(ben, Role.PARTNER) as visit:
        service.put_away(visit, round_id, card.draft.kept[0].id)
    assert see(world, ben, round_id).draft.kept == ()


@pytest.mark.parametrize(
    ("chosen", "kept"), [("Water", ["Coffee"]), ("Water, then\nCoffee", []), ("Decaf", ["Coffee"])]
)
def test_what_gives_way_to_the_others_choice_is_kept_for_whoever_wrote_it(
    world: World, couple: CoupleHere, round_id: UUID, chosen: str, kept: list[str]
) -> None:
    ann, ben = couple.a, second(couple)
    before = see(world, ben, round_id)
    put(world, ann, round_id, {"signal": "Coffee"})
    (clash,) = put(world, ben, round_id, {"signal": "Water"}, before).clashes
    decided = replace(before, bases={**before.bases, "signal": clash.base})
    saved = put(world, ben, round_id, {"signal": chosen}, decided)
    assert value(see(world, ann, round_id), "signal") == chosen
    assert [each.text for each in see(world, ann, round_id).draft.kept] == kept
    # What Ben wrote is on the sheet now, and lies beside it no more; where it is not, it does.
    left = [each.text for each in see(world, ben, round_id).draft.kept]
    assert left == (["Water"] if chosen == "Decaf" else [])
    # The choice was made once: going on to write is no second one.
    then = replace(before, bases={**before.bases, **saved.bases})
    put(world, ben, round_id, {"signal": "Tea"}, then)
    assert [each.text for each in see(world, ann, round_id).draft.kept] == kept


def test_nor_is_ones_own_other_device_anybody_elses(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    before = see(world, ann, round_id)
    put(world, ann, round_id, {"where_each": "At the sea"})
    (clash,) = put(world, ann, round_id, {"where_each": "By the lake"}, before).clashes
    decided = replace(before, bases={**before.bases, "where_each": clash.base})
    put(world, ann, round_id, {"where_each": "By the lake"}, decided)
    assert value(see(world, ann, round_id), "where_each") == "By the lake"
    for person_id in (ann, ben):
        assert see(world, person_id, round_id).draft.kept == ()


def test_a_page_that_is_behind_takes_nothing_back(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    put(world, ann, round_id, {"signal": "Tea", "length": "hour"})
    before = see(world, ben, round_id)
    put(world, ann, round_id, {"signal": "Coffee", "length": None})
    # Ben's page still holds the old words and sends them along with what he wrote himself.
    saved = put(
        world, ben, round_id, {"signal": "Tea", "length": "hour", "comes_back": "b"}, before
    )
    assert saved.clashes == []
    card = see(world, ben, round_id)
    assert value(card, "signal") == "Coffee"
    assert value(card, "length") is None
    assert value(card, "comes_back") == "b"


def test_a_table_is_laid_together_row_by_row(world: World, couple: CoupleHere) -> None:
    round_id = a_sheet(world, couple, "monthly-budget")
    ann, ben = couple.a, second(couple)

    def idea(row_id: str, text: str) -> Row:
        return Row(row_id, None, {"idea": text})

    put(world, ann, round_id, {"savers": (idea("one", "walk"), idea("two", "cook"))})
    here, there = see(world, ann, round_id), see(world, ben, round_id)
    put(
        world,
        ann,
        round_id,
        {"savers": (idea("one", "walk"), idea("two", "cook fish"), idea("three", "swap"))},
        here,
    )
    saved = put(
        world,
        ben,
        round_id,
        {"savers": (idea("one", "walk far"), idea("two", "cook"), idea("four", "share"))},
        there,
    )
    assert saved.clashes == []
    card = see(world, ben, round_id)
    found = value(card, "savers")
    assert isinstance(found, tuple)
    words = [row.cells["idea"] for row in found if isinstance(row, Row)]
    assert words == ["walk far", "cook fish", "swap", "share"]
    assert [hand.place for hand in card.hands["savers"]] == ["a", "b"]


def test_when_joint_work_stops_the_sheet_is_closed_to_both(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    word = world.marker()
    put(world, couple.a, round_id, {"signal": word})
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "asked alone")
    for person_id in (couple.a, second(couple)):
        card = see(world, person_id, round_id)
        assert not card.takes_words
        assert word not in repr(card)
        with pytest.raises(TooLate):
            put(world, person_id, round_id, {"signal": "more"})
        with pytest.raises(TooLate):
            say_yes(world, person_id, round_id)


def test_a_closed_sheet_keeps_what_was_typed_too_late(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    seen = see(world, couple.a, round_id)
    put(world, couple.a, round_id, {"signal": "Tea"})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        close(visit, task_of(visit, round_id).assignment_id)
    with pytest.raises(TooLate):
        put(world, couple.a, round_id, {"length": "hour"}, seen)
    assert value(see(world, couple.a, round_id), "signal") == "Tea"


def test_who_joined_later_sees_no_sheet_from_before(world: World) -> None:
    couple = world.a_couple()
    round_id = a_sheet(world, couple)
    put(world, couple.a, round_id, {"signal": "Tea"})
    with world.visit() as visit:
        seat = sa.select(Membership).where(Membership.person_id == second(couple))
        visit.db.scalars(seat).one().joined_at = world.now + timedelta(days=1)
    with pytest.raises(NotFound):
        see(world, second(couple), round_id)


def test_a_sheet_is_no_draft_of_one_person(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(NotFound):
        draft(visit, round_id)
    assert SHARED
    assert OWN


def test_each_takes_their_own_answers_along_and_nothing_of_the_other(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    word = world.marker()
    fill(world, couple, round_id, word)
    say_yes(world, couple.a, round_id)
    say_yes(world, second(couple), round_id)
    for person_id, mine, other in ((couple.a, "a", "b"), (second(couple), "b", "a")):
        with world.as_(person_id, Role.PARTNER) as visit:
            taken = repr(written_pieces(visit, own_couple(visit), "en"))
        assert f"outside {mine} {word}" in taken
        assert f"outside {other} {word}" not in taken
