"""Two agree on one sheet: each yes, what takes it away, and what happens at the second."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.foundation.errors import Refused, Stale, TooLate, Unfit
from portal.homework.queries import task as task_of
from portal.homework.service import hold
from portal.people.service import CoupleTerms, acknowledge_policy, change_terms
from portal.reflections.joint import agreeing
from portal.reflections.models import Revision
from portal.reflections.openings.service import open_round
from portal.reflections.pieces.cards import Stage
from portal.reflections.pieces.queries import own_pieces
from portal.reflections.queries import states_of
from portal.reflections.sending.service import give_back, mark_read
from portal.vocabulary import ContactLevel, ReflectionState, Role, Seat, SecretsPolicy
from tests.support.browser import Browser
from tests.support.promised import newest
from tests.support.sheets import (
    a_sheet,
    fill,
    fill_anything,
    put,
    read,
    say_yes,
    second,
    see,
    the_row,
    value,
)
from tests.support.world import CoupleHere, World


def test_the_second_yes_to_the_same_words_sends_the_sheet(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    word = world.marker()
    fill(world, couple, round_id, word)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert states_of(visit, [round_id])[round_id, ann] is ReflectionState.DRAFT
    assert read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)[0] is None
    assert say_yes(world, ann, round_id) is False
    assert see(world, ben, round_id).has_confirmed is False
    assert say_yes(world, ben, round_id) is True
    assert the_row(world, round_id).state is ReflectionState.SUBMITTED
    shared, parts = read(world, ben, round_id)
    assert shared is not None
    assert f"A raised hand {word}" in repr(shared)
    assert [hand for answer in shared.answers for hand in answer.hands][0][1] is Seat.A
    assert f"outside a {word}" in repr(parts)
    theirs = next(part for part in parts if part.seat is Seat.A)
    assert theirs.answer("happy_each") is None
    shared, parts = read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)
    assert shared is not None
    assert len(parts) == 2
    assert all(part.answer("happy_each") for part in parts)


def test_a_change_takes_every_yes_away(world: World, couple: CoupleHere, round_id: UUID) -> None:
    ann, ben = couple.a, second(couple)
    fill(world, couple, round_id)
    old = see(world, ann, round_id).seen
    say_yes(world, ann, round_id)
    put(world, ben, round_id, {"signal": "Something else"})
    assert see(world, ann, round_id).has_confirmed is False
    with pytest.raises(Stale):
        say_yes(world, ann, round_id, seen=old)
    assert say_yes(world, ben, round_id) is False
    assert the_row(world, round_id).state is ReflectionState.DRAFT
    assert say_yes(world, ann, round_id) is True


def test_ones_own_change_asks_only_oneself_again(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    fill(world, couple, round_id)
    say_yes(world, ann, round_id)
    say_before = see(world, ben, round_id)
    mine = see(world, ann, round_id).seen
    put(world, ann, round_id, {"where_each": "the shed"})
    assert see(world, ann, round_id).has_confirmed is False
    with pytest.raises(Stale):
        say_yes(world, ann, round_id, seen=mine)
    assert repr(see(world, ben, round_id)) == repr(say_before)
    assert say_yes(world, ben, round_id) is False
    assert say_yes(world, ann, round_id) is True


def test_nothing_opens_without_both_saying_yes_to_it(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    word = world.marker()
    fill(world, couple, round_id, word)
    say_yes(world, ann, round_id, opens=False)
    say_yes(world, ben, round_id)
    shared, parts = read(world, ben, round_id)
    assert shared is not None
    assert f"outside a {word}" not in repr((shared, parts))
    with world.as_(ann, Role.PARTNER) as visit:
        agreeing.take_back(visit, round_id)
    card = see(world, ben, round_id)
    assert card.takes_words
    assert f"outside a {word}" not in repr(card)
    assert value(card, "where_each") == f"outside b {word}"


def test_what_is_held_opens_only_by_the_counsellor(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    word = world.marker()
    fill(world, couple, round_id, word)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assignment_id = task_of(visit, round_id).assignment_id
        hold(visit, assignment_id, True)
    say_yes(world, ann, round_id)
    assert say_yes(world, ben, round_id) is True
    shared, parts = read(world, ben, round_id)
    assert shared is not None
    assert f"outside a {word}" not in repr(parts)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        with pytest.raises(Refused):
            open_round(visit, round_id)
        hold(visit, assignment_id, False)
        visit.db.flush()
        open_round(visit, round_id)
    _, parts = read(world, ben, round_id)
    assert f"outside a {word}" in repr(parts)
    with world.as_(ann, Role.PARTNER) as visit, pytest.raises(TooLate):
        agreeing.take_back(visit, round_id)


def test_what_was_left_unanswered_is_asked_for_before_a_yes(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    fill(world, couple, round_id)
    put(world, couple.a, round_id, {"happy_each": None})
    with pytest.raises(Unfit):
        say_yes(world, couple.a, round_id)
    assert say_yes(world, second(couple), round_id) is False


def test_what_is_for_the_counsellor_alone_is_sent_with_the_sheet(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    word = world.marker()
    fill(world, couple, round_id)
    put(world, couple.a, round_id, {"private_note": word})
    say_yes(world, couple.a, round_id)
    assert word not in repr(read(world, couple.counsellor_id, round_id, Role.COUNSELLOR))
    say_yes(world, second(couple), round_id)
    _, parts = read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)
    assert [len(part.private) for part in parts] == [1, 0]
    assert word in repr(parts)
    assert word not in repr(read(world, couple.a, round_id))
    assert word not in repr(read(world, second(couple), round_id))


def test_leaving_it_out_changes_nothing_for_the_other(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    fill(world, couple, round_id)
    before = repr(see(world, ben, round_id))
    with world.as_(ann, Role.PARTNER) as visit:
        agreeing.decline(visit, round_id)
    assert repr(see(world, ben, round_id)) == before
    assert say_yes(world, ben, round_id) is False
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        states = states_of(visit, [round_id])
        assert states[round_id, ann] is ReflectionState.DECLINED
        assert states[round_id, ben] is ReflectionState.DRAFT
    with world.as_(ann, Role.PARTNER) as visit:
        (piece,) = own_pieces(visit)
        assert piece.stage is Stage.DECLINED
    with pytest.raises(TooLate):
        put(world, ann, round_id, {"signal": "again"})


def test_what_comes_back_starts_from_the_old_words_of_both(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    ann, ben = couple.a, second(couple)
    word = world.marker()
    fill(world, couple, round_id, word)
    say_yes(world, ann, round_id, opens=False)
    say_yes(world, ben, round_id)
    row_id = the_row(world, round_id).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        mark_read(visit, row_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, row_id, "Look at the length again")
    for person_id, mine, other in ((ann, "a", "b"), (ben, "b", "a")):
        card = see(world, person_id, round_id)
        assert value(card, "signal") == f"A raised hand {word}"
        assert value(card, "where_each") == f"outside {mine} {word}"
        assert f"outside {other} {word}" not in repr(card)
        assert card.draft.return_line == "Look at the length again"
    put(world, ben, round_id, {"length": "twenty"})
    say_yes(world, ann, round_id)
    say_yes(world, ben, round_id)
    assert the_row(world, round_id).revision == 2


def test_it_is_stamped_with_the_promise_that_both_have_read(
    world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser]
) -> None:
    for person_id in (couple.a, second(couple)):
        sit_down(person_id)  # each reads the promise at the door
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id)
    world.now += timedelta(minutes=1)
    terms = CoupleTerms(ContactLevel.TOGETHER, secrets_policy=SecretsPolicy.NO_SECRETS)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        change_terms(visit, couple.id, terms)
    world.now += timedelta(minutes=1)
    with world.as_(second(couple), Role.PARTNER) as visit:
        acknowledge_policy(visit, newest(visit))
    world.now += timedelta(minutes=1)
    assert not say_yes(world, couple.a, round_id)
    assert say_yes(world, second(couple), round_id)
    with world.visit() as visit:
        query = sa.select(Revision.policy).where(Revision.number > 0)
        assert visit.db.scalars(query).all() == [SecretsPolicy.JUDGEMENT]


def test_what_another_answer_has_put_aside_is_kept_for_whoever_wrote_it(
    world: World, couple: CoupleHere
) -> None:
    round_id = a_sheet(world, couple, "date-night")
    ann, ben = couple.a, second(couple)
    fill_anything(world, couple, round_id)
    put(world, ann, round_id, {"happened": "as_planned", "best_bit": "The walk home"})
    put(world, ann, round_id, {"learnt_each": "of Ann alone"})
    put(world, ben, round_id, {"learnt_each": "of Ben alone"})
    put(world, ben, round_id, {"happened": "did_not", "why_not": "It rained"})
    say_yes(world, ann, round_id)
    assert say_yes(world, ben, round_id) is True
    kept = {who: {each.text for each in see(world, who, round_id).draft.kept} for who in (ann, ben)}
    assert kept == {ann: {"of Ann alone", "The walk home"}, ben: {"of Ben alone"}}
    shared, parts = read(world, couple.counsellor_id, round_id, Role.COUNSELLOR)
    assert "It rained" in repr(shared)
    for text in ("The walk home", "of Ann alone", "of Ben alone"):
        assert text not in repr((shared, parts))
