"""What one page leaves again and again after a rest is one text that grows, and never less than was left."""

from collections.abc import Callable
from uuid import UUID

import pytest

from portal.exercises.form.typed_text import is_put_right
from portal.measures.queries import writing
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.reflections.material import SitDown, leaf
from tests.support.browser import filled_in
from tests.support.check_ins import switch_on
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet, see
from tests.support.world import CoupleHere, World

Leave = Callable[..., int]
Left = Callable[[], list[str]]


@pytest.fixture(params=["piece", "sheet", "check-in"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(world: World, couple: CoupleHere, kind: str) -> tuple[str, str, str]:
    """Its page, where that saves by itself, and a box."""
    if kind == "check-in":
        switch_on(world, couple)
        return "/measures/check-in", "/measures/check-in/autosave", "comment"
    if kind == "sheet":
        at = f"/reflections/{a_sheet(world, couple)}/sheet"
        return at, f"{at}/autosave", "f.signal"
    round_id = world.an_assignment(couple)[0]
    return leaf(round_id, 3), f"/reflections/{round_id}/autosave", "f.underneath"


@pytest.fixture
def leave(
    couple: CoupleHere, sit_down: SitDown, clock: StandingClock, place: tuple[str, str, str]
) -> Leave:
    """Type a text on a page whose sign-in has rested; it sends along what it sent before."""
    at, to, box = place
    ann = sit_down(couple.a)
    form = filled_in(ann.open(at).form(at), {})
    clock.move(minutes=20)

    def once(text: str, *before: str) -> int:
        sent = {**form, box: [text]}
        sent |= {f"sent.{number}.{box}": [each] for number, each in enumerate(before)}
        return ann.client.post(to, data=sent, headers={"X-Weft-Autosave": "1"}).status_code

    return once


@pytest.fixture
def left(
    world: World, couple: CoupleHere, clock: StandingClock, place: tuple[str, str, str], kind: str
) -> Left:
    def now() -> list[str]:
        world.now = clock.now()
        if kind == "sheet":
            return [one.text for one in see(world, couple.a, _id(place[0])).draft.kept]
        with world.as_(couple.a, Role.PARTNER) as visit:
            if kind == "check-in":
                return [text for _, text in writing(visit).left]
            return [one.text for one in draft(visit, _id(place[0])).kept]

    return now


def _id(at: str) -> UUID:
    return UUID(at.split("/")[2])


def test_a_text_that_grows_stays_one(leave: Leave, left: Left) -> None:
    texts = [
        "fir",
        "first wor",
        "first words, I felt alon",
        "first words, I felt lonely, and so on",
    ]
    for number, text in enumerate(texts):
        assert leave(text, *texts[:number]) == 401
    assert left() == texts[-1:]


def test_where_much_was_taken_away_both_stay(leave: Leave, left: Left) -> None:
    leave("I wanted to tell you why")
    leave("no", "I wanted to tell you why")
    assert sorted(left()) == ["I wanted to tell you why", "no"]


def test_an_empty_box_takes_nothing_away(leave: Leave, left: Left) -> None:
    leave("I wanted to tell you why")
    leave("", "I wanted to tell you why")
    assert left() == ["I wanted to tell you why"]


@pytest.mark.parametrize("kind", ["piece", "sheet"])
def test_what_this_page_did_not_send_is_another_text(leave: Leave, left: Left) -> None:
    leave("no")
    leave("not yet")
    assert sorted(left()) == ["no", "not yet"]


@pytest.mark.parametrize("kind", ["check-in"])
def test_a_choice_that_was_changed_stays_one(
    couple: CoupleHere, sit_down: SitDown, clock: StandingClock, left: Left
) -> None:
    ann, at = sit_down(couple.a), "/measures/check-in"
    form = ann.open(at).form(at)
    clock.move(minutes=20)
    before: dict[str, str] = {}
    for number in ("7", "6"):
        sent = filled_in(form, {"heard": number}) | {k: [v] for k, v in before.items()}
        ann.client.post(f"{at}/autosave", data=sent, headers={"X-Weft-Autosave": "1"})
        before = {"sent.0.heard": number}
    assert left() == ["6"]


@pytest.mark.parametrize(
    ("before", "now", "is_so"),
    [
        ("fir", "first words", True),
        ("I felt alon", "I felt lonely and tired", True),
        ("I felt alnoe that day", "I felt alone that day", True),
        ("no", "not yet", True),
        ("no", "yes", False),
        ("I wanted to tell you why I left", "I wanted", False),
        ("I never said that. " * 9, "I said that. " * 9, False),
        ("aaaa", "aa", True),
        ("same", "same", True),
    ],
)
def test_a_text_is_put_right_where_next_to_nothing_of_it_is_gone(
    before: str, now: str, *, is_so: bool
) -> None:
    assert is_put_right(before, now) is is_so
