"""What is for the counsellor alone is not shown again once it was sent, by whichever way it comes back."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import leave_words, save
from portal.reflections.models import KeptVersion, PrivateWord, Reflection
from portal.reflections.queries import waiting_in
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import give_back, mark_read, send
from portal.vocabulary import ReflectionState, Role
from tests.reflections.material import SitDown, issues, leaf
from tests.support.browser import Browser, filled_in
from tests.support.sheets import a_sheet, fill, put, say_yes, second, the_row
from tests.support.world import CoupleHere, World

SAID = "You also wrote something for your counsellor alone"


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    (made,) = world.an_assignment(couple)[:1]
    world.a_draft(couple.a, made, issues("w"))
    return made


def last_page(browser: Browser, round_id: UUID) -> tuple[str, dict[str, list[str]]]:
    """The page with the private box, and what it sends when it is saved."""
    for number in range(1, 12):
        page = browser.open(leaf(round_id, number))
        if "f.private_note" in page.text:
            return page.path, filled_in(page.form(""), {}, "save_and_continue")
    raise AssertionError("no page asks for it")


def left(world: World) -> list[str]:
    with world.visit() as visit:
        rows = visit.db.scalars(sa.select(KeptVersion)).all()
        return [visit.vault.open(row.place, row.value) for row in rows]


def sent(world: World, couple: CoupleHere, round_id: UUID) -> None:
    world.now += timedelta(minutes=1)
    with world.as_(couple.a, Role.PARTNER) as visit:
        send(visit, round_id, Said(True, {}))
    world.now += timedelta(minutes=1)


def late_and_given_back(world: World, couple: CoupleHere, ann: Browser, round_id: UUID) -> str:
    """One thing more came after the sending, and the counsellor returned the piece; where it is written."""
    path, data = last_page(ann, round_id)
    sent(world, couple, round_id)
    ann.client.post(path, data={**data, "f.private_note": ["and one thing more"]})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, visit.db.scalars(sa.select(Reflection.id)).one(), "A little more")
    ann.open(path)
    return path


def test_a_page_one_has_gone_back_to_keeps_nothing_that_was_sent(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    path, data = last_page(ann, round_id)
    sent(world, couple, round_id)
    answer = ann.client.post(path, data=data)
    assert answer.status_code == 303
    assert left(world) == []
    page = ann.open(f"/reflections/{round_id}")
    assert "secret w" not in page.text
    assert SAID not in page.said


def test_what_comes_after_it_is_kept_out_of_sight_and_can_be_sent_on(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    path, data = last_page(ann, round_id)
    sent(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        mark_read(visit, visit.db.scalars(sa.select(Reflection.id)).one())
    ann.client.post(path, data={**data, "f.private_note": ["and one thing more"]})
    assert left(world) == ["and one thing more"]
    page = ann.open(f"/reflections/{round_id}")
    assert SAID in page.said
    for at in (f"/reflections/{round_id}", "/records/mine/data", "/records/mine/pages"):
        assert "and one thing more" not in ann.client.get(at).get_data(as_text=True)
    page = ann.send({}, to="/send-on")
    assert "Only your counsellor reads it" in page.said
    assert "and one thing more" not in page.text
    assert left(world) == []
    with world.visit() as visit:
        words = visit.db.scalars(sa.select(PrivateWord).order_by(PrivateWord.sent_at)).all()
        said = [visit.vault.open(word.place, word.value) for word in words]
        state = visit.db.scalars(sa.select(Reflection.state)).one()
    assert any("and one thing more" in text for text in said)
    assert state is ReflectionState.REVIEWED, "what was read stays read"
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert [each.round_id for each in waiting_in(visit, [couple.id])] == [round_id]


def test_the_other_text_of_a_clash_is_out_of_sight_from_the_sending_on(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    with world.as_(couple.a, Role.PARTNER) as visit:
        stale = dict.fromkeys(draft(visit, round_id).counters, 0)
        words = {"private_note": "HIDDENTHING"}
        save(visit, round_id, Reading(values=words, present=frozenset(words), counters=stale))
    ann = sit_down(couple.a)
    assert "HIDDENTHING" in ann.open(f"/reflections/{round_id}").text, "nothing is sent so far"
    sent(world, couple, round_id)
    page = ann.open(f"/reflections/{round_id}")
    assert "HIDDENTHING" not in page.text
    assert SAID in page.said
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, visit.db.scalars(sa.select(Reflection.id)).one(), "A little more")
    for at in (f"/reflections/{round_id}", *(leaf(round_id, n) for n in range(1, 9))):
        assert "HIDDENTHING" not in ann.open(at).text
    page = ann.open(f"/reflections/{round_id}")
    ann.send({}, to="/put-away")
    assert left(world) == []


def test_what_is_not_shown_is_put_away_one_by_one(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    path, data = last_page(ann, round_id)
    sent(world, couple, round_id)
    for words in ("HIDDENTHING", "another thing"):
        ann.client.post(path, data={**data, "f.private_note": [words]})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, visit.db.scalars(sa.select(Reflection.id)).one(), "A little more")
    for still in (1, 0):
        page = ann.open(path)
        assert SAID in page.said
        ann.send({}, press="Put it away", to=path)
        assert len(left(world)) == still


def test_it_is_sent_on_from_the_page_that_is_being_written_as_well(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    path = late_and_given_back(world, couple, ann, round_id)
    page = ann.send({"f.private_note": "typed since"}, press="Send it to my counsellor", to=path)
    assert "Only your counsellor reads it" in page.said
    assert left(world) == []
    assert "typed since" in ann.open(path).text, "what stood in the boxes was kept first"


def test_where_the_saving_clashes_it_stays(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    path = late_and_given_back(world, couple, ann, round_id)
    world.a_draft(couple.a, round_id, {"private_note": "of the desk"})
    page = ann.send({"f.private_note": "typed since"}, press="Send it to my counsellor", to=path)
    assert page.path == path
    assert sorted(left(world)) == ["and one thing more", "typed since"]


def test_nor_does_a_sheet_lose_what_stands_in_its_boxes_by_it(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    sheet = a_sheet(world, couple)
    fill(world, couple, sheet, "of theirs")
    put(world, couple.a, sheet, {"private_note": "one thing"})
    ann, at = sit_down(couple.a), f"/reflections/{sheet}/sheet"
    data = filled_in(ann.open(at).form("/sheet"), {})
    for person_id in (couple.a, second(couple)):
        say_yes(world, person_id, sheet, opens=False)
    ann.client.post(f"{at}/autosave", data={**data, "f.private_note": ["and one thing more"]})
    assert left(world) == ["and one thing more"]
    sheet_id = the_row(world, sheet).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, sheet_id, "A little more")
    ann.open(at)
    page = ann.send({"f.signal": "typed since"}, press="Send it to my counsellor", to=at)
    assert "Only your counsellor reads it" in page.said
    assert left(world) == []
    assert "typed since" in ann.open(at).text


def test_nor_is_a_choice_for_the_counsellor_alone_kept_again_once_it_was_sent(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    choice = {"could_be_open": "mostly"}
    world.a_draft(couple.a, round_id, choice)
    sent(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, visit.db.scalars(sa.select(Reflection.id)).one(), "A little more")
    with world.as_(couple.a, Role.PARTNER) as visit:
        leave_words(visit, round_id, Reading(values=choice, present=frozenset(choice)))
    assert left(world) == []


def test_nobody_else_can_send_it_on(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    path, data = last_page(ann, round_id)
    sent(world, couple, round_id)
    ann.client.post(path, data={**data, "f.private_note": ["and one thing more"]})
    with world.visit() as visit:
        kept = visit.db.scalars(sa.select(KeptVersion.id)).one()
    token = ben.open(f"/reflections/{round_id}").soup.select_one("[name=csrf_token]")
    assert token is not None
    at = f"/reflections/{round_id}/kept/{kept}/send-on"
    assert ben.client.post(at, data={"csrf_token": str(token["value"])}).status_code == 404
    assert left(world) == ["and one thing more"]


def test_words_that_come_after_a_sheet_was_sent_stand_beside_it(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    sheet = a_sheet(world, couple)
    fill(world, couple, sheet, "of theirs")
    ann = sit_down(couple.a)
    at = f"/reflections/{sheet}/sheet"
    data = filled_in(ann.open(at).form("/sheet"), {}, "save")
    for who in (couple.a, second(couple)):
        say_yes(world, who, sheet)
    ann.client.post(at, data={**data, "f.signal": ["Another sign"]})
    assert left(world) == ["Another sign"], "what was sent as it is need not be kept again"
    page = ann.open(at)
    assert "Another sign" in page.said
    ann.send({}, to="/put-away")
    assert left(world) == []


def test_what_comes_after_a_sheet_for_two_can_be_sent_on_as_well(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id = a_sheet(world, couple)
    fill(world, couple, round_id, "outside")
    ann, ben = sit_down(couple.a), sit_down(second(couple))
    at = f"/reflections/{round_id}/sheet"
    data = filled_in(ann.open(at).form("/sheet"), {"f.private_note": "and one thing more"})
    assert not say_yes(world, couple.a, round_id)
    assert say_yes(world, second(couple), round_id)
    sheet_id = the_row(world, round_id).id
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        mark_read(visit, sheet_id)
    assert ann.client.post(f"{at}/autosave", data=data).status_code == 409
    before = [ben.open(each).said for each in (f"/reflections/{round_id}", "/desk/week")]
    assert SAID in ann.open(f"/reflections/{round_id}").said
    page = ann.send({}, to="/send-on")
    assert "Only your counsellor reads it" in page.said
    assert left(world) == []
    with world.visit() as visit:
        words = visit.db.scalars(sa.select(PrivateWord).order_by(PrivateWord.sent_at)).all()
        assert [word.respondent_id for word in words][-1] == couple.a
        assert "and one thing more" in visit.vault.open(words[-1].place, words[-1].value)
    after = [ben.open(each).said for each in (f"/reflections/{round_id}", "/desk/week")]
    assert before == after, "the other learns nothing of it"


def test_whoever_takes_it_back_is_told_that_words_for_the_counsellor_stay(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    last_page(sit_down(couple.a), round_id)
    sent(world, couple, round_id)
    ann = sit_down(couple.a)
    assert "alone stays with them" in ann.open(f"/reflections/{round_id}").said
    page = ann.send({}, to="/take-back")
    assert "that stays with them" in page.said
    assert "You also sent something for your counsellor alone." in page.said
    assert "secret w" not in page.text
