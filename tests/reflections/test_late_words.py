"""Words that come too late, or that no form could understand, or that another answer has put aside: all kept."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.exercises.form.reading import Reading
from portal.homework import service as homework
from portal.homework.queries import task
from portal.reflections.arrivals import waiting_in
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.models import KeptVersion
from portal.reflections.pieces.service import send_on
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send, take_back
from portal.vocabulary import Role, Seat
from tests.reflections.material import SitDown, issues, leaf
from tests.support.browser import Browser, filled_in
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet, second
from tests.support.world import CoupleHere, World

LAST = "the last long words"
QUIETLY = {"X-Weft-Autosave": "1"}


def kept(world: World) -> list[str]:
    with world.visit() as visit:
        rows = visit.db.scalars(sa.select(KeptVersion).order_by(KeptVersion.kept_at)).all()
        return [visit.vault.open(row.place, row.value) for row in rows]


@pytest.mark.parametrize("how", ["withdrawn", "sent elsewhere"])
def test_what_is_saved_by_itself_too_late_is_kept_as_the_answer_says(
    world: World, couple: CoupleHere, sit_down: SitDown, how: str
) -> None:
    (round_id,) = world.an_assignment(couple)
    world.a_draft(couple.a, round_id, issues("w"))
    ann = sit_down(couple.a)
    form = ann.open(leaf(round_id, 3)).form("/3")
    if how == "withdrawn":
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            homework.withdraw(visit, task(visit, round_id).assignment_id)
    else:
        with world.as_(couple.a, Role.PARTNER) as visit:
            send(visit, round_id, Said(True, {}))
    at = f"/reflections/{round_id}/autosave"
    for words in (LAST, LAST, f"{LAST}, and mo", f"{LAST}, and more", "no", "not yet"):
        answer = ann.client.post(at, data=filled_in(form, {"f.underneath": words}), headers=QUIETLY)
        assert answer.status_code == 409
        assert answer.get_json()["message"]
    # The beginning of a sentence gives way to the whole of it; other words stand beside it.
    assert sorted(kept(world)) == ["no", "not yet", f"{LAST}, and more"]
    assert LAST in ann.open(f"/reflections/{round_id}").said


def test_nor_are_the_last_words_on_a_sheet_lost_when_the_two_come_apart(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple)
    ann = sit_down(couple.a)
    at = f"/reflections/{round_id}/sheet"
    data = filled_in(ann.open(at).form("/sheet"), {"f.signal": LAST})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.come_apart(visit, couple.id, "As agreed.")
    answer = ann.client.post(f"{at}/autosave", data=data, headers=QUIETLY)
    assert answer.status_code == 409
    assert kept(world) == [LAST]


@pytest.mark.parametrize("chosen", ["not_alone", "worried"])
def test_that_one_could_not_answer_freely_is_put_first_also_where_it_is_sent_on_late(
    world: World, couple: CoupleHere, chosen: str
) -> None:
    (round_id,) = world.an_assignment(couple)
    world.a_draft(couple.a, round_id, {**issues("w"), "could_be_open": "freely"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        stale = dict.fromkeys(draft(visit, round_id).counters, 0)
        values = {"could_be_open": chosen}
        save(visit, round_id, Reading(values=values, present=frozenset(values), counters=stale))
    for deed in (
        lambda v: send(v, round_id, Said(True, {})),
        lambda v: send_on(v, round_id, draft(v, round_id).kept[0].id),
    ):
        world.now += timedelta(minutes=1)
        with world.as_(couple.a, Role.PARTNER) as visit:
            deed(visit)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (waiting,) = waiting_in(visit, [couple.id])
        assert waiting.looks_first
        (part,) = reflections_on(visit, [task(visit, round_id)])[round_id]
        said = [word.shown.text for word in part.private if word.key == "could_be_open"]
    assert len(said) == 2
    assert "Yes, freely" in said
    assert any(each.startswith("No, ") for each in said)


def an_amount(browser: Browser, round_id: UUID) -> tuple[str, dict[str, list[str]]]:
    """A box for money in a diary, with everything that its page sends."""
    at = leaf(round_id, 1)
    form = browser.open(at).form("/1")
    browser.client.post(at, data={**filled_in(form, {}), "add.days": ["1"]})
    form = browser.open(at).form("/1")
    boxes = [str(box["name"]) for box in form.select('[name$=".amount"]')]
    return boxes[0], filled_in(form, {}, "save_and_continue")


def test_what_could_not_be_understood_is_kept_in_a_clash(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    ann = sit_down(couple.a)
    box, data = an_amount(ann, round_id)
    ann.client.post(leaf(round_id, 1), data={**data, box: ["12"]})
    ann.client.post(leaf(round_id, 1), data={**data, box: ["about forty or fifty"]})
    assert any("about forty or fifty" in text for text in kept(world))


def test_and_after_a_rest(
    world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
) -> None:
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    ann = sit_down(couple.a)
    box, data = an_amount(ann, round_id)
    clock.move(minutes=20)
    answer = ann.client.post(leaf(round_id, 1), data={**data, box: ["about forty or fifty"]})
    assert answer.location == "/accounts/sign-in"
    assert any("about forty or fifty" in text for text in kept(world))


def test_and_on_a_sheet_for_two(world: World, couple: CoupleHere, sit_down: SitDown) -> None:
    round_id = a_sheet(world, couple, "monthly-budget")
    at = f"/reflections/{round_id}/sheet"
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    mine, theirs = ann.open(at).form("/sheet"), ben.open(at).form("/sheet")
    first, other = "f.fixed.energy.planned", "f.fixed.water.planned"
    ann.client.post(at, data={**filled_in(mine, {}), first: ["about a hundred"]})
    ben.client.post(at, data={**filled_in(theirs, {}), other: ["eighty, ask Mum"]})
    assert "ask Mum" in ben.open(at).text
    assert "about a hundred" in ann.open(at).text


def test_an_answer_that_is_not_asked_any_more_is_not_sent_and_not_lost(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id, *_) = world.an_assignment(couple, "gentle-start")
    with world.as_(couple.a, Role.PARTNER) as visit:
        fields = draft(visit, round_id).fields
    given: dict[str, object] = {}
    for field in fields:
        if field.type in ("short_text", "long_text"):
            given[field.key] = f"words {field.key}"
        elif field.type == "multi_choice":
            given[field.key] = (field.options[0].value,)
        elif field.type == "single_choice":
            given[field.key] = field.options[0].value
        elif field.type == "scale":
            given[field.key] = 5
    tried = next(field for field in fields if field.key == "tried")
    given["tried"] = next(o.value for o in tried.options if o.value != "tried")  # type: ignore[union-attr]
    world.a_draft(couple.a, round_id, {**given, "how_much": "all"})  # type: ignore[dict-item]
    world.now += timedelta(minutes=1)
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    assert kept(world) == ["words how_went"]
    page = sit_down(couple.a).open(f"/reflections/{round_id}")
    assert "it stands nowhere else" in page.said
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)
    assert kept(world) == ["words how_went"]
