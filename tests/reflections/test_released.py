"""What was released of one's own work stands on a page of the other's, and nothing else of it ever does."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.service import come_apart, hold
from portal.people.queries import own_couple
from portal.reflections.pieces.cards import ReleasedCard
from portal.reflections.pieces.released import released_to_me
from portal.vocabulary import Role, Seat
from tests.promises.release_deeds import Letter
from tests.support.browser import Browser
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
PAGE = "/reflections/released"
PLACES = ("/desk/week", "/reflections/mine", PAGE)


class TwoLines(Letter):
    """The same with other words in the line that can be released than in all the rest."""

    def values(self, text: str) -> dict[str, object]:  # type: ignore[override]
        """Everything that this asks for."""
        return {**super().values(f"{text}, kept"), self.field: f"{text}, given"}


@pytest.fixture
def letter(world: World, couple: CoupleHere) -> Letter:
    """A page of one's own that was sent with a yes to its one line for the other."""
    made = TwoLines.given(world, couple)
    assert isinstance(made, Letter)
    made.write(Seat.A, "a word")
    made.send(Seat.A, says_yes=True)
    return made


def seen(world: World, person_id: UUID) -> tuple[ReleasedCard, ...]:
    with world.as_(person_id, Role.PARTNER) as visit:
        return released_to_me(visit, own_couple(visit), "en")


def test_it_is_nowhere_before_its_release_and_then_in_its_place(
    letter: Letter, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b is not None
    ann, ben = sit_down(couple.a), sit_down(couple.b)
    before = [ben.open(path).said for path in PLACES]
    assert not any("a word" in page or "Open to read" in page for page in before[:2])
    letter.release()
    week = ben.open("/desk/week")
    assert week.soup.select(f'a[href^="{PAGE}#"]')
    assert ben.open("/reflections/mine").soup.select(f'a[href="{PAGE}"]')
    page = ben.open(PAGE)
    assert "a word, given" in page.said
    assert "kept" not in page.said
    assert "a word" not in ann.open(PAGE).said
    assert not ann.open("/desk/week").soup.select(f'a[href^="{PAGE}#"]')


def test_nothing_of_it_changes_by_what_its_writer_does_besides(
    world: World, letter: Letter, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b is not None
    letter.release()
    ben = sit_down(couple.b)
    before = [ben.open(path).said for path in PLACES]
    other = TwoLines.given(world, couple)
    assert isinstance(other, Letter)
    other.write(Seat.A, "another")
    other.send(Seat.A, says_yes=True)
    letter.hold_all(stands=True)
    assert [ben.open(path).said for path in PLACES] == before


def test_an_older_version_that_was_released_is_not_shown_for_the_newer(
    world: World, letter: Letter, couple: CoupleHere
) -> None:
    assert couple.b is not None
    letter.release()
    (card,) = seen(world, couple.b)
    assert [answer.key for answer in card.answers] == [letter.field]
    assert (
        letter.tried(lambda: letter.give_back(Seat.A)) is False
    )  # what is out cannot be rewritten
    assert seen(world, couple.b) == (card,)


def test_the_couple_next_door_and_who_came_later_find_nothing(
    world: World, letter: Letter, couple: CoupleHere
) -> None:
    letter.release()
    other = world.a_couple()
    assert other.b is not None
    assert seen(world, other.b) == ()
    assert seen(world, couple.a) == ()


def test_after_coming_apart_what_was_read_stays_where_it_was(
    world: World, letter: Letter, couple: CoupleHere
) -> None:
    assert couple.b is not None
    letter.release()
    (card,) = before = seen(world, couple.b)
    assert card.title
    world.now += timedelta(days=30)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hold(visit, couple.id, True, "")
        come_apart(visit, couple.id, "As agreed.")
    assert seen(world, couple.b) == before
