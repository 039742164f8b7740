"""Saving while somebody types, in one place and in two."""

from uuid import UUID

from werkzeug.test import TestResponse

from portal.reflections.drafts.counting import first_count
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import discard
from portal.reflections.models import KeptVersion
from portal.vocabulary import Role
from tests.reflections.material import SitDown, how_many, issues, leaf
from tests.support.browser import Browser, Page
from tests.support.moments import START, StandingClock
from tests.support.world import CoupleHere, World

AWAY = "You have been away for a while, so we closed the page for your privacy."


class TestAutosave:
    def autosave(self, browser: Browser, round_id: UUID, page: Page, **fields: str) -> TestResponse:
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
        assert answer.status_code == 200
        told = answer.get_json()
        assert told["counters"] == {"underneath": first_count(START) + 1}
        assert told["saved_at"] == "09:00"
        assert "I fel" in ann.open(leaf(round_id, 3)).text

    def test_two_places_keep_both_texts(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        phone = sit_down(couple.a)
        page = phone.open(leaf(round_id, 3))
        world.a_draft(couple.a, round_id, {"underneath": "from the desk"})
        answer = self.autosave(phone, round_id, page, f__underneath="from the phone")
        assert answer.status_code == 409
        told = answer.get_json()
        count = first_count(START) + 1
        clash = {"field": "underneath", "text": "from the desk", "counter": count}
        assert told["conflicts"] == [{**clash, "readers": "after_both"}]
        assert "underneath" not in told["counters"]
        page = phone.open(leaf(round_id, 3))
        assert "from the desk" in page.form("/3").get_text()
        assert "from the phone" in page.soup.select(".kept")[0].get_text()
        page = phone.send(press="Put it away", to="/3")
        assert page.path == leaf(round_id, 3)
        assert not page.soup.select(".kept")
        assert how_many(world, KeptVersion) == 0

    def test_a_page_of_a_draft_that_was_thrown_away_overwrites_nothing_of_the_next(
        self,
        world: World,
        couple: CoupleHere,
        round_id: UUID,
        clock: StandingClock,
        sit_down: SitDown,
    ) -> None:
        world.a_draft(couple.a, round_id, {"underneath": "thrown away"})
        phone = sit_down(couple.a)
        page = phone.open(leaf(round_id, 3))
        with world.as_(couple.a, Role.PARTNER) as visit:
            discard(visit, round_id)
        clock.move(minutes=1)
        world.now = clock.at
        world.a_draft(couple.a, round_id, {"underneath": "begun afresh"})
        answer = self.autosave(phone, round_id, page, f__underneath="from the old page")
        assert answer.status_code == 409
        page = phone.open(leaf(round_id, 3))
        assert "begun afresh" in page.form("/3").get_text()
        assert "from the old page" in page.soup.select(".kept")[0].get_text()

    def test_two_pages_from_before_the_draft_fill_different_boxes(
        self, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        phone, desk = sit_down(couple.a), sit_down(couple.a)
        pages = phone.open(leaf(round_id, 1)), desk.open(leaf(round_id, 3))
        number = str(pages[0].form("/1").select("input[type=radio]")[0]["name"])
        first = self.autosave(phone, round_id, pages[0], **{number.replace(".", "__"): "4"})
        then = self.autosave(desk, round_id, pages[1], f__underneath="and there")
        assert (first.status_code, then.status_code) == (200, 200)

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
        assert answer.status_code == 401
        assert "before" not in answer.get_data(as_text=True)
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
            assert self.autosave(ann, round_id, page, f__underneath=words).status_code in (200, 409)
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
