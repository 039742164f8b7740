"""A partner's writing, by its addresses."""

from uuid import UUID

from portal.reflections.models import PrivateWord, Revision
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.vocabulary import ReflectionState, Role
from tests.reflections.material import (
    ANSWERS,
    SitDown,
    how_many,
    issues,
    leaf,
    own_row,
    to_the_check_page,
)
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


class TestTheMainRoad:
    def test_from_this_week_to_the_receipt(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open("/")
        assert page.path == "/desk/week"
        page = ann.open(page.link("Naming what gets in the way"))
        page = ann.open(page.link("Begin"))
        assert page.title == "Question 1 of 8 - Weft"
        assert own_row(world, round_id, couple.a) is None
        page = to_the_check_page(ann, page, ANSWERS)
        assert page.title == "Check before sending - Weft"
        assert "Only for you" in page.said
        assert not page.soup.select("#send input[checked]")
        page = ann.send({"open_round": "open"}, press="Send to your counsellor", to="/check")
        assert page.path.endswith("/sent")
        row = own_row(world, round_id, couple.a)
        assert row is not None
        assert row.state is ReflectionState.SUBMITTED
        page = ann.open(page.link("Read what you sent"))
        assert "I felt alone" in page.said
        assert "Only for you" not in page.said
        assert "You also sent something for your counsellor alone" in page.said

    def test_sending_twice_lands_on_the_same_receipt(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/check")
        first = ann.send_and_stay(press="Send to your counsellor", to="/check")
        second = ann.send_and_stay(press="Send to your counsellor", to="/check")
        assert first.status_code == second.status_code == 303
        assert first.location == second.location == f"/reflections/{round_id}/sent"
        assert how_many(world, Revision) == 2  # the emptied draft and what was sent
        assert how_many(world, PrivateWord) == 1

    def test_no_answer_to_the_opening_means_no(
        self,
        world: World,
        couple: CoupleHere,
        round_id: UUID,
        sit_down: SitDown,
        clock: StandingClock,
    ) -> None:
        world.a_draft(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/check")
        ann.send(press="Send to your counsellor", to="/check")
        clock.move(minutes=1)
        page = ann.open(f"/reflections/{round_id}")
        chosen = page.form("/consent").select_one("input[checked]")
        assert chosen is not None
        assert chosen["value"] == "keep_closed"
        page = ann.send({"open_round": "open"}, to="/consent")
        chosen = page.form("/consent").select_one("input[checked]")
        assert chosen is not None
        assert chosen["value"] == "open"

    def test_what_is_missing_is_said_with_a_way_to_it(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, {"start_with": "Talking"})
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/check")
        page = ann.send(press="Send to your counsellor", to="/check")
        assert page.title.startswith("Error: Check before sending")
        assert "Two things to look at" in page.said
        page = ann.open(page.link("This question needs an answer before you send."))
        assert page.path == leaf(round_id, 3)
        assert page.soup.select_one(".field--error textarea") is not None
        row = own_row(world, round_id, couple.a)
        assert row is not None
        assert row.state is ReflectionState.DRAFT

    def test_taking_back_starts_from_the_old_words(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_reflection(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}/sent")
        page = ann.send(to="/take-back")
        assert "You have it back" in page.said
        page = ann.open(leaf(round_id, 3))
        assert "lonely one" in page.said
        assert "secret one" not in ann.open(leaf(round_id, 8)).text

    def test_what_was_read_cannot_be_taken_back(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_reflection(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        page = ann.open(f"/reflections/{round_id}")
        assert page.form("/take-back")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in reading(visit, round_id).parts:
                mark_read(visit, part.id)
        page = ann.open(f"/reflections/{round_id}")
        assert not page.soup.select('form[action$="take-back"]')


class TestSayingNo:
    def test_declining_is_kindly_worded_and_only_the_counsellor_learns_of_it(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        ben = sit_down(couple.b)
        before = ben.open(f"/reflections/{round_id}").said, ben.open("/desk/week").said
        ann = sit_down(couple.a)
        page = ann.open(f"/reflections/{round_id}")
        ann.open(page.link("I would rather not do this one"))
        page = ann.send(press="I would rather not do this one", to="/decline")
        assert page.path == "/desk/week"
        assert "That is all right." in page.said
        assert "Naming what gets in the way" not in page.said
        assert "You left this one out" in ann.open(f"/reflections/{round_id}").said
        after = ben.open(f"/reflections/{round_id}").said, ben.open("/desk/week").said
        assert before == after

    def test_a_draft_can_be_thrown_away(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}")
        page = ann.send(to="/discard")
        assert page.link("Begin")
        assert own_row(world, round_id, couple.a) is None

    def test_it_can_be_thrown_away_after_taking_it_back_and_what_was_said_alone_stays(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_reflection(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(f"/reflections/{round_id}")
        ann.send(to="/take-back")
        ann.open(f"/reflections/{round_id}")
        assert ann.send(to="/discard").status == 200
        assert "talk one" not in ann.open(f"/reflections/{round_id}/write/1").text
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            parts = reading(visit, round_id).parts
            said = [card.shown.text for part in parts for card in part.private]
            assert said == ["secret one"]
