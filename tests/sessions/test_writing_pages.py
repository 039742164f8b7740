"""Writing a counselling hour down, and going on with it later."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.agenda.forms import day_in, moment_at, time_in
from portal.agenda.models import Appointment
from portal.agenda.service import plan
from portal.sessions.queries import sessions_of
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.homework.looking import Desk, unmarked
from tests.support.browser import Page, Sent, filled_in
from tests.support.moments import START
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]
HOUR = {
    "day": "2026-03-02",
    "clock": "08:30",
    "minutes": "50",
    "shared_summary": "You spoke about the evenings.",
    "agreed": "A walk on Sunday\r\n\r\n  Phones away at nine ",
    "progress_note": "Softer than last time.",
    "process_note": "Mind my own hurry.",
}


@pytest.fixture
def session_id(world: World, couple: CoupleHere) -> UUID:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(START - timedelta(days=7), 60, (Seat.A,), "First words.", agreed=("Walk",))
        return write_session(visit, couple.id, hour).id


def as_stored(page: Page) -> list[str]:
    """What an overtaken page says beside the boxes of what is stored by now."""
    return [text.get_text() for text in page.soup.select(".kept .kept__text")]


class TestWriting:
    def test_everything_lands_where_it_belongs(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        desk.open(f"/sessions/{couple.id}/new")
        page = desk.press("Save session", {**HOUR, "next_day": "16/03/2026", "next_clock": "18.30"})
        assert page.path == f"/desk/couples/{couple.id}"
        assert "Mind my own hurry." not in page.said
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            (card,) = sessions_of(visit, couple.id)
            (planned,) = visit.db.scalars(sa.select(Appointment)).all()
        assert card.agreed == ("A walk on Sunday", "Phones away at nine")
        assert set(card.attended) == {couple.a, couple.b}
        assert card.process_note == "Mind my own hurry."
        assert card.starts_at.isoformat() == "2026-03-02T08:30:00+00:00"
        assert planned.starts_at.isoformat() == "2026-03-16T18:30:00+00:00"

    def test_the_planned_hour_stands_there_already(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, START + timedelta(hours=2), 75)
        page = desk.open(f"/sessions/{couple.id}/new")
        values = [page.soup.select_one(f"#{name}")["value"] for name in ("day", "clock", "minutes")]  # type: ignore[index]
        assert values == ["2026-03-02", "11:00", "75"]
        there = page.soup.select('[name="attended"][checked]')
        assert {str(box["value"]) for box in there} == {"a", "b"}

    def test_an_hour_with_one_alone_is_written_down_as_that(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            plan(visit, couple.id, START + timedelta(hours=2), 50, Seat.B)
        page = desk.open(f"/sessions/{couple.id}/new")
        there = page.soup.select('[name="attended"][checked]')
        assert [str(box["value"]) for box in there] == ["b"]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"day": "yesterday"}, "Write the day like 2026-05-14"),
            ({"day": "2026-03-03"}, "This day is still to come."),
            ({"clock": "25:00"}, "Write the time like 18:30."),
            ({"clock": ""}, "Choose a time."),
            ({"minutes": "an hour"}, "Write a whole number of minutes"),
            ({"minutes": "5"}, "Write a number from 10 to 480."),
            ({"next_day": "2026-03-09"}, "Choose a time."),
            ({"next_day": "2026-03-01", "next_clock": "10:00"}, "That moment has passed already."),
            ({"next_day": "2026-03-29", "next_clock": "01:30"}, "The clocks go forward"),
            ({"agreed": "x" * 301}, "Keep each step under 300 characters."),
        ],
    )
    def test_what_does_not_fit_is_said_with_the_words_kept(
        self,
        world: World,
        desk: Desk,
        couple: CoupleHere,
        wrong: dict[str, str],
        sentence: str,
    ) -> None:
        desk.open(f"/sessions/{couple.id}/new")
        page = desk.press("Save session", {**HOUR, **wrong})
        assert page.status == 422
        assert sentence in page.said
        assert "You spoke about the evenings." in page.text
        assert "Mind my own hurry." in page.text
        for typed in wrong.values():
            assert typed in page.text
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            assert sessions_of(visit, couple.id) == []
            assert visit.db.scalars(sa.select(Appointment)).all() == []


class TestGoingOn:
    def test_both_texts_stand_there_when_another_place_was_faster(
        self, world: World, desk: Desk, couple: CoupleHere, session_id: UUID
    ) -> None:
        desk.open(f"/sessions/{session_id}")
        here = desk.page
        desk.press("Save session", {"shared_summary": "The other place was faster."})
        desk.page = here
        page = desk.press("Save session", {"shared_summary": "What I typed here."})
        assert page.status == 422
        assert "These notes were changed in another place." in page.said
        assert "What I typed here." in page.text
        assert as_stored(page) == ["The other place was faster."]
        desk.press("Save session", {"shared_summary": "Both, put together."})
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            (card,) = sessions_of(visit, couple.id)
        assert card.shared_summary == "Both, put together."
        assert card.agreed == ("Walk",)
        assert card.attended == (couple.a,)

    def test_what_an_overtaken_page_left_alone_stays_as_it_was_put_right_elsewhere(
        self, world: World, desk: Desk, couple: CoupleHere, session_id: UUID
    ) -> None:
        desk.open(f"/sessions/{session_id}")
        here = desk.page
        slip: Sent = {**HOUR, "attended": ("b",), "progress_note": "", "day": "2026-02-22"}
        desk.press("Save session", slip)
        desk.page = here
        page = desk.press("Save session", {"progress_note": "One more line."})
        assert page.status == 422
        boxes = filled_in(desk.form_with("Save session"), {})
        assert boxes["attended"] == ["b"]
        assert [*boxes["day"], *boxes["clock"], *boxes["minutes"]] == ["2026-02-22", "08:30", "50"]
        assert as_stored(page) == ["Empty."], "of the note alone"
        desk.press("Save session")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            (card,) = sessions_of(visit, couple.id)
        assert card.attended == (couple.b,)
        assert card.starts_at.isoformat() == "2026-02-22T08:30:00+00:00"
        assert (card.minutes, card.process_note) == (50, "Mind my own hurry.")
        assert card.progress_note == "One more line."

    @pytest.mark.parametrize(
        ("there", "here", "beside"),
        [
            ({"attended": ("b",)}, {"attended": ("a", "b")}, "Ben"),
            ({"attended": ()}, {"attended": ("b",)}, "Nobody came"),
            ({"day": "2026-02-22"}, {"day": "2026-02-21"}, "22 February 2026, 09:00, 60 minutes"),
            ({"clock": "10:30"}, {"clock": "11:00"}, "23 February 2026, 10:30, 60 minutes"),
            ({"minutes": "90"}, {"minutes": "45"}, "23 February 2026, 09:00, 90 minutes"),
        ],
    )
    def test_who_was_there_and_when_stand_beside_what_was_chosen(
        self,
        world: World,
        desk: Desk,
        couple: CoupleHere,
        session_id: UUID,
        there: Sent,
        here: Sent,
        beside: str,
    ) -> None:
        desk.open(f"/sessions/{session_id}")
        old = desk.page
        desk.press("Save session", there)
        desk.page = old
        page = desk.press("Save session", here)
        assert page.status == 422
        assert as_stored(page) == [beside]
        ((box, typed),) = here.items()
        chosen = list(typed) if isinstance(typed, tuple) else [typed]
        assert filled_in(desk.form_with("Save session"), {})[box] == chosen
        page = desk.press("Save session")
        assert page.path == f"/desk/couples/{couple.id}", "saving again decides"
        desk.open(f"/sessions/{session_id}")
        assert filled_in(desk.form_with("Save session"), {})[box] == chosen

    def test_what_does_not_fit_on_an_overtaken_page_brings_nothing_back_either(
        self, world: World, desk: Desk, couple: CoupleHere, session_id: UUID
    ) -> None:
        desk.open(f"/sessions/{session_id}")
        here = desk.page
        desk.press("Save session", {"attended": ("b",)})
        desk.page = here
        desk.press("Save session", {"minutes": "5"})
        page = desk.press("Save session", {"minutes": "50"})
        assert "These notes were changed in another place." in page.said
        desk.press("Save session")
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            (card,) = sessions_of(visit, couple.id)
        assert (card.attended, card.minutes) == ((couple.b,), 50)

    def test_foreign_is_like_missing(
        self, world: World, couple: CoupleHere, session_id: UUID, seat_at_desk: SeatAtDesk
    ) -> None:
        other = world.a_counsellor(couple.practice_id, "Other Person")
        desk = seat_at_desk(other, Role.COUNSELLOR)
        for foreign, missing in (
            (f"/sessions/{session_id}", f"/sessions/{uuid4()}"),
            (f"/sessions/{couple.id}/new", f"/sessions/{uuid4()}/new"),
            (f"/agenda/{couple.id}/plan", f"/agenda/{uuid4()}/plan"),
        ):
            one, two = desk.client.get(foreign), desk.client.get(missing)
            assert unmarked(one) == unmarked(two)
            assert one.status_code == 404


class TestPlanning:
    def test_from_the_couples_page(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        desk.open(f"/desk/couples/{couple.id}")
        desk.press("Plan this session", {"day": "2026-03-09", "clock": "18:30"})
        page = desk.open(f"/desk/couples/{couple.id}")
        assert "next Monday 9 March, 18:30" in page.said
        desk.press("Plan this session", {"day": "2026-07-06", "clock": "18:30"})
        with world.visit() as visit:
            query = sa.select(Appointment).where(Appointment.called_off_at.is_(None))
            (row,) = visit.db.scalars(query).all()
        # Half past six in the summer of Dublin is an hour earlier in UTC.
        assert row.starts_at.isoformat() == "2026-07-06T17:30:00+00:00"

    def test_a_moment_that_has_passed(self, desk: Desk, couple: CoupleHere) -> None:
        desk.open(f"/desk/couples/{couple.id}")
        page = desk.press("Plan this session", {"day": "2026-03-01", "clock": "18:30"})
        assert page.status == 422
        assert page.path == f"/agenda/{couple.id}/plan"
        assert "That moment has passed already." in page.said


class TestDaysAndTimes:
    def test_days(self) -> None:
        assert (
            day_in("2026-05-14") == day_in("14/5/2026") == day_in("14.05.2026") == date(2026, 5, 14)
        )
        assert [day_in(t) for t in ("", "2026-02-30", "0001-01-01", "9999-12-31", "14 May")] == [
            None
        ] * 5

    def test_times(self) -> None:
        assert [str(time_in(t)) for t in ("9:05", "18.30", "24:00", "9", "9:60")] == [
            "09:05:00",
            "18:30:00",
            "None",
            "None",
            "None",
        ]

    def test_a_time_that_the_clocks_skip(self) -> None:
        day, clock = date(2026, 3, 29), time_in("01:30")
        assert clock is not None
        assert moment_at(day, clock, "Europe/Dublin") is None
        assert moment_at(day, clock, "Asia/Tokyo") is not None
