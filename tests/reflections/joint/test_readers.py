"""Who reads one's own answer on a sheet for two: an older page widens nothing, and a yes knows its readers."""

from uuid import UUID

from tests.reflections.joint.test_pages import SitDown, at
from tests.support.browser import Browser, filled_in
from tests.support.sheets import fill, second, see
from tests.support.world import CoupleHere, World

FIELD = "where_each"


def narrow(browser: Browser, round_id: UUID, to: str = "counsellor") -> None:
    """Choose this answer's readers on the check page, as its writer."""
    forms = browser.open(f"{at(round_id)}/check").soup.select("form")
    form = next(each for each in forms if each.select(f'[name="audience.{FIELD}"]'))
    data = filled_in(form, {f"audience.{FIELD}": to})
    assert browser.client.post(str(form["action"]), data=data).status_code == 303


def reader(world: World, couple: CoupleHere, round_id: UUID) -> str:
    return see(world, couple.a, round_id).draft.audiences[FIELD].value


def test_finishing_later_on_the_phone_widens_nothing_that_was_narrowed_on_the_laptop(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    phone, laptop, ben = sit_down(couple.a), sit_down(couple.a), sit_down(second(couple))
    phone.open(at(round_id))
    old = phone.send({}, press="save", to=at(round_id))
    narrow(laptop, round_id)
    assert reader(world, couple, round_id) == "counsellor"
    laptop.open(f"{at(round_id)}/check")
    data = filled_in(old.form(at(round_id)), {}, "finish_later")
    assert phone.client.post(at(round_id), data=data).status_code == 303
    assert reader(world, couple, round_id) == "counsellor"
    laptop.send({"open_round": "open"}, to=f"{at(round_id)}/check")
    ben.open(f"{at(round_id)}/check")
    ben.send({"open_round": "open"}, to=f"{at(round_id)}/check")
    assert "outside a" not in ben.open(f"/reflections/{round_id}").text


def test_words_that_are_typed_on_after_it_was_narrowed_elsewhere_stay_narrow(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    phone, laptop = sit_down(couple.a), sit_down(couple.a)
    old = phone.open(at(round_id))
    narrow(laptop, round_id)
    typed = {f"f.{FIELD}": "somewhere quiet, typed on the phone"}
    saving = f"{at(round_id)}/autosave"
    answer = phone.client.post(saving, data=filled_in(old.form(at(round_id)), typed))
    assert answer.status_code == 200
    assert reader(world, couple, round_id) == "counsellor"
    # Typed on and saved with the mark that came back, it still widens nothing.
    back = {f"counter.{FIELD}": answer.get_json()["counters"][FIELD]}
    more = {f"f.{FIELD}": "somewhere quiet, typed on the phone, and more"}
    data = filled_in(old.form(at(round_id)), more) | {key: [mark] for key, mark in back.items()}
    assert phone.client.post(saving, data=data).status_code == 200
    assert reader(world, couple, round_id) == "counsellor"
    assert "and more" in str(see(world, couple.a, round_id).draft.reading.values[FIELD])


def test_its_writer_widens_it_again_on_a_page_that_shows_how_it_stands(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    laptop = sit_down(couple.a)
    narrow(laptop, round_id)
    assert reader(world, couple, round_id) == "counsellor"
    narrow(laptop, round_id, to="after_both")
    assert reader(world, couple, round_id) == "after_both"


def test_a_page_without_its_mark_narrows_and_never_widens(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    phone = sit_down(couple.a)
    form = phone.open(at(round_id)).form(at(round_id))
    bare = {f"counter.{FIELD}": [""]}
    for chosen in ("counsellor", "after_both"):
        data = filled_in(form, {f"audience.{FIELD}": chosen}) | bare
        assert phone.client.post(at(round_id), data=data).status_code == 303
        assert reader(world, couple, round_id) == "counsellor"


def test_a_yes_is_none_once_the_readers_of_ones_own_answer_changed(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    fill(world, couple, round_id)
    phone, laptop = sit_down(couple.a), sit_down(couple.a)
    phone.open(f"{at(round_id)}/check")
    before = see(world, couple.a, round_id).seen
    narrow(laptop, round_id)
    assert see(world, couple.a, round_id).seen != before
    page = phone.send({"open_round": "open"}, to=f"{at(round_id)}/check")
    assert "was changed while you were reading it" in page.said
