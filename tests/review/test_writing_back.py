"""The counsellor acts on what was read: releases an answer, returns a part, writes back."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.values import Row, Value
from portal.homework.queries import task
from portal.reflections.models import Reflection, Release
from portal.review.models import Feedback
from portal.review.queries import NOT_OPEN
from portal.vocabulary import ReflectionState, Role
from tests.homework.looking import Desk
from tests.review.material import states
from tests.support.world import CoupleHere, World

ASKS = "Asking for things has not been punished in this relationship."


def needs(world: World, round_id: UUID, counsellor_id: UUID) -> tuple[UUID, dict[str, Value]]:
    """Who was given it, and enough to send it."""
    with world.as_(counsellor_id, Role.COUNSELLOR) as visit:
        card = task(visit, round_id)
    values = next(f for f in card.edition.content.exercise.fields if f.key == "values")
    return card.recipients[0], {
        "happy_times": "By the sea.",
        "needs": (Row("fun", None, {"importance": 5}),),
        "values": (str(values.options[0].value),),  # type: ignore[union-attr]
        "look_after": "A walk.",
        "ask": "Come with me once a week.",
    }


class TestRelease:
    def test_needs_the_statement(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        made, _other = world.an_assignment(couple, "needs-and-values")
        writer, values = needs(world, made, couple.counsellor_id)
        world.a_reflection(writer, made, values, releases={"ask": True})
        page = desk.open(f"/review/{made}")
        assert "You first, then both if it is released" in page.said
        page = desk.press("Release to the other partner")
        assert page.status == 422
        assert ASKS in page.said
        page = desk.press("Release to the other partner", {"tick": ASKS})
        assert "Released to the other partner" in page.said
        with world.visit() as visit:
            assert visit.db.scalars(sa.select(Release.field_key)).all() == ["ask"]

    def test_needs_the_writers_yes(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        made, _other = world.an_assignment(couple, "needs-and-values")
        writer, values = needs(world, made, couple.counsellor_id)
        world.a_reflection(writer, made, values)
        page = desk.open(f"/review/{made}")
        assert "has not said yes to releasing this" in page.said
        assert page.soup.select('form[action*="/release/"]') == []


class TestReturning:
    def test_with_a_line(
        self, world: World, desk: Desk, couple: CoupleHere, round_id: UUID
    ) -> None:
        desk.open(f"/review/{round_id}")
        with world.visit() as visit:
            query = sa.select(Reflection).where(Reflection.respondent_id == couple.a)
            part_id = visit.db.scalars(query).one().id
        page = desk.press("Return it", {"line": ""}, to=f"/return/{part_id}")
        assert page.status == 422
        assert "Write one line, so that they know what to look at." in page.said
        desk.open(f"/review/{round_id}")
        page = desk.press("Return it", {"line": "Say more of the summer."}, to=f"/return/{part_id}")
        assert "is writing again" in page.said
        assert ReflectionState.RETURNED in states(world, round_id)


class TestFeedback:
    def test_drafted_then_sent(
        self, world: World, desk: Desk, couple: CoupleHere, round_id: UUID
    ) -> None:
        desk.open(f"/review/{round_id}")
        page = desk.press(
            "Keep as a draft", {"text": "Thank you, Ann.", "pocket": "a"}, to="/feedback"
        )
        assert "Kept as a draft. Only you see it." in page.said
        with world.visit() as visit:
            (row,) = visit.db.scalars(sa.select(Feedback)).all()
            assert row.released_at is None
        page = desk.press("Send", {"text": "Thank you, dear Ann."}, to=f"/feedback/{row.id}")
        assert "Thank you, dear Ann." in page.said
        with world.visit() as visit:
            (row,) = visit.db.scalars(sa.select(Feedback)).all()
            assert row.released_at is not None

    def test_words_to_both_wait_for_the_opening_and_are_kept_in_the_box(
        self, world: World, desk: Desk, round_id: UUID
    ) -> None:
        page = desk.open(f"/review/{round_id}")
        assert "Words to both can be sent once this round is open to both." in page.said
        page = desk.press("Send", {"text": "To you both.", "pocket": "joint"}, to="/feedback")
        assert page.status == 422
        assert NOT_OPEN in page.said
        box = page.soup.select_one("#text")
        assert box is not None
        assert box.get_text().strip() == "To you both."
        with world.visit() as visit:
            assert visit.db.scalars(sa.select(Feedback)).all() == []

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"text": "  ", "pocket": "a"}, "Write something first."),
            ({"text": "Words."}, "Choose to whom you write."),
        ],
    )
    def test_what_is_missing_is_said(
        self, desk: Desk, round_id: UUID, fields: dict[str, str], sentence: str
    ) -> None:
        desk.open(f"/review/{round_id}")
        page = desk.press("Send", fields, to="/feedback")
        assert page.status == 422
        assert sentence in page.said
