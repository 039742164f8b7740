"""Giving homework: what fits, what has to be confirmed, what is refused."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.exercises.queries import newest_edition
from portal.foundation.errors import Refused
from portal.homework.giving.queries import shelf
from portal.homework.models import Assignment, Tick
from portal.homework.service import Order, assign
from portal.people.queries import couple_card
from portal.policies.gates import (
    NEEDS_CLEAR,
    NEVER_ROLE,
    NOT_FOR_CONTACT,
    NOT_FOR_ROLE,
    ROLE_NOT_SET,
)
from portal.vocabulary import ContactLevel, JointWork, Role, Seat
from tests.homework.looking import Desk, unmarked
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]


def given(world: World, couple_id: UUID) -> list[Assignment]:
    with world.visit() as visit:
        query = sa.select(Assignment).where(Assignment.couple_id == couple_id)
        return list(visit.db.scalars(query))


def edition_of(world: World, key: str) -> str:
    with world.visit() as visit:
        return str(newest_edition(visit.db, key).id)


class TestThreeInteractions:
    def test_in_the_dialog(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        page = desk.open(f"/desk/couples/{couple.id}")
        opener = page.soup.select_one("a[data-dialog=assign]")
        assert opener is not None  # one: it opens the dialog
        choices = page.soup.select("dialog#assign input[name=exercise]")
        assert len(choices) > 3
        second = str(choices[1]["value"])  # two: one of the first three that fit
        page = desk.press("Assign", {"exercise": second})  # three
        assert page.path == f"/desk/couples/{couple.id}"
        assert {str(row.edition_id) for row in given(world, couple.id)} == {second}

    def test_without_scripts(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        page = desk.open(f"/desk/couples/{couple.id}")
        desk.open(page.link("Assign exercise"))  # one
        wanted = edition_of(world, "starting-point")
        desk.press("Assign", {"exercise": wanted})  # two and three
        rows = given(world, couple.id)
        assert [str(row.edition_id) for row in rows] == [wanted, wanted]  # one for each

    def test_the_due_day_is_a_week_away_where_nothing_is_planned(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        page = desk.open(f"/homework/{couple.id}/assign")
        box = page.soup.select_one("#due_on")
        assert box is not None
        assert box["value"] == (world.now.date() + timedelta(days=7)).isoformat()


class TestStatements:
    def test_each_is_one_more_interaction(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        edition = edition_of(world, "letting-go")
        page = desk.open(f"/homework/{couple.id}/assign")
        boxes = page.soup.select(f"input[name=tick-{edition}]")
        sentences = tuple(str(box["value"]) for box in boxes)
        assert len(sentences) == 2
        desk.press("Assign", {"exercise": edition, "to": "a", f"tick-{edition}": sentences})
        (row,) = given(world, couple.id)
        with world.visit() as visit:
            kept = visit.db.scalars(sa.select(Tick.sentence).where(Tick.assignment_id == row.id))
            assert set(kept) == set(sentences)

    def test_without_them_the_page_says_which_and_keeps_what_was_typed(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        edition = edition_of(world, "letting-go")
        page = desk.open(f"/homework/{couple.id}/assign")
        first = str(page.soup.select(f"input[name=tick-{edition}]")[0]["value"])
        page = desk.press(
            "Assign",
            {
                "exercise": edition,
                "to": "a",
                "personal_line": "Take your time with it.",
                f"tick-{edition}": first,
            },
        )
        assert page.status == 422
        assert "Please confirm each statement first: Nobody is pressing" in page.said
        assert "Please confirm each statement first: The harm has stopped" not in page.said
        assert "Take your time with it." in page.text
        chosen = page.soup.select_one("input[name=exercise][checked]")
        assert chosen is not None
        assert chosen["value"] == edition
        assert len(page.soup.select(f"input[name=tick-{edition}][checked]")) == 1
        assert given(world, couple.id) == []


class TestRefusals:
    def test_no_contact_is_said_with_its_reason(
        self, world: World, seat_at_desk: SeatAtDesk
    ) -> None:
        apart = world.a_couple(contact=ContactLevel.NO_CONTACT, status=JointWork.INDIVIDUAL_ONLY)
        desk = seat_at_desk(apart.counsellor_id, Role.COUNSELLOR)
        page = desk.open(f"/homework/{apart.id}/assign")
        assert NOT_FOR_CONTACT in page.said
        refused = edition_of(world, "money-story")
        assert page.soup.select(f'input[name=exercise][value="{refused}"]') == []
        form = desk.form_with("Assign")
        token = form.select_one("[name=csrf_token]")
        assert token is not None
        answer = desk.post(
            f"/homework/{apart.id}/assign",
            {
                "csrf_token": token["value"],
                "exercise": refused,
                "to": "both",
                "due_on": (world.now.date() + timedelta(days=7)).isoformat(),
            },
        )
        assert answer.status_code == 422
        assert NOT_FOR_CONTACT in answer.get_data(as_text=True)
        assert given(world, apart.id) == []

    @pytest.mark.parametrize("takes_part", [(True, True), (True, False)])
    def test_where_no_role_is_set_the_page_says_what_helps(
        self, world: World, seat_at_desk: SeatAtDesk, takes_part: tuple[bool, bool]
    ) -> None:
        couple = world.a_couple(takes_part=takes_part)
        desk = seat_at_desk(couple.counsellor_id, Role.COUNSELLOR)
        page = desk.open(f"/homework/{couple.id}/assign")
        refused = edition_of(world, "accountability-letter")
        (link,) = page.soup.select(f'main li a[href$="{refused}"]')
        assert link.parent is not None
        assert link.parent.get_text().count(ROLE_NOT_SET) == 1
        assert NOT_FOR_ROLE not in page.said
        assert NEVER_ROLE not in page.said

    def test_paired_work_needs_clear(self, world: World, seat_at_desk: SeatAtDesk) -> None:
        unclear = world.a_couple(status=JointWork.NOT_ASKED)
        desk = seat_at_desk(unclear.counsellor_id, Role.COUNSELLOR)
        assert NEEDS_CLEAR in desk.open(f"/homework/{unclear.id}/assign").said

    @pytest.mark.parametrize(
        ("status", "contact", "reason"),
        [
            (JointWork.NOT_ASKED, ContactLevel.TOGETHER, NEEDS_CLEAR),
            (JointWork.INDIVIDUAL_ONLY, ContactLevel.NO_CONTACT, NOT_FOR_CONTACT),
        ],
    )
    def test_a_sheet_for_two_is_refused_with_its_reason(
        self, world: World, status: JointWork, contact: ContactLevel, reason: str
    ) -> None:
        couple = world.a_couple(status=status, contact=contact)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = couple_card(visit, couple.id)
            edition = newest_edition(visit.db, "pause-plan")
            found = {each.id: each for each in shelf(visit, card, "both").refused}
            assert reason in found[edition.id].verdict.refused
            order = Order(edition.id, (Seat.A, Seat.B), None, "", ())
            with pytest.raises(Refused):
                assign(visit, couple.id, order)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("31.02.2026", "Write the day like 2026-05-14"),
            ("next week", "Write the day like 2026-05-14"),
            ("2026-03-01", "Choose a day from today on."),
            ("", "Choose a day."),
        ],
    )
    def test_a_bad_day_keeps_what_was_typed(
        self, world: World, desk: Desk, couple: CoupleHere, typed: str, sentence: str
    ) -> None:
        desk.open(f"/homework/{couple.id}/assign")
        edition = edition_of(world, "starting-point")
        page = desk.press("Assign", {"exercise": edition, "due_on": typed})
        assert page.status == 422
        assert sentence in page.said
        box = page.soup.select_one("#due_on")
        assert box is not None
        assert (box["type"], box["value"]) == ("text", typed)
        assert page.title.startswith("Error:")

    def test_nothing_chosen(self, desk: Desk, couple: CoupleHere) -> None:
        desk.open(f"/homework/{couple.id}/assign")
        page = desk.press("Assign", {})
        assert page.status == 422
        assert "Choose an exercise." in page.said


class TestWhatIsOffered:
    def test_what_one_or_each_or_two_together_answer_at_every_cadence(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        page = desk.open(f"/homework/{couple.id}/assign")
        offered = {str(box["value"]) for box in page.soup.select("input[name=exercise]")}
        wanted = {"name-the-issues", "self-care", "small-steps", "three-thanks", "trust-log"}
        wanted |= {"weekly-meeting", "pause-plan"}
        assert {edition_of(world, key) for key in wanted} <= offered
        assert "3 minutes a day for 14 days" in page.said
        assert "a week for 4 weeks" in page.said

    def test_a_search_narrows_it(self, desk: Desk, couple: CoupleHere) -> None:
        whole = len(desk.open(f"/homework/{couple.id}/assign").soup.select("[name=exercise]"))
        found = desk.open(f"/homework/{couple.id}/assign?q=money+story")
        assert len(found.soup.select("[name=exercise]")) == 1 < whole
        assert "My money story" in found.said

    def test_what_was_given_comes_last(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        world.an_assignment(couple, "name-the-issues")
        page = desk.open(f"/homework/{couple.id}/assign")
        labels = [tag.get_text() for tag in page.soup.select(".choice strong")]
        follows = labels.index("The loop we get caught in")
        assert follows < 3 < labels.index("Naming what gets in the way")

    def test_one_alone_gets_the_solo_wording(self, world: World, seat_at_desk: SeatAtDesk) -> None:
        solo = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        desk = seat_at_desk(solo.counsellor_id, Role.COUNSELLOR)
        page = desk.open(f"/homework/{solo.id}/assign")
        edition = edition_of(world, "name-the-issues")
        sentences = [str(b["value"]) for b in page.soup.select(f"input[name=tick-{edition}]")]
        assert len(sentences) == 3
        shown = desk.open(f"/homework/{solo.id}/preview/{edition}/a")
        assert "You do not need to guess what your partner would say" in shown.said
        assert "My partner too" not in shown.said
        desk.open(f"/homework/{solo.id}/assign")
        desk.press("Assign", {"exercise": edition, f"tick-{edition}": tuple(sentences)})
        (row,) = given(world, solo.id)
        assert row.solo
        assert desk.open(f"/homework/{solo.id}/preview/{edition}/b").status == 404


class TestEnding:
    def test_held_then_taken_back(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        world.an_assignment(couple, line="For you two.")
        (row,) = given(world, couple.id)
        page = desk.open(f"/homework/{row.id}")
        assert "For you two." in page.said
        assert "Held by you" in desk.press("Hold it").said
        assert "Held by you" not in desk.press("Lift the hold").said
        page = desk.open(desk.open(f"/homework/{row.id}").link("Take it back"))
        assert "your counsellor has changed the plan for now" in page.said
        assert "Taken back" in desk.press("Take it back").said
        assert desk.open(f"/homework/{row.id}/withdraw").status == 200
        assert desk.press_and_stay("Take it back").status_code == 409

    def test_closed(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        world.an_assignment(couple)
        (row,) = given(world, couple.id)
        desk.open(f"/homework/{row.id}/close")
        assert "Closed" in desk.press("Close it").said


class TestTheFence:
    def test_foreign_is_like_missing(self, world: World, desk: Desk) -> None:
        other = world.a_couple()
        world.an_assignment(other)
        (row,) = given(world, other.id)
        edition = edition_of(world, "name-the-issues")
        ways = (
            "/homework/{couple}/assign",
            "/homework/{couple}/preview/" + edition + "/a",
            "/homework/{work}",
            "/homework/{work}/close",
            "/desk/couples/{couple}",
        )
        for way in ways:
            foreign = desk.client.get(way.format(couple=other.id, work=row.id))
            missing = desk.client.get(way.format(couple=uuid4(), work=uuid4()))
            assert unmarked(foreign) == unmarked(missing)
            assert foreign.status_code == 404

    def test_an_owner_sees_none(
        self, world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk
    ) -> None:
        owner = world.a_person(couple.practice_id, "Olive Owner", Role.OWNER)
        desk = seat_at_desk(owner, Role.OWNER)
        for path in (f"/homework/{couple.id}/assign", f"/desk/couples/{couple.id}", "/desk/today"):
            assert desk.client.get(path).status_code == 404
