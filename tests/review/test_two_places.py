"""What a counsellor writes back, in two places at once: no draft is written over, and no box takes another's words."""

from uuid import UUID

import sqlalchemy as sa

from portal.review.models import Feedback
from tests.homework.looking import Desk
from tests.support.browser import Page, filled_in
from tests.support.world import World


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
