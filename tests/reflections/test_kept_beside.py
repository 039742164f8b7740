"""What lies beside an answer gives way to the same words alone, and only where they stand in the answer."""

from typing import Any
from uuid import UUID

import pytest

from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row, Value
from portal.reflections.drafts.keeping import holds, keep_beside, let_go
from portal.reflections.drafts.queries import draft, own_reflection
from portal.reflections.drafts.service import save
from portal.vocabulary import Audience, Role, Seat
from tests.exercises.form.material import field_of
from tests.reflections.material import SitDown, issues, leaf
from tests.support.browser import Browser, filled_in
from tests.support.world import CoupleHere, World

CHOICES = [{"value": "yes", "label": "Yes"}, {"value": "rest", "label": "Yes, at weekends"}]
GOES_ON = [
    ("short_text", "Yes", "Yes, at weekends"),
    ("multi_choice", "Yes", "Yes\nYes, at weekends"),
]
IS_ANOTHER = [("single_choice", "Yes", "Yes, at weekends"), ("number", "3", "3.5")]


def asked(kind: str) -> Field:
    """A question of this kind, in the place of one of the piece's own."""
    more: dict[str, Any] = {"options": CHOICES} if kind.endswith("choice") else {}
    return field_of(type=kind, key="underneath", **more)


def beside(world: World, person_id: UUID, round_id: UUID) -> list[str]:
    with world.as_(person_id, Role.PARTNER) as visit:
        return [each.text for each in draft(visit, round_id).kept]


def readers(world: World, person_id: UUID, round_id: UUID) -> Audience:
    with world.as_(person_id, Role.PARTNER) as visit:
        return draft(visit, round_id).audiences["start_with"]


@pytest.mark.parametrize("deed", [keep_beside, let_go])
@pytest.mark.parametrize(("kind", "before", "after"), [*GOES_ON, *IS_ANOTHER])
def test_what_was_typed_on_takes_the_place_of_its_beginning_and_another_answer_does_not(
    world: World,
    couple: CoupleHere,
    round_id: UUID,
    deed: Any,
    kind: str,
    before: str,
    after: str,
) -> None:
    world.a_draft(couple.a, round_id, issues("w"))
    field, goes_on = asked(kind), (kind, before, after) in GOES_ON
    with world.as_(couple.a, Role.PARTNER) as visit:
        reflection = own_reflection(visit, round_id)
        assert reflection is not None
        keep_beside(visit, reflection, field, before)
        visit.db.flush()
        deed(visit, reflection, field, after)
    assert (before not in beside(world, couple.a, round_id)) is goes_on


def test_words_stand_in_a_text_wherever_its_lines_break_and_a_choice_as_a_line_of_its_own() -> None:
    assert holds(asked("long_text"), "at first\nno, then yes", "first no,")
    assert holds(asked("multi_choice"), "At home\nNot today", "Not today")
    assert not holds(asked("multi_choice"), "At home\nNot today", "Not")
    assert not holds(asked("single_choice"), "Only at weekends", "at weekends")


def test_what_is_typed_into_the_box_after_all_lies_beside_it_no_more_without_scripts(
    couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    desk, phone, to = sit_down(couple.a), sit_down(couple.a), leaf(round_id, 2)
    desk.open(to)
    phone.open(to)
    desk.send({"f.start_with": "one"}, press="save", to=to)
    page = phone.send({"f.start_with": "two words"}, press="save", to=to)
    assert page.soup.select(".kept__text")
    page = phone.send({"f.start_with": "other words"}, press="save", to=to)
    assert page.soup.select(".kept__text"), "it stands nowhere else"
    page = phone.send({"f.start_with": "two words, and more"}, press="save", to=to)
    assert "two words, and more" in page.text
    assert not page.soup.select(".kept__text")


AREAS: dict[str, Value] = {"areas": (Row("talking", None, {"hard": 9, "work_on": True}),)}


def types(world: World, person_id: UUID, round_id: UUID, *, stale: bool = False) -> None:
    with world.as_(person_id, Role.PARTNER) as visit:
        counters = {} if stale else draft(visit, round_id).counters
        save(visit, round_id, Reading(values=AREAS, present=frozenset(AREAS), counters=counters))


def test_nor_does_a_table_that_was_taken_over(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    world.a_draft(couple.a, round_id, issues("w"))
    types(world, couple.a, round_id, stale=True)
    assert len(beside(world, couple.a, round_id)) == 1
    world.a_draft(couple.a, round_id, {"start_with": "another question"})
    types(world, couple.a, round_id, stale=True)
    assert len(beside(world, couple.a, round_id)) == 1, "it clashes still"
    types(world, couple.a, round_id)
    assert beside(world, couple.a, round_id) == []


def at_two_devices(
    sit_down: SitDown, couple: CoupleHere, to: str, words: str
) -> tuple[Browser, Browser]:
    """The same page of one writer, open at a desk and on a phone, with these words saved in it."""
    desk, phone = sit_down(couple.a), sit_down(couple.a)
    desk.open(to)
    desk.send({"f.start_with": words}, press="save", to=to)
    desk.open(to)
    phone.open(to)
    return desk, phone


def test_a_page_behind_that_changes_the_readers_alone_keeps_no_words_twice(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    to = leaf(round_id, 2)
    desk, phone = at_two_devices(sit_down, couple, to, "my words")
    desk.send({"audience.start_with": "counsellor"}, press="save", to=to)
    assert readers(world, couple.a, round_id) is Audience.COUNSELLOR
    phone.send(press="save", to=to)
    assert beside(world, couple.a, round_id) == []
    assert readers(world, couple.a, round_id) is Audience.COUNSELLOR


def test_words_typed_on_at_a_page_behind_widen_nothing(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    to = leaf(round_id, 2)
    desk, phone = at_two_devices(sit_down, couple, to, "my words")
    assert phone.page is not None
    sent = filled_in(phone.page.form(to), {}, "")
    desk.send({"audience.start_with": "counsellor"}, press="save", to=to)
    quietly, autosave = {"X-Weft-Autosave": "1"}, f"/reflections/{round_id}/autosave"
    answer = phone.client.post(autosave, data=sent, headers=quietly)
    assert answer.status_code == 200
    assert "start_with" not in answer.get_json()["counters"]
    sent["f.start_with"] = ["my words and more"]
    assert phone.client.post(autosave, data=sent, headers=quietly).status_code == 409
    assert readers(world, couple.a, round_id) is Audience.COUNSELLOR
    assert beside(world, couple.a, round_id) == ["my words and more"]


def test_a_page_behind_may_ask_for_fewer_readers(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    to = leaf(round_id, 2)
    desk, phone = at_two_devices(sit_down, couple, to, "my")
    desk.send({"f.start_with": "my words"}, press="save", to=to)
    narrowed = {"f.start_with": "my words", "audience.start_with": "counsellor"}
    assert readers(world, couple.a, round_id) is not Audience.COUNSELLOR
    phone.send(narrowed, press="save", to=to)
    assert beside(world, couple.a, round_id) == []
    assert readers(world, couple.a, round_id) is Audience.COUNSELLOR


def test_a_button_that_was_pressed_twice_leaves_no_table_beside_itself(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    ann, at = sit_down(couple.a), leaf(round_id, 1)
    ann.open(at)
    page = ann.send(press="add.days", to="/1")
    amount = str(page.form("/1").select('[name$=".amount"]')[0]["name"])
    ann.send({amount: "12,50"}, press="save", to="/1")
    drawn = ann.page
    for _press in range(2):
        ann.page = drawn
        ann.send_and_stay(press="add.days", to="/1")
    assert beside(world, couple.a, round_id) == []
    assert "12.50" in str(ann.open(at).form("/1"))
