"""A page that was left open in the wrong chair does not bring the moved words back into it."""

from uuid import UUID, uuid4

import pytest

from portal.care.chairs.service import give_to_writer
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import discard
from portal.vocabulary import Role, Seat
from tests.reflections.material import SitDown, issues, leaf, own_row
from tests.reflections.weekly import rounds_of
from tests.support.browser import Browser, filled_in
from tests.support.world import CoupleHere, World

WORDS = "of the one who sat there"


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


def moved(world: World, couple: CoupleHere, round_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A)


def everything_of(browser: Browser, round_id: UUID) -> str:
    pages = (
        f"/reflections/{round_id}",
        leaf(round_id, 2),
        "/records/mine/data",
        "/records/mine/pages",
    )
    return "".join(browser.client.get(at).get_data(as_text=True) for at in pages)


@pytest.mark.parametrize("rested", [False, True])
@pytest.mark.parametrize("where", ["write", "autosave"])
def test_nothing_of_it_is_kept_there(
    world: World, couple: CoupleHere, sit_down: SitDown, where: str, *, rested: bool
) -> None:
    assert couple.b
    (round_id,) = world.an_assignment(couple)
    ann, _ben = sit_down(couple.a), sit_down(couple.b)  # both have read the promise
    world.a_draft(couple.a, round_id, issues(WORDS))
    page = ann.open(leaf(round_id, 2))
    assert WORDS in page.text
    moved(world, couple, round_id)
    data = filled_in(page.form(""), {}, "save_and_continue")
    if rested:
        ann.clock.move(minutes=20)
    at = page.path if where == "write" else f"/reflections/{round_id}/autosave"
    headers = {"X-Weft-Autosave": "1"} if where == "autosave" else {}
    answer = ann.client.post(at, data=data, headers=headers)
    assert answer.status_code == (401 if rested else 409)
    if where == "write":
        assert WORDS in answer.get_data(as_text=True), "what was typed comes back"
    assert WORDS not in everything_of(sit_down(couple.a), round_id)
    with world.as_(couple.b, Role.PARTNER) as visit:
        assert WORDS in str(draft(visit, round_id).reading.values)


@pytest.mark.parametrize("where", ["write", "autosave"])
def test_nor_does_a_week_that_goes_on_from_it_bring_them_back(
    world: World, couple: CoupleHere, sit_down: SitDown, where: str
) -> None:
    assert couple.b
    first, _theirs = world.an_assignment(couple, "small-steps")
    weeks = rounds_of(world, first)
    ann, _ben = sit_down(couple.a), sit_down(couple.b)
    world.a_draft(couple.a, first, {"goal": WORDS})
    ann.clock.move(days=7)
    world.now = ann.clock.now()
    ann = sit_down(couple.a)
    page = ann.open(leaf(weeks[1], 1))
    assert WORDS in page.text, "filled in from the week before"
    moved(world, couple, first)
    at = page.path if where == "write" else f"/reflections/{weeks[1]}/autosave"
    data = filled_in(page.form(""), {}, "save_and_continue")
    assert ann.client.post(at, data=data).status_code == 409
    assert WORDS not in everything_of(sit_down(couple.a), weeks[1])
    assert own_row(world, weeks[1], couple.a) is None


def test_a_page_learns_of_its_piece_when_it_is_first_saved(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id,) = world.an_assignment(couple)
    assert couple.b
    ann, _ben = sit_down(couple.a), sit_down(couple.b)
    page = ann.open(leaf(round_id, 2))
    data = {**filled_in(page.form(""), {}), "f.underneath": [WORDS]}
    at = f"/reflections/{round_id}/autosave"
    told = ann.client.post(at, data=data).get_json()
    assert told["state"] == "saved"
    moved(world, couple, round_id)
    again = {**data, "piece": [told["piece"]], "f.underneath": [f"{WORDS} and on"]}
    assert ann.client.post(at, data=again).status_code == 409
    assert WORDS not in everything_of(ann, round_id)


def test_a_draft_that_was_thrown_away_is_nobody_elses(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    """Its page goes on being kept beside what was begun after it."""
    (round_id,) = world.an_assignment(couple)
    ann = sit_down(couple.a)
    world.a_draft(couple.a, round_id, issues(WORDS))
    page = ann.open(leaf(round_id, 2))
    data = filled_in(page.form(""), {}, "save_and_continue")
    ann.open(f"/reflections/{round_id}")
    ann.send({}, to="/discard")
    assert ann.client.post(page.path, data=data).status_code == 303
    assert WORDS in everything_of(ann, round_id)


def test_an_old_page_is_told_the_same_whether_or_not_the_other_threw_it_away(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b
    said = []
    for throws_away in (False, True):
        (round_id,) = world.an_assignment(couple)
        ann, _ben = sit_down(couple.a), sit_down(couple.b)
        world.a_draft(couple.a, round_id, issues(WORDS))
        data = filled_in(ann.open(leaf(round_id, 2)).form(""), {})
        moved(world, couple, round_id)
        if throws_away:
            with world.as_(couple.b, Role.PARTNER) as visit:
                discard(visit, round_id)
        answer = ann.client.post(f"/reflections/{round_id}/autosave", data=data)
        said.append((answer.status_code, answer.get_json()))
    assert said[0][0] == 409
    assert said[0] == said[1]


@pytest.mark.parametrize("named", ["the other's", "nobody's"])
def test_a_piece_that_never_lay_here_is_told_like_one_that_is_not(
    world: World, couple: CoupleHere, sit_down: SitDown, named: str
) -> None:
    assert couple.b
    (round_id,) = world.an_assignment(couple)
    world.a_draft(couple.b, round_id, issues("theirs"))
    ann = sit_down(couple.a)
    data = {**filled_in(ann.open(leaf(round_id, 2)).form(""), {}), "f.underneath": [WORDS]}
    theirs = own_row(world, round_id, couple.b)
    assert theirs is not None
    data["piece"] = [str(theirs.id if named == "the other's" else uuid4())]
    answer = ann.client.post(f"/reflections/{round_id}/autosave", data=data)
    assert answer.status_code == 200
    assert answer.get_json()["state"] == "saved"
