"""The pages of a joint sheet, without scripts: writing, seeing what is new, checking, confirming."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.support.browser import Browser
from tests.support.sheets import a_sheet, fill, put, second, see, value
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return a_sheet(world, couple)


def at(round_id: UUID) -> str:
    return f"/reflections/{round_id}/sheet"


def test_two_write_one_sheet_without_scripts(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    assert ann.open(f"/reflections/{round_id}").path == at(round_id)
    ben.open(at(round_id))
    page = ann.send({"f.signal": "Tea"}, press="save", to=at(round_id))
    assert "Both of you need to confirm" in page.said
    page = ben.send({"f.length": "hour"}, press="save", to=at(round_id))
    assert "Tea" in page.text
    assert value(see(world, couple.a, round_id), "signal") == "Tea"
    assert value(see(world, couple.a, round_id), "length") == "hour"


def test_both_texts_are_kept_and_shown_to_the_one_who_typed(
    couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    ann.open(at(round_id))
    ben.open(at(round_id))
    ann.send({"f.signal": "Tea"}, press="save", to=at(round_id))
    page = ben.send({"f.signal": "Water"}, press="save", to=at(round_id))
    assert "Both texts are kept" in page.said
    assert "Water" in page.said
    assert 'value="Tea"' in page.text
    assert "Water" not in ann.open(at(round_id)).text


@pytest.mark.parametrize(
    ("asked", "first", "then", "said"),
    [
        ("f.comes_back", "a", "b", "Ben"),
        ("f.length", "hour", "twenty", "About twenty minutes"),
    ],
)
def test_what_was_chosen_lies_beside_by_the_name_that_its_page_gives_it(
    couple: CoupleHere,
    round_id: UUID,
    sit_down: SitDown,
    asked: str,
    first: str,
    then: str,
    said: str,
) -> None:
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    ann.open(at(round_id))
    ben.open(at(round_id))
    ann.send({asked: first}, press="save", to=at(round_id))
    page = ben.send({asked: then}, press="save", to=at(round_id))
    assert [one.get_text(strip=True) for one in page.soup.select(".kept__text")] == [said]


def test_from_the_sheet_to_sent_and_back(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    for person, word in ((ann, "Your yes is kept"), (ben, "Sent to your counsellor")):
        page = person.open(f"{at(round_id)}/check")
        assert "Both of you need to confirm" in page.said
        page = person.send({"open_round": "keep_closed"}, to=f"{at(round_id)}/check")
        assert word in page.said
    page = ann.open(f"/reflections/{round_id}")
    assert "What you wrote together" in page.said
    page = ben.send({}, to=f"{at(round_id)}/take-back")
    assert "You both have it back" in page.said


def test_a_yes_to_words_that_have_changed_is_not_taken(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    ann = sit_down(couple.a)
    ann.open(f"{at(round_id)}/check")
    put(world, second(couple), round_id, {"signal": "Another word"})
    page = ann.send({}, to=f"{at(round_id)}/check")
    assert "changed while you were reading" in page.said
    assert "Another word" in page.said
    assert not see(world, couple.a, round_id).has_confirmed


def test_leaving_it_out_looks_like_nothing_to_the_other(
    couple: CoupleHere, world: World, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    before = [bare(ben, path) for path in ("/desk/week", at(round_id), f"{at(round_id)}/check")]
    ann.open(f"{at(round_id)}/decline")
    ann.send({}, to=f"{at(round_id)}/decline")
    after = [bare(ben, path) for path in ("/desk/week", at(round_id), f"{at(round_id)}/check")]
    assert after == before
    assert "You left this one out" in ann.open(f"/reflections/{round_id}").said


def test_nothing_of_the_page_hangs_on_what_the_other_wrote_alone(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ben = sit_down(second(couple))
    paths = ("/desk/week", "/reflections/writing", at(round_id), f"{at(round_id)}/sheet/state")
    paths = (*paths[:3], f"{at(round_id)}/state")
    before = [bare(ben, path) for path in paths]
    world.now = world.now.replace(minute=59)
    put(world, couple.a, round_id, {"where_each": "x" * 150, "signs_each": ("heart",)})
    put(world, couple.a, round_id, {"private_note": "y" * 400, "happy_each": "unsure"})
    assert [bare(ben, path) for path in paths] == before


def bare(browser: Browser, path: str) -> str:
    """A page without the tokens that change with every look."""
    answer = browser.client.get(path)
    text = answer.get_data(as_text=True)
    return "\n".join(line for line in text.splitlines() if "csrf_token" not in line)
