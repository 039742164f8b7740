"""A page that comes again with an old count: its own words are known, another place's never written over."""

from uuid import UUID

import pytest

from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role
from tests.reflections.material import SitDown, leaf
from tests.support.browser import Browser, filled_in
from tests.support.sheets import a_sheet, put, second, see, value
from tests.support.world import CoupleHere, World

KEY, BOX = "underneath", "f.underneath"


class Device:
    """A page that was drawn once and is saved again and again without hearing an answer."""

    def __init__(self, browser: Browser, at: str, to: str) -> None:
        self.browser, self.to = browser, to
        self.form = filled_in(browser.open(at).form(at), {})

    def saves(self, boxes: dict[str, str], *before: dict[str, str]) -> int:
        sent = {**self.form, **{name: [text] for name, text in boxes.items()}}
        for number, earlier in enumerate(before):
            sent |= {f"sent.{number}.{name}": [text] for name, text in earlier.items()}
        answer = self.browser.client.post(self.to, data=sent, headers={"X-Weft-Autosave": "1"})
        return answer.status_code


@pytest.fixture
def phone(couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> Device:
    return Device(sit_down(couple.a), leaf(round_id, 3), f"/reflections/{round_id}/autosave")


def stored(world: World, couple: CoupleHere, round_id: UUID) -> DraftCard:
    with world.as_(couple.a, Role.PARTNER) as visit:
        return draft(visit, round_id)


def test_what_this_page_sent_before_is_its_own(
    world: World, couple: CoupleHere, round_id: UUID, phone: Device
) -> None:
    assert phone.saves({BOX: "I was afraid"}) == 200
    assert phone.saves({BOX: "I am tired"}, {BOX: "I was afraid"}) == 200
    assert phone.saves({BOX: "Both"}, {BOX: "I was afraid"}, {BOX: "I am tired"}) == 200
    card = stored(world, couple, round_id)
    assert (card.reading.values[KEY], card.kept) == ("Both", ())


def test_what_another_place_wrote_since_is_not(
    world: World, couple: CoupleHere, round_id: UUID, phone: Device
) -> None:
    assert phone.saves({BOX: "I was afraid"}) == 200
    world.a_draft(couple.a, round_id, {KEY: "from the desk"})
    assert phone.saves({BOX: "I am tired"}, {BOX: "I was afraid"}) == 409
    card = stored(world, couple, round_id)
    assert card.reading.values[KEY] == "from the desk"
    assert [each.text for each in card.kept] == ["I am tired"]


def test_nor_is_a_reader_whom_another_place_chose(
    world: World, couple: CoupleHere, round_id: UUID, phone: Device, sit_down: SitDown
) -> None:
    assert phone.saves({BOX: "I was afraid"}) == 200
    desk = sit_down(couple.a)
    page = desk.open(leaf(round_id, 3))
    chosen = {f"audience.{KEY}": "counsellor"}
    desk.client.post(page.path, data=filled_in(page.form("/3"), chosen, "save_and_continue"))
    before = {BOX: "I was afraid", f"audience.{KEY}": "after_both"}
    assert phone.saves({BOX: "I am tired"}, before) == 409
    card = stored(world, couple, round_id)
    assert (card.reading.values[KEY], card.audiences[KEY].value) == ("I was afraid", "counsellor")


@pytest.mark.parametrize(
    ("stands", "comes"),
    [
        ("I wanted to say", "I wanted to say that I am afraid"),
        ("No", "Not yet"),
        ("I wanted to say that I am afraid", "I wanted to say"),
        ("from the desk", "from the phone"),
    ],
)
def test_what_this_page_never_sent_is_another_places_also_where_a_text_goes_on_from_it(
    world: World, couple: CoupleHere, round_id: UUID, phone: Device, stands: str, comes: str
) -> None:
    """Somebody may have cut the end off there, and an older page would bring it back."""
    world.a_draft(couple.a, round_id, {KEY: stands})
    assert phone.saves({BOX: comes}) == 409
    card = stored(world, couple, round_id)
    assert card.reading.values[KEY] == stands
    assert [each.text for each in card.kept] == [comes]


def test_on_a_sheet_for_two_what_the_other_wrote_since_stays(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    sheet_id = a_sheet(world, couple, "weekly-meeting")
    at = f"/reflections/{sheet_id}/sheet"
    ann = Device(sit_down(couple.a), at, f"{at}/autosave")
    well, thing = "f.went_well", "f.one_thing"
    assert ann.saves({well: "mine", thing: "my thing"}) == 200
    put(world, second(couple), sheet_id, {"one_thing": "theirs"})
    sent = {well: "mine", thing: "my thing"}
    assert ann.saves({well: "another", thing: "my other thing"}, sent) == 409
    card = see(world, couple.a, sheet_id)
    assert (value(card, "went_well"), value(card, "one_thing")) == ("another", "theirs")
    assert [(each.key, each.text) for each in card.draft.kept] == [("one_thing", "my other thing")]


def test_on_a_sheet_the_same_line_may_be_changed_back_before_the_answer(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    sheet_id = a_sheet(world, couple, "weekly-meeting")
    at, well = f"/reflections/{sheet_id}/sheet", "f.went_well"
    put(world, couple.a, sheet_id, {"went_well": "first"})
    ann = Device(sit_down(couple.a), at, f"{at}/autosave")
    assert ann.saves({well: "second"}) == 200
    assert ann.saves({well: "first"}, {well: "second"}) == 200
    assert value(see(world, couple.a, sheet_id), "went_well") == "first"


def test_the_check_page_says_what_lies_beside_an_answer(
    world: World, couple: CoupleHere, round_id: UUID, phone: Device, sit_down: SitDown
) -> None:
    world.a_draft(couple.a, round_id, {KEY: "from the desk"})
    check = f"/reflections/{round_id}/check"
    assert not sit_down(couple.a).open(check).soup.select("[id^=beside-]")
    phone.saves({BOX: "from the phone"})
    page = sit_down(couple.a).open(check)
    (line,) = page.soup.select("[id^=beside-]")
    assert "another text" in line.get_text()
    assert [a["href"] for a in line.select("a")] == [leaf(round_id, 3)]


def test_so_does_that_of_a_sheet(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    sheet_id = a_sheet(world, couple)
    before = see(world, couple.a, sheet_id)
    put(world, second(couple), sheet_id, {"signal": "Tea"})
    put(world, couple.a, sheet_id, {"signal": "Water"}, before)
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    check = f"/reflections/{sheet_id}/sheet/check"
    (line,) = ann.open(check).soup.select("[id^=beside-]")
    href = str(line.select("a")[0]["href"])
    place, _, anchor = href.partition("#")
    assert "Water" in ann.open(place).soup.select(f"#{anchor}")[0].get_text()
    assert not ben.open(check).soup.select("[id^=beside-]")
