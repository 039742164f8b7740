import re
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.care.service import set_joint_work
from portal.exercises.form.values import Row
from portal.homework.models import Assignment
from portal.homework.service import withdraw
from portal.reflections.drafts.queries import draft
from portal.reflections.models import KeptVersion, PrivateWord, Reflection, Revision
from portal.reflections.openings.service import open_round
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import JointWork, Pocket, ReflectionState, Role, Seat
from tests.support.browser import Browser, Page
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

SitDown = Callable[[UUID], Browser]
AWAY = "You have been away for a while, so we closed the page for your privacy."


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return world.an_assignment(couple)[0]


def issues(words: str) -> dict[str, object]:
    return {
        "areas": (Row("talking", None, {"hard": 6, "since": "years", "work_on": True}),),
        "start_with": f"talk {words}",
        "underneath": f"lonely {words}",
        "unfinished": f"quiet {words}",
        "private_note": f"secret {words}",
    }


def leaf(round_id: UUID, number: int) -> str:
    return f"/reflections/{round_id}/write/{number}"


def own_row(world: World, round_id: UUID, person_id: UUID) -> Reflection | None:
    with world.visit() as visit:
        query = select(Reflection).where(
            Reflection.round_id == round_id, Reflection.respondent_id == person_id
        )
        return visit.db.scalars(query).one_or_none()


def how_many(world: World, table: type[KeptVersion | Revision | PrivateWord]) -> int:
    with world.visit() as visit:
        return visit.db.scalar(select(func.count()).select_from(table)) or 0


def to_the_check_page(browser: Browser, page: Page, fields: Mapping[int, dict[str, str]]) -> Page:
    """Press on from leaf to leaf, writing where something is given."""
    for _leaf in range(20):
        if page.path.endswith("/check"):
            return page
        number = int(page.path.rsplit("/", 1)[1])
        page = browser.send(fields.get(number, {}), press="save_and_continue", to=page.path)
    raise AssertionError("the questions never end")


ANSWERS = {
    1: {"f.areas.talking.hard": "6"},
    2: {"f.start_with": "Talking"},
    3: {"f.underneath": "I felt alone"},
    5: {"f.unfinished": "The holiday"},
    8: {"f.private_note": "Only for you"},
}


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


class TestWriting:
    def test_each_question_says_beside_its_box_who_can_read_it(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 3))
        offered = [o["value"] for o in page.soup.select('[name="audience.underneath"] option')]
        assert offered == ["after_both", "counsellor"]
        assert "Ann" in page.form("/3").get_text()
        assert "Only my counsellor" in ann.open(leaf(round_id, 5)).said

    def test_a_narrower_reader_is_kept_and_shown_on_the_check_page(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        ann.open(leaf(round_id, 3))
        ann.send({"audience.underneath": "counsellor"}, press="save", to="/3")
        page = ann.open(f"/reflections/{round_id}/check")
        assert "you chose this" in page.said
        form = page.soup.select_one("#answer-underneath form")
        assert form is not None
        token = form.select_one('[name="csrf_token"]')
        assert token is not None
        wide = {"csrf_token": token["value"], "audience.underneath": "after_both"}
        ann.post(str(form["action"]), wide)
        assert "you chose this" not in ann.open(f"/reflections/{round_id}/check").said

    def test_nobody_widens_past_what_the_exercise_allows(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("one"))
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 5))
        token = page.form("/5").select_one('[name="csrf_token"]')
        assert token is not None
        wide = {"csrf_token": token["value"], "audience.unfinished": "after_both"}
        ann.post(f"/reflections/{round_id}/audience", wide)
        with world.as_(couple.a, Role.PARTNER) as visit:
            assert draft(visit, round_id).audiences["unfinished"].value == "counsellor"

    def test_wrong_input_comes_back_as_it_was_typed(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        ann = sit_down(couple.a)
        number, box = 0, None
        while box is None:
            number += 1
            page = ann.open(leaf(round_id, number))
            assert page.status == 200
            box = page.soup.select_one('input[inputmode="decimal"]')
        page = ann.send({str(box["name"]): "about ten"}, "save_and_continue", page.path)
        assert page.path == leaf(round_id, number)
        assert page.title.startswith("Error: Question")
        assert page.soup.select_one('.field--error input[value="about ten"]') is not None
        assert "Write a number, like 3 or 2.5." in page.said
        assert "Write a number" not in ann.open(leaf(round_id, number + 1)).said

    def test_rows_are_added_and_removed_without_scripts(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 1))
        before = len(page.soup.select(".rowgroup"))
        answer = ann.send_and_stay({"f.areas.money.hard": "9"}, press="add.areas", to="/1")
        assert answer.status_code == 303
        assert "#f-areas-" in str(answer.location)
        page = ann.open(leaf(round_id, 1))
        assert len(page.soup.select(".rowgroup")) == before + 1
        nine = page.soup.select_one('[name="f.areas.money.hard"][value="9"]')
        assert nine is not None
        assert nine.has_attr("checked")
        (remove,) = [str(b["name"]) for b in page.soup.select('button[name^="remove.areas"]')]
        page = ann.send(press=remove, to="/1")
        assert len(page.soup.select(".rowgroup")) == before

    def test_back_saves_too(self, couple: CoupleHere, round_id: UUID, sit_down: SitDown) -> None:
        ann = sit_down(couple.a)
        ann.open(leaf(round_id, 3))
        page = ann.send({"f.underneath": "half a thou"}, press="back", to="/3")
        assert page.path == leaf(round_id, 2)
        assert "half a thou" in ann.open(leaf(round_id, 3)).text

    def test_every_post_ends_in_see_other(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        ann.open(leaf(round_id, 2))
        for press in ("save", "back", "save_and_continue", "finish_later"):
            assert ann.send_and_stay({"f.start_with": "x"}, press, "/2").status_code == 303

    def test_what_hangs_on_another_answer_is_skipped(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "starting-point", to=(Seat.A,))
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 1))
        counted = re.search(r"Question 1 of (\d+)", page.title)
        assert counted is not None
        to_the_check_page(ann, page, {})

    def test_no_page_beyond_the_last(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert sit_down(couple.a).open(leaf(round_id, 99)).status == 404

    def test_no_field_is_remembered_by_the_browser(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        page = sit_down(couple.a).open(leaf(round_id, 3))
        assert page.form("/3")["autocomplete"] == "off"


class TestAutosave:
    def autosave(self, browser: Browser, round_id: UUID, page: Page, **fields: str) -> object:
        form = page.form(page.path)
        sent = {
            str(box["name"]): str(box.get("value", ""))
            for box in form.select('input[type="hidden"][name]')
        }
        sent |= {name.replace("__", "."): value for name, value in fields.items()}
        return browser.post(f"/reflections/{round_id}/autosave", sent, **{"X-Weft-Autosave": "1"})

    def test_keeps_what_is_typed_and_counts(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 3))
        answer = self.autosave(ann, round_id, page, f__underneath="I fel")
        assert answer.status_code == 200  # type: ignore[attr-defined]
        told = answer.get_json()  # type: ignore[attr-defined]
        assert told["counters"] == {"underneath": 1}
        assert told["saved_at"] == "09:00"
        assert "I fel" in ann.open(leaf(round_id, 3)).text

    def test_two_places_keep_both_texts(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        phone = sit_down(couple.a)
        page = phone.open(leaf(round_id, 3))
        world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
        answer = self.autosave(phone, round_id, page, f__underneath="from the phone")
        assert answer.status_code == 409  # type: ignore[attr-defined]
        told = answer.get_json()  # type: ignore[attr-defined]
        assert told["conflicts"] == [{"field": "underneath", "text": "from the desk", "counter": 1}]
        assert "underneath" not in told["counters"]
        page = phone.open(leaf(round_id, 3))
        assert "from the desk" in page.form("/3").get_text()
        assert "from the phone" in page.soup.select(".kept")[0].get_text()
        page = phone.send(to="/put-away")
        assert page.path == leaf(round_id, 3)
        assert not page.soup.select(".kept")
        assert how_many(world, KeptVersion) == 0

    def test_a_stale_page_overwrites_nothing_without_scripts(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        phone = sit_down(couple.a)
        phone.open(leaf(round_id, 3))
        world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
        page = phone.send({"f.underneath": "from the phone"}, "save_and_continue", "/3")
        assert page.path == leaf(round_id, 3)
        assert "from the desk" in page.form("/3").get_text()
        assert "from the phone" in page.soup.select(".kept")[0].get_text()

    def test_words_can_be_left_after_a_rest(
        self,
        world: World,
        couple: CoupleHere,
        round_id: UUID,
        sit_down: SitDown,
        clock: StandingClock,
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 3))
        clock.move(minutes=20)
        answer = self.autosave(ann, round_id, page, f__underneath="before I fell asleep")
        assert answer.status_code == 401  # type: ignore[attr-defined]
        assert "before" not in answer.get_data(as_text=True)  # type: ignore[attr-defined]
        assert how_many(world, KeptVersion) == 1
        with world.as_(couple.a, Role.PARTNER) as visit:
            assert "underneath" not in draft(visit, round_id).reading.values

    def test_a_rested_page_sent_by_hand_leads_to_the_door_with_the_words_kept(
        self,
        world: World,
        couple: CoupleHere,
        round_id: UUID,
        sit_down: SitDown,
        clock: StandingClock,
    ) -> None:
        ann = sit_down(couple.a)
        ann.open(leaf(round_id, 3))
        clock.move(minutes=20)
        page = ann.send({"f.underneath": "before I fell asleep"}, "save_and_continue", "/3")
        assert page.path == "/accounts/sign-in"
        assert AWAY in page.said
        assert how_many(world, KeptVersion) == 1

    def test_saving_keeps_a_sign_in_alive_and_asking_for_a_token_does_not(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown, clock: StandingClock
    ) -> None:
        ann = sit_down(couple.a)
        page = ann.open(leaf(round_id, 3))
        for words in ("one", "one two", "one two three"):
            clock.move(minutes=10)
            assert self.autosave(ann, round_id, page, f__underneath=words).status_code in (200, 409)  # type: ignore[attr-defined]
        clock.move(minutes=10)
        assert "csrf" in (ann.client.get("/reflections/token").get_json() or {})
        clock.move(minutes=10)
        asked = ann.client.get("/reflections/token", headers={"X-Weft-Autosave": "1"})
        assert asked.status_code == 401

    def test_nothing_typed_is_lost_where_it_was_sent_from_another_place(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        phone = sit_down(couple.a)
        phone.open(leaf(round_id, 3))
        world.a_reflection(couple.a, round_id, issues("one"))
        page = phone.send({"f.underneath": "one more thing"}, "save_and_continue", "/3")
        assert page.path == f"/reflections/{round_id}"
        assert "one more thing" in page.soup.select(".kept")[0].get_text()


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


class TestTheOther:
    def test_nothing_of_the_other_shows_until_it_opens(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.a, round_id, issues("mine"))
        ann = sit_down(couple.a)
        paths = ("/desk/week", "/reflections/mine", f"/reflections/{round_id}")
        before = [ann.open(path).said for path in paths]
        assert "Not open yet" in before[2]
        world.a_reflection(couple.b, round_id, issues("theirs"))
        assert [ann.open(path).said for path in paths] == before

    def test_what_is_open_stands_on_facing_pages(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.a, round_id, issues("mine"))
        world.a_reflection(couple.b, round_id, issues("theirs"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in reading(visit, round_id).parts:
                mark_read(visit, part.id)
            visit.db.flush()
            open_round(visit, round_id)
            words = write_feedback(visit, round_id, Pocket.JOINT, "Well listened, both.")
            visit.db.flush()
            release_feedback(visit, words.id)
        page = sit_down(couple.a).open(f"/reflections/{round_id}")
        facing = [spread.get_text(" ", strip=True) for spread in page.soup.select(".spread")]
        assert any("lonely mine" in text and "lonely theirs" in text for text in facing)
        for hidden in ("quiet theirs", "secret theirs", "secret mine"):
            assert hidden not in page.said
        assert "quiet mine" in page.said
        assert "Your counsellor wrote to you both" in page.said
        assert "Not open yet" not in page.said
        assert not page.soup.select('form[action$="consent"], form[action$="take-back"]')

    def test_a_strangers_piece_is_not_found(
        self, world: World, round_id: UUID, sit_down: SitDown
    ) -> None:
        stranger = sit_down(world.a_couple().a)
        for path in ("", "/write/1", "/check", "/sent", "/decline"):
            assert stranger.open(f"/reflections/{round_id}{path}").status == 404

    def test_individual_work_is_found_by_its_writer_alone(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        (round_id,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        ben = sit_down(couple.b)
        assert ben.open(f"/reflections/{round_id}").status == 404

    def test_a_changed_plan_is_one_sentence(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("mine"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            withdraw(visit, visit.db.scalars(select(Assignment.id)).one())
        ann = sit_down(couple.a)
        page = ann.open(f"/reflections/{round_id}")
        assert "Your counsellor has changed the plan for now." in page.said
        assert "Not open yet" not in page.said
        assert not page.soup.select('main a[href*="/write/"]')


class TestMyWriting:
    def test_is_empty_until_something_is_written(
        self, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert "Nothing here yet" in sit_down(couple.a).open("/reflections/mine").said

    def test_hides_a_title_that_stands_nowhere_else(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "deciding-to-raise-it", to=(Seat.A,))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
        world.a_draft(couple.a, round_id, {card.fields[-1].key: "words"})
        ann = sit_down(couple.a)
        for path in ("/desk/week", "/reflections/mine", f"/reflections/{round_id}"):
            page = ann.open(path)
            assert "A private page" in page.said
            assert card.task.title not in page.text
        assert card.task.title in ann.open(leaf(round_id, 1)).said


class TestGates:
    def test_when_joint_work_stops_nothing_can_be_shared(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (alone,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
        page = sit_down(couple.a).open(leaf(alone, 1))
        assert not page.soup.select('select[name^="audience."]')

    def test_others_cards_hold_no_state(
        self, world: World, couple: CoupleHere, round_id: UUID
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.b, round_id, issues("theirs"))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
            assert reflections_on(visit, [card.task])[round_id] == ()
