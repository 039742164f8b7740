"""A page that is behind widens nothing: the readers that its words were typed under, or fewer, hold."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from portal.care import service as care
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Audience, Role, Seat
from tests.reflections.material import leaf
from tests.support.browser import Browser, filled_in
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
QUIETLY = {"X-Weft-Autosave": "1"}
KEY = "for_now"
LEAVES = [f"/reflections/{{}}/write/{number}" for number in range(1, 12)]


def page_of(browser: Browser, path: str) -> str:
    return str(browser.client.get(path).get_data(as_text=True))


def readers(world: World, couple: CoupleHere, round_id: UUID, key: str) -> Audience:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id).audiences[key]


def decided(world: World, couple: CoupleHere, deed: Callable[..., None]) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        deed(visit, couple.id, "As agreed.")


def test_words_typed_under_only_my_counsellor_are_for_nobody_else(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    """The page was drawn while the two were apart, and is saved first when they are together again."""
    (round_id,) = world.an_assignment(couple, "letting-go", to=(Seat.A,))
    decided(world, couple, care.come_apart)
    ann = sit_down(couple.a)
    to = next(each for each in LEAVES if f'name="f.{KEY}"' in page_of(ann, each.format(round_id)))
    to = to.format(round_id)
    page = ann.open(to)
    assert not page.soup.select(f'select[name="audience.{KEY}"]')
    typed = filled_in(page.form(to), {f"f.{KEY}": "for nobody else"}, "")
    decided(world, couple, care.come_together)
    answer = ann.client.post(f"/reflections/{round_id}/autosave", data=typed, headers=QUIETLY)
    assert answer.status_code == 200
    assert readers(world, couple, round_id, KEY) is Audience.COUNSELLOR


def test_a_page_that_offers_a_choice_says_nothing_besides(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    page = sit_down(couple.a).open(leaf(round_id, 2))
    assert len(page.soup.select('[name="audience.start_with"]')) == 1
    assert not page.soup.select('input[type="hidden"][name^="audience."]')


def test_what_clashes_tells_which_readers_hold_by_now(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    to = leaf(round_id, 2)
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    desk.open(to)
    desk.send({"f.start_with": "my words"}, press="save", to=to)
    old = filled_in(phone.open(to).form(to), {"f.start_with": "my words and more"}, "")
    desk.send({"audience.start_with": "counsellor"}, press="save", to=to)
    answer = phone.client.post(f"/reflections/{round_id}/autosave", data=old, headers=QUIETLY)
    assert answer.status_code == 409
    (told,) = answer.get_json()["conflicts"]
    assert told["readers"] == "counsellor"


def test_nor_is_anything_widened_without_scripts(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    to = leaf(round_id, 2)
    phone, desk = sit_down(couple.a), sit_down(couple.a)
    desk.open(to)
    desk.send({"f.start_with": "my words"}, press="save", to=to)
    phone.open(to)
    desk.send({"audience.start_with": "counsellor"}, press="save", to=to)
    page = phone.send({"f.start_with": "my words and more"}, press="save", to=to)
    assert page.soup.select(".kept__text")
    phone.send({"f.start_with": "my words and more"}, press="save", to=to)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert draft(visit, round_id).reading.values["start_with"] == "my words and more"
    assert readers(world, couple, round_id, "start_with") is Audience.COUNSELLOR
