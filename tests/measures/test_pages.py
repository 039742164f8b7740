"""The check-in's pages: what is typed is kept, what is sent is one's own, and nobody else's."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.foundation.errors import NotFound, TooLate
from portal.measures import queries, service
from portal.measures.consents import yes_of_both
from portal.measures.models import CheckIn, TotalsConsent
from portal.measures.picture import couple_picture
from portal.measures.queries import check_ins_of, own_check_ins
from portal.people.queries import couple_card
from portal.vocabulary import ContactLevel, Role
from tests.support.browser import Browser, filled_in
from tests.support.check_ins import a_begun_check_in, a_check_in, switch_on, typed
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

WEEK = timedelta(days=7)


class TestWriting:
    def test_what_was_kept_stands_there_again(
        self, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        page = ann.open("/measures/check-in")
        assert page.said.count("No answer") == 12
        assert not page.soup.select("main input[checked]")
        given = {"heard": "7", "trust": "none", "comment": "long nights", "keep": "1"}
        ann.client.post("/measures/check-in", data={**given, "csrf_token": token_of(page)})
        page = ann.open("/measures/check-in")
        chosen = {str(box["id"]) for box in page.soup.select("main input[checked]")}
        assert chosen == {"heard-7", "trust-none"}
        assert "long nights" in page.said

    @pytest.mark.parametrize("seat", ["a", "b"])
    def test_the_writers_name_and_mark_stand_beside_the_boxes(
        self, couple: CoupleHere, sit_down: Callable[..., Browser], seat: str
    ) -> None:
        page = sit_down(getattr(couple, seat), Role.PARTNER).open("/measures/check-in")
        name = {"a": "Ann", "b": "Ben"}[seat]
        marks = page.soup.select(f"form .writer .who--{seat} .name")
        assert [mark.text for mark in marks] == [name] * 3
        assert len(page.soup.select("form .writer")) == 3
        for box in ("comment", "private_note"):
            beside = page.soup.select(f".writer + .field:has(#{box})")
            assert len(beside) == 1

    def test_what_does_not_fit_is_said_and_nothing_is_lost(
        self, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        page = ann.open("/measures/check-in")
        asked = filled_in(page.form("/check-in"), {"comment": "mine"}, "send")
        given = {**asked, "heard": "11"}
        answer = ann.client.post("/measures/check-in", data=given)
        assert answer.status_code == 422
        assert "Choose one of the numbers" in answer.text
        assert "mine" in ann.open("/measures/check-in").said

    def test_a_slower_device_is_told_and_both_texts_stay(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        page = ann.open("/measures/check-in")
        a_begun_check_in(world, couple.a, typed(comment="from the phone"))
        given = {"comment": "from the desk", "counter.comment": "0", "csrf_token": token_of(page)}
        answer = ann.client.post("/measures/check-in/autosave", data=given)
        assert answer.status_code == 409
        (clash,) = answer.get_json()["conflicts"]
        assert clash == {"field": "comment", "text": "from the phone", "counter": 1}
        others = {"heard": "7", "csrf_token": token_of(page)}
        answer = ann.client.post("/measures/check-in/autosave", data=others)
        assert "comment" not in answer.get_json()["counters"], "it waits for a decision"
        answer = ann.client.post("/measures/check-in", data=given)
        assert answer.status_code == 409
        assert "from the phone" in answer.text
        assert "from the desk" in answer.text

    def test_what_comes_after_it_was_sent_elsewhere_is_given_back(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        page = ann.open("/measures/check-in")
        a_check_in(world, couple.a, typed(6))
        given = {"comment": "what I add", "private_note": "alone", "csrf_token": token_of(page)}
        answer = ann.client.post("/measures/check-in", data={**given, "send": "1"})
        assert answer.status_code == 409
        assert "has been sent already" in answer.text
        assert "what I add" in answer.text
        assert "alone" in answer.text

    def test_a_page_that_stayed_open_over_sunday_night_goes_on_in_its_own_week(
        self, couple: CoupleHere, sit_down: Callable[..., Browser], clock: StandingClock
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        page = ann.open("/measures/check-in")
        week = str(page.soup.select("[name=week]")[0]["value"])
        given = {"comment": "on Sunday", "week": week, "csrf_token": token_of(page)}
        ann.client.post("/measures/check-in/autosave", data=given)
        clock.move(days=7)
        ann = sit_down(couple.a, Role.PARTNER)
        more = {"comment": "and on Monday", "counter.comment": "1", "week": week}
        token = token_of(ann.open("/measures/check-in"))
        answer = ann.client.post("/measures/check-in", data={**more, "csrf_token": token})
        assert answer.headers["Location"] == "/measures/check-in?late=1"
        assert "and on Monday" in ann.open("/measures/check-in?late=1").said
        assert "Monday" not in str(ann.open("/measures/check-in").soup.select("#comment"))

    def test_once_sent_the_private_words_are_not_seen_again(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        words = world.marker()
        a_check_in(world, couple.a, typed(private_note=words, comment=world.marker()))
        ann = sit_down(couple.a, Role.PARTNER)
        for path in ("/desk/week", "/measures/mine", "/measures/check-in"):
            assert words not in ann.open(path).text
        nadia = sit_down(couple.counsellor_id, Role.COUNSELLOR)
        assert words in nadia.open(f"/measures/{couple.id}").text

    def test_there_is_one_a_person_and_week(self, world: World, couple: CoupleHere) -> None:
        a_check_in(world, couple.a, typed())
        with pytest.raises(TooLate):
            a_check_in(world, couple.a, typed())
        world.now += WEEK
        a_check_in(world, couple.a, typed())

    def test_a_draft_of_last_week_can_still_be_sent(self, world: World, couple: CoupleHere) -> None:
        a_begun_check_in(world, couple.a, typed(5, comment="begun"))
        world.now += WEEK
        with world.as_(couple.a, Role.PARTNER) as visit:
            assert queries.writing(visit).unsent_before
            late = queries.writing(visit, late=True)
            assert late.typed["comment"] == "begun"
            service.send(visit, typed(5, comment="begun"), late=True)
            assert not queries.writing(visit).unsent_before

    def test_switched_off_nobody_is_asked(self, world: World, couple: CoupleHere) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.switch(visit, couple.id, on=False)
        with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(NotFound):
            queries.writing(visit)

    def test_without_contact_six_lines_are_asked(self, world: World) -> None:
        couple = world.a_couple(contact=ContactLevel.NO_CONTACT)
        switch_on(world, couple)
        with world.as_(couple.a, Role.PARTNER) as visit:
            assert len(queries.writing(visit).text.items) == 6


class TestSight:
    def test_nobody_learns_whether_the_other_has_answered(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ben = sit_down(couple.b, Role.PARTNER)
        paths = ("/desk/week", "/measures/mine", "/measures/check-in")
        before = [ben.open(path).said for path in paths]
        a_check_in(world, couple.a, typed(2, comment="c", private_note="p"))
        with world.as_(couple.a, Role.PARTNER) as visit:
            service.say(visit, yes=True)
        assert [ben.open(path).said for path in paths] == before

    def test_own_pages_hold_neither_wellbeing_nor_safety(
        self, world: World, couple: CoupleHere
    ) -> None:
        a_check_in(world, couple.a, typed(6, wellbeing="1", safety="2"))
        with world.as_(couple.a, Role.PARTNER) as visit:
            mine = own_check_ins(visit, "en")
        assert [week.score.total for week in mine.weeks] == [60]
        assert {cell for row in mine.rows for cell in row.cells} == {60}

    def test_a_yes_is_shown_as_what_it_was_said_to(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        ann = sit_down(couple.a, Role.PARTNER)
        assert "Your totals and their parts stand in it only if" in ann.open("/measures/mine").said
        with world.as_(couple.a, Role.PARTNER) as visit:
            service.say(visit, yes=True)
        assert "You said yes, " in ann.open("/measures/mine").said
        with world.visit() as visit:
            visit.db.execute(sa.update(TotalsConsent).values(text_version=1))
        older = ann.open("/measures/mine").said
        assert "You said yes to your total without its parts, " in older
        assert "You said yes, " not in older

    def test_an_unsent_check_in_is_not_there_for_the_counsellor(
        self, world: World, couple: CoupleHere
    ) -> None:
        a_begun_check_in(world, couple.a, typed())
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            assert check_ins_of(visit, couple_card(visit, couple.id)) == []

    def test_what_lies_in_the_database_is_sealed(self, world: World, couple: CoupleHere) -> None:
        words = world.marker()
        a_check_in(world, couple.a, typed(comment=words))
        with world.visit() as visit:
            row = visit.db.scalars(sa.select(CheckIn)).one()
            assert row.answers is not None
            assert row.comment is not None
            assert words.encode() not in row.comment
            assert b"heard" not in row.answers
            assert json.loads(row.words(visit.vault, "answers", couple.a))["heard"] == 6


class TestForTheCounsellor:
    def test_both_stand_in_one_picture_with_what_to_ask(
        self, world: World, couple: CoupleHere, sit_down: Callable[..., Browser]
    ) -> None:
        assert couple.b is not None
        a_check_in(world, couple.a, typed(7, safety="9"))
        world.now += WEEK * 2
        a_check_in(world, couple.a, typed(7, safety="3"))
        a_check_in(world, couple.b, typed(4, could_be_open="worried"))
        page = sit_down(couple.counsellor_id, Role.COUNSELLOR).open(f"/measures/{couple.id}")
        assert "Safety: 3 of 10." in page.said
        assert "Could you answer freely: No, I was worried" in page.said
        assert "Relationship check-in: 30 points apart." in page.said
        assert "A conversation aid, not a validated test." in page.said
        for picture in page.soup.select("svg[role=img]"):
            ids = str(picture["aria-labelledby"]).split()
            assert all(picture.find(id=each) for each in ids)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            made = couple_picture(visit, couple.id, "en").chart
        assert made is not None
        assert [one.values for one in made.series] == [(70, None, 70), (None, None, 40)]

    def test_totals_stand_on_paper_for_both_only_with_both_their_yes(
        self, world: World, couple: CoupleHere
    ) -> None:
        assert couple.b is not None

        def both() -> bool:
            with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                return bool(yes_of_both(visit, couple_card(visit, couple.id), None, world.now))

        def say(person_id: UUID, *, yes: bool) -> None:
            world.now += timedelta(minutes=1)
            with world.as_(person_id, Role.PARTNER) as visit:
                service.say(visit, yes=yes)

        assert not both()
        say(couple.a, yes=True)
        assert not both()
        say(couple.b, yes=True)
        assert both()
        say(couple.a, yes=False)
        assert not both()
        say(couple.a, yes=True)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = couple_card(visit, couple.id)
            assert not yes_of_both(visit, card, world.now, world.now + WEEK)

    def test_a_no_after_the_hour_keeps_totals_off_its_summary(
        self, world: World, couple: CoupleHere
    ) -> None:
        assert couple.b is not None
        until = world.now + timedelta(hours=1)
        said: list[bool] = []
        for minutes, person_id, yes in (
            (1, couple.a, True),
            (2, couple.b, True),
            (120, couple.a, False),
            (180, couple.a, True),  # to the next summary, which this one is not
        ):
            with world.as_(person_id, Role.PARTNER) as visit:
                visit.now = until + timedelta(minutes=minutes - 60)
                service.say(visit, yes=yes)
            with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                card = couple_card(visit, couple.id)
                said.append(bool(yes_of_both(visit, card, None, until)))
        assert said == [False, True, False, False]


def token_of(page: object) -> str:
    (found,) = page.form("check-in").select('input[name="csrf_token"]')  # type: ignore[attr-defined]
    return str(found["value"])
