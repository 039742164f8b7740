"""Writing on pages with forms, from the first question to the check."""

from dataclasses import replace
from uuid import UUID

from portal.exercises.form.definition import Field, FieldCondition
from portal.reflections.drafts.leaves import leaves_of
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role, Seat
from tests.reflections.material import (
    SitDown,
    issues,
    leaf,
)
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


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
        assert page.title.startswith("Error: Day 1 of 7")
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

    def test_advice_that_an_answer_calls_up_is_read_before_going_on(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "if-they-will-not-come", to=(Seat.A,))
        ann = sit_down(couple.a)
        number, box = 0, None
        while box is None:
            number += 1
            page = ann.open(leaf(round_id, number))
            assert page.status == 200
            box = page.soup.select_one('[name="f.safe_ask"]')
        assert page.soup.select('.notnow [data-question="do_not_ask"]')
        page = ann.send({"f.safe_ask": "not_safe"}, "save_and_continue", page.path)
        assert page.path == leaf(round_id, number)
        assert page.soup.select('[data-question="do_not_ask"]')
        assert not page.soup.select(".notnow")
        page = ann.send(press="save_and_continue", to=page.path)
        assert page.path != leaf(round_id, number)

    def test_advice_that_a_last_question_of_a_diary_calls_up_is_read_with_it(
        self, world: World, couple: CoupleHere, sit_down: SitDown, clock: StandingClock
    ) -> None:
        (round_id,) = world.an_assignment(couple, "words-to-live-by", to=(Seat.A,))
        clock.move(days=6)
        with world.as_(couple.a, Role.PARTNER) as visit:
            leaves = leaves_of(draft(visit, round_id))
        assert [each.number for each in leaves if each.has_diary and "stop_here" in each.keys] == []
        (at,) = [each for each in leaves if "after_saying" in each.keys]
        ann = sit_down(couple.a)
        ann.open(leaf(round_id, at.number))
        page = ann.send({"f.after_saying": "worse"}, "save_and_continue", leaf(round_id, at.number))
        assert page.path == leaf(round_id, at.number)
        assert "Please stop using it" in page.said
        assert not page.soup.select(".notnow")
        assert ann.send(press="save_and_continue", to=page.path).path != page.path

    def test_what_hangs_on_an_answer_comes_when_its_question_does(
        self, world: World, couple: CoupleHere
    ) -> None:
        (round_id,) = world.an_assignment(couple, "words-to-live-by", to=(Seat.A,))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
        here = {field.key: field for field in card.fields}

        def hangs(key: str, like: str, on: str) -> Field:
            rule = FieldCondition(field=on, op="filled")
            return here[like].model_copy(update={"key": key, "when": None, "show_if": rule})

        fields = (
            here["days"],
            hangs("of_the_days", "stop_here", "days"),
            here["after_saying"],
            hangs("more", "changed", "after_saying"),
            hangs("of_more", "stop_here", "more"),
            hangs("this_of_that", "stop_here", "that_of_this"),
            hangs("that_of_this", "stop_here", "this_of_that"),
        )
        first, last = leaves_of(replace(card, fields=fields))
        assert first.keys == {"days", "of_the_days", "this_of_that", "that_of_this"}
        assert [field.key for field in last.fields] == ["after_saying", "more", "of_more"]

    def test_what_hangs_on_an_answer_stands_beside_it(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "gentle-start", to=(Seat.A,))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
        (at,) = [each for each in leaves_of(card) if "tried" in each.keys]
        assert {"tried", "how_went", "calm"} <= at.keys
        page = sit_down(couple.a).open(leaf(round_id, at.number))
        rules = page.soup.select("[data-show-if]")
        assert [str(rule["data-question"]) for rule in rules] == ["how_went", "calm"]

    def test_no_page_beyond_the_last(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert sit_down(couple.a).open(leaf(round_id, 99)).status == 404

    def test_no_field_is_remembered_by_the_browser(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        page = sit_down(couple.a).open(leaf(round_id, 3))
        assert page.form("/3")["autocomplete"] == "off"
