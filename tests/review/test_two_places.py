"""What a counsellor writes back, in two places at once: no draft is written over, and no box takes another's words."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.foundation.errors import Stale, TooLate
from portal.reflections.sending.queries import READ_ALREADY
from portal.reflections.sending.service import CAME_IN_ANEW, give_back, take_back
from portal.review.models import Feedback
from portal.review.queries import reading
from portal.vocabulary import Role
from tests.homework.looking import Desk, issues
from tests.support.browser import Page, filled_in
from tests.support.sheets import second
from tests.support.world import CoupleHere, World


def drafts(world: World) -> list[str]:
    with world.visit() as visit:
        rows = visit.db.scalars(sa.select(Feedback)).all()
        return [row.words(visit.vault, "text", row.owner_id) for row in rows]


def a_draft(world: World, desk: Desk, round_id: UUID) -> tuple[Page, str]:
    desk.open(f"/review/{round_id}")
    page = desk.press("Keep as a draft", {"text": "First.", "pocket": "a"}, to="/feedback")
    with world.visit() as visit:
        return page, f"/review/{round_id}/feedback/{visit.db.scalars(sa.select(Feedback.id)).one()}"


def test_an_older_page_does_not_write_over_a_newer_draft(
    world: World, desk: Desk, round_id: UUID
) -> None:
    page, at = a_draft(world, desk, round_id)
    form = page.form(at)
    newer = {**filled_in(form, {"text": "Newer, longer words."}), "then": ["keep"]}
    older = {**filled_in(form, {"text": "First. And a little."}), "then": ["keep"]}
    assert desk.client.post(at, data=newer).status_code == 303
    answer = desk.client.post(at, data=older)
    assert answer.status_code == 409
    assert "First. And a little." in answer.text, "it is given back"
    assert drafts(world) == ["Newer, longer words."]


def test_what_was_sent_meanwhile_stays_as_it_was_sent(
    world: World, desk: Desk, round_id: UUID
) -> None:
    page, at = a_draft(world, desk, round_id)
    form = page.form(at)
    desk.client.post(at, data={**filled_in(form, {}), "then": ["send"]})
    more = {**filled_in(form, {"text": "First. And a whole page more."}), "then": ["send"]}
    answer = desk.client.post(at, data=more)
    assert answer.status_code == 409
    assert "has been sent already" in answer.text
    assert "And a whole page more." in answer.text
    assert drafts(world) == ["First."]


def test_the_words_of_one_box_do_not_stand_in_another(
    world: World, desk: Desk, round_id: UUID
) -> None:
    page, at = a_draft(world, desk, round_id)
    page = desk.press("Keep as a draft", {"text": "x" * 7000}, to=at)
    assert page.status == 422
    boxes = {str(box.get("id")): box.get_text().strip() for box in page.soup.select("textarea")}
    assert [len(text) for name, text in boxes.items() if text.startswith("x")] == [7000]
    assert boxes["text"] == ""


def test_nor_does_one_that_was_too_long_at_first(world: World, desk: Desk, round_id: UUID) -> None:
    page, at = a_draft(world, desk, round_id)
    desk.press("Keep as a draft", {"text": "Newer, longer words."}, to=at)
    desk.page = page
    assert desk.press("Keep as a draft", {"text": "y" * 6001}, to=at).status == 422
    answer = desk.press_and_stay("Keep as a draft", {"text": "y" * 100}, to=at)
    assert answer.status_code == 409
    assert drafts(world) == ["Newer, longer words."]


def test_what_a_refused_form_shows_counts_as_read(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("ann"))
    desk.open(f"/review/{made}")
    world.a_reflection(second(couple), made, issues("ben"))
    page = desk.press("Send", {"text": "", "pocket": "a"}, to="/feedback")
    assert page.status == 422
    assert "talk ben" in page.said
    with world.as_(second(couple), Role.PARTNER) as visit, pytest.raises(TooLate) as no:
        take_back(visit, made)
    assert no.value.message == READ_ALREADY


def test_words_that_came_in_anew_are_looked_at_before_they_are_returned(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("ann"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (part,) = reading(visit, made).parts
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, made)
    world.a_reflection(couple.a, made, issues("ann, again"))
    page = desk.open(f"/review/{made}")
    page.soup.select('form[action*="/return/"] [name="seen"]')[0]["value"] = part.text_mark
    page = desk.press("Return it", {"line": "Say more."}, to=f"/return/{part.id}")
    assert page.status == 422
    assert CAME_IN_ANEW in page.said
    assert page.soup.select('form[action*="/return/"] [name="line"]')[0]["value"] == "Say more."
    page = desk.press("Return it", {}, to=f"/return/{part.id}")
    assert "is writing again" in page.said


def test_nor_in_the_very_instant(world: World, couple: CoupleHere) -> None:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("ann"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (part,) = reading(visit, made).parts
        with pytest.raises(Stale):
            give_back(visit, part.id, "Say more.", str(uuid4()))
        give_back(visit, part.id, "Say more.", part.text_mark)


def test_a_draft_that_was_sent_meanwhile_gives_back_even_what_is_too_long(
    world: World, desk: Desk, round_id: UUID
) -> None:
    page, at = a_draft(world, desk, round_id)
    form = page.form(at)
    desk.client.post(at, data={**filled_in(form, {}), "then": ["send"]})
    answer = desk.client.post(at, data={**filled_in(form, {"text": "z" * 6001}), "then": ["keep"]})
    assert answer.status_code == 409
    assert "z" * 6001 in answer.text


@pytest.mark.parametrize("line", ["Say a little more.", "w" * 401])
def test_the_line_of_a_return_is_given_back_where_it_was_returned_meanwhile(
    world: World, desk: Desk, couple: CoupleHere, line: str
) -> None:
    (made,) = world.an_assignment(couple)
    world.a_reflection(couple.a, made, issues("ann"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (part,) = reading(visit, made).parts
    at = f"/review/{made}/return/{part.id}"
    form = desk.open(f"/review/{made}").form(at)
    assert desk.client.post(at, data=filled_in(form, {"line": "First."})).status_code == 303
    answer = desk.client.post(at, data=filled_in(form, {"line": line}))
    assert answer.status_code == 409
    assert line in answer.text
    assert "cannot be returned any more" in answer.text
