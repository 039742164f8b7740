"""A check-in that was never sent: once its week is out of reach its words stand beside the next one."""

from datetime import timedelta

from portal.measures import service
from portal.measures.cards import mark_of_left
from portal.measures.queries import writing
from portal.measures.written import written_weeks
from portal.vocabulary import Role
from tests.support.check_ins import a_begun_check_in, a_check_in, typed
from tests.support.world import CoupleHere, World

COMMENT, NOTE = "a long evening, told in full", "for nobody but the counsellor"
WEEK = timedelta(days=7)


def begun(world: World, couple: CoupleHere) -> None:
    a_begun_check_in(world, couple.a, typed(6, comment=COMMENT, private_note=NOTE))


def beside(world: World, couple: CoupleHere) -> set[str]:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return {text for _key, text in writing(visit).left}


def test_its_words_are_on_a_page_for_as_long_as_their_writer_wants_them(
    world: World, couple: CoupleHere
) -> None:
    begun(world, couple)
    world.now += WEEK
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert writing(visit).unsent_before
        assert writing(visit, late=True).typed["comment"] == COMMENT
    assert beside(world, couple) == set(), "it can still be gone on with"
    for _ in range(3):
        world.now += WEEK
        assert beside(world, couple) == {COMMENT, NOTE}


def test_one_of_them_is_put_away_and_the_rest_stays(world: World, couple: CoupleHere) -> None:
    begun(world, couple)
    world.now += 2 * WEEK
    a_begun_check_in(world, couple.a, typed(5))
    with world.as_(couple.a, Role.PARTNER) as visit:
        service.put_away(visit, mark_of_left("comment", COMMENT))
    assert beside(world, couple) == {NOTE}


def test_sending_the_next_one_puts_them_away_and_keeps_the_numbers(
    world: World, couple: CoupleHere
) -> None:
    begun(world, couple)
    world.now += 2 * WEEK
    a_check_in(world, couple.a, typed(5))
    world.now += WEEK
    assert beside(world, couple) == set()
    with world.as_(couple.a, Role.PARTNER) as visit:
        first, _second = written_weeks(visit)
    assert first.sent_at is None
    assert {number for _line, number in first.answers} == {"6"}
    assert first.comment == ""


def test_the_other_is_shown_nothing_of_them(world: World, couple: CoupleHere) -> None:
    assert couple.b is not None
    begun(world, couple)
    world.now += 2 * WEEK
    with world.as_(couple.b, Role.PARTNER) as visit:
        assert writing(visit).left == []
