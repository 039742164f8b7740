"""Something else for one of two, in one act: each gets their own, or neither gets anything."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.homework.models import Assignment, Recipient, Tick
from portal.homework.programmes.queries import programme_card
from portal.homework.queries import own_tasks
from portal.notices.models import Notice
from portal.people.service import Naming, change_member
from portal.policies.gates import NOT_FOR_ROLE, TOGETHER_ONLY
from portal.vocabulary import JointWork, NoticeKind, PartnerRole, Role, Seat
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.homework.test_assigning import SeatAtDesk, edition_of, given
from tests.homework.test_previews import NOTHING, previews
from tests.support.browser import Page, Sent
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
FIRST, SECOND = "starting-point", "self-care"
CONFIRM = "Please confirm each statement first"


def who_has(world: World, couple: CoupleHere) -> dict[str, set[str]]:
    """Which exercises each of them was given, by edition."""
    found: dict[str, set[str]] = {"Ann": set(), "Ben": set()}
    query = sa.select(Recipient.person_id, Assignment.edition_id).join(
        Assignment, Assignment.id == Recipient.assignment_id
    )
    with world.visit() as visit:
        for row in visit.db.execute(query):
            found["Ann" if row.person_id == couple.a else "Ben"].add(str(row.edition_id))
    return found


def statements(page: Page, name: str) -> tuple[str, ...]:
    return tuple(str(box["value"]) for box in page.soup.select(f"input[name={name}]"))


def faults(page: Page, box: str) -> str:
    """What stands beside one box."""
    (found,) = page.soup.select(f"#{box}-error")
    return found.get_text(" ", strip=True)


class TestInOneAct:
    def test_each_gets_their_own_and_one_message(
        self, world: World, desk: Desk, couple: CoupleHere, seat_at_desk: SeatAtDesk
    ) -> None:
        first, second = edition_of(world, FIRST), edition_of(world, SECOND)
        desk.open(f"/homework/{couple.id}/assign")
        line = {"personal_line": "For this week."}
        page = desk.press("Assign", {"exercise": first, "other": f"{second}@b", **line})
        assert page.path == f"/desk/couples/{couple.id}"
        assert who_has(world, couple) == {"Ann": {first}, "Ben": {second}}
        rows = given(world, couple.id)
        assert len({row.act_id for row in rows}) == 1
        assert len({row.due_on for row in rows}) == 1
        with world.visit() as visit:
            query = sa.select(Notice.person_id).where(Notice.kind == NoticeKind.HOMEWORK_GIVEN)
            owed: Sequence[object] = visit.db.scalars(query).all()
        assert sorted(map(str, owed)) == sorted([str(couple.a), str(couple.b)])
        for person, own, others in ((couple.a, first, second), (couple.b, second, first)):
            assert person is not None
            with world.as_(person, Role.PARTNER) as visit:
                (task,) = own_tasks(visit)
            assert (str(task.edition.id), task.personal_line) == (own, "For this week.")
            week = seat_at_desk(person, Role.PARTNER).open("/desk/week")
            assert others not in week.text
            assert ("Looking after me" in week.said) == (own == second)

    def test_chosen_for_the_one_and_for_the_other(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        first, second = edition_of(world, FIRST), edition_of(world, SECOND)
        desk.open(f"/homework/{couple.id}/assign")
        desk.press("Assign", {"exercise": first, "to": "b", "other": f"{second}@a"})
        assert who_has(world, couple) == {"Ann": {second}, "Ben": {first}}

    def test_each_with_the_statements_of_its_own(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        first, second = edition_of(world, "letting-go"), edition_of(world, "my-part")
        page = desk.open(f"/homework/{couple.id}/assign")
        ticks = {f"tick-{each}": statements(page, f"tick-{each}") for each in (first, second)}
        assert all(ticks.values())
        desk.press("Assign", {"exercise": first, "other": f"{second}@b", **ticks})
        with world.visit() as visit:
            query = sa.select(Assignment.edition_id, Tick.sentence).join(
                Tick, Tick.assignment_id == Assignment.id
            )
            kept = {(f"tick-{row.edition_id}", row.sentence) for row in visit.db.execute(query)}
        assert kept == {(name, each) for name, sentences in ticks.items() for each in sentences}

    def test_each_counts_as_its_own_step(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        programme_id, _ = world.a_programme(couple, "after-a-betrayal")
        first, second = edition_of(world, FIRST), edition_of(world, SECOND)
        desk.open(f"/homework/{couple.id}/assign")
        desk.press("Assign", {"exercise": first, "other": f"{second}@b"})
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps = {s.edition.key: s for s in programme_card(visit, programme_id).steps}
        for key, has, lacks in ((FIRST, Seat.A, Seat.B), (SECOND, Seat.B, Seat.A)):
            assert [each.seat for each in steps[key].reached] == [has]
            assert [member.seat for member in steps[key].left] == [lacks]


class TestNeither:
    def test_without_its_statements_nothing_is_given_and_they_stand_there(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        first, second = edition_of(world, FIRST), edition_of(world, "my-part")
        desk.open(f"/homework/{couple.id}/assign")
        line = {"personal_line": "Slowly."}
        page = desk.press("Assign", {"exercise": first, "other": f"{second}@b", **line})
        assert page.status == 422
        assert CONFIRM in faults(page, "other")
        assert "Slowly." in page.text
        assert given(world, couple.id) == []
        assert page.soup.select(f'option[value="{second}@b"][selected]')
        asked = statements(page, f"other-{second}")
        assert asked
        desk.press("Assign", {f"other-{second}": asked})
        assert who_has(world, couple) == {"Ann": {first}, "Ben": {second}}

    def test_the_first_is_refused(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        first, second = edition_of(world, "pause-plan"), edition_of(world, SECOND)
        desk.open(f"/homework/{couple.id}/assign")
        page = desk.press("Assign", {"exercise": first, "other": f"{second}@b"})
        assert page.status == 422
        assert TOGETHER_ONLY in faults(page, "exercise")
        assert page.soup.select("#other-error") == []
        assert given(world, couple.id) == []

    def test_the_second_is_refused_by_now_and_stays_chosen(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        """So that nobody is given by a second press what the other was to get."""
        self._roles(world, couple, PartnerRole.INVOLVED, PartnerRole.HURT)
        first, second = edition_of(world, FIRST), edition_of(world, "impact-letter")
        page = desk.open(f"/homework/{couple.id}/assign")
        ticks = statements(page, f"tick-{second}")
        chosen: Sent = {"exercise": first, "other": f"{second}@b", f"tick-{second}": ticks}
        self._roles(world, couple, PartnerRole.HURT, PartnerRole.INVOLVED)
        page = desk.press("Assign", chosen)
        assert page.status == 422
        assert NOT_FOR_ROLE in faults(page, "other")
        assert page.soup.select("#exercise-error") == []
        assert page.soup.select(f'option[value="{second}@b"][selected]')
        assert desk.press("Assign").status == 422
        assert given(world, couple.id) == []

    def _roles(self, world: World, couple: CoupleHere, ann: PartnerRole, ben: PartnerRole) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            change_member(visit, couple.id, Seat.A, Naming("Ann", role=ann))
            change_member(visit, couple.id, Seat.B, Naming("Ben", role=ben))

    def test_two_for_the_same_one(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        first, second = edition_of(world, FIRST), edition_of(world, SECOND)
        desk.open(f"/homework/{couple.id}/assign")
        page = desk.press("Assign", {"exercise": first, "to": "b", "other": f"{second}@b"})
        assert faults(page, "other").endswith("Both exercises are for Ben. Choose who gets which.")
        assert given(world, couple.id) == []


class TestThePage:
    def test_the_preview_of_each_is_what_each_will_see(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        first, second = edition_of(world, FIRST), edition_of(world, SECOND)
        where = f"/homework/{couple.id}/assign?exercise={first}&other={second}@b"
        found = previews(desk.open(where), first)
        assert NOTHING in desk.open(found["Ben"]).said
        assert NOTHING not in desk.open(found["Ann"]).said

    def test_one_alone_is_not_asked(self, world: World, seat_at_desk: SeatAtDesk) -> None:
        solo = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        desk = seat_at_desk(solo.counsellor_id, Role.COUNSELLOR)
        page = desk.open(f"/homework/{solo.id}/assign")
        assert page.soup.select("[name=other]") == []

    def test_it_is_folded_away_until_it_is_wanted(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        page = desk.open(f"/homework/{couple.id}/assign")
        (box,) = page.soup.select("select[name=other]")
        folded = box.find_parent("details")
        assert folded is not None
        assert not folded.has_attr("open")
        groups = [str(group["label"]) for group in box.select("optgroup[label]")]
        assert groups == ["For Ann", "For Ben"]
        labels = {option.get_text() for option in box.select("option")}
        assert {"Nothing else", "Ben: My part in it (once you confirm)"} <= labels
