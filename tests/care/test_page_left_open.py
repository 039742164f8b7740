"""A page that was left open in the wrong chair does not bring the moved words back into it."""

from uuid import UUID

import pytest

from portal.care.chairs.service import give_to_writer
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role, Seat
from tests.reflections.material import SitDown, issues, leaf
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
    wanted = {"write": 303, "autosave": 401} if rested else {"write": 409, "autosave": 409}
    assert answer.status_code == wanted[where]
    assert WORDS not in everything_of(sit_down(couple.a), round_id)
    with world.as_(couple.b, Role.PARTNER) as visit:
        assert WORDS in str(draft(visit, round_id).reading.values)


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
