"""What a preview shows is what each would see: all of it, and nothing to whoever would get nothing."""

import pytest

from portal.exercises.queries import newest_edition
from portal.people.service import Naming, change_member
from portal.vocabulary import JointWork, PartnerRole, Role, Seat
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.homework.test_assigning import SeatAtDesk, edition_of
from tests.support.browser import Page
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
NOTHING = (
    "What one person was given to answer alone is not there for the other, not even its title."
)
HIDDEN = "deciding-to-raise-it"
WHO_SEES = "Who will see what you write"


def previews(page: Page, edition: str) -> dict[str, str]:
    """Where the preview of one exercise leads, by first name."""
    links = page.soup.select(f'a[href*="/preview/{edition}"]')
    return {link.get_text(strip=True).partition(":")[0]: str(link["href"]) for link in links}


class TestForOneAlone:
    def test_the_other_sees_nothing_not_even_its_title(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        edition = edition_of(world, HIDDEN)
        page = desk.open(f"/homework/{couple.id}/assign?exercise={edition}&to=a")
        found = previews(page, edition)
        assert set(found) == {"Ann", "Ben"}
        with world.visit() as visit:
            title = newest_edition(visit.db, HIDDEN).title
        bens = desk.open(found["Ben"])
        assert NOTHING in bens.said
        assert title not in bens.text
        assert bens.soup.select("main ol") == []
        anns = desk.open(found["Ann"])
        assert title in anns.said
        assert NOTHING not in anns.said

    @pytest.mark.parametrize(("way", "nothing"), [("both", set()), ("b", {"Ann"})])
    def test_as_it_is_to_be_given(
        self, world: World, desk: Desk, couple: CoupleHere, way: str, nothing: set[str]
    ) -> None:
        edition = edition_of(world, "self-care")
        found = previews(desk.open(f"/homework/{couple.id}/assign?to={way}"), edition)
        assert {name for name, at in found.items() if NOTHING in desk.open(at).said} == nothing

    def test_what_suits_only_one_of_them_is_nothing_for_the_other(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            change_member(visit, couple.id, Seat.B, Naming("Ben", role=PartnerRole.HURT))
        edition = edition_of(world, "impact-letter")
        found = previews(desk.open(f"/homework/{couple.id}/assign"), edition)
        assert NOTHING in desk.open(found["Ann"]).said
        assert NOTHING not in desk.open(found["Ben"]).said


class TestTheWhole:
    def test_who_will_see_it_stands_above_the_questions(
        self, world: World, desk: Desk, couple: CoupleHere, seat_at_desk: SeatAtDesk
    ) -> None:
        edition = edition_of(world, "name-the-issues")
        shown = desk.open(f"/homework/{couple.id}/preview/{edition}/a?to=both")
        (box,) = shown.soup.select("main .sees")
        assert WHO_SEES in box.get_text()
        (round_id,) = world.an_assignment(couple)
        page = seat_at_desk(couple.a, Role.PARTNER).open(f"/reflections/{round_id}")
        (theirs,) = page.soup.select("main .sees")
        assert theirs.get_text() == box.get_text()
        assert WHO_SEES in desk.open(f"/exercises/{edition}").said

    def test_a_sheet_for_two_says_it_beside_its_answers_alone(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        edition = edition_of(world, "pause-plan")
        shown = desk.open(f"/homework/{couple.id}/preview/{edition}/a?to=both")
        assert WHO_SEES not in shown.said

    def test_one_alone_reads_it_too(self, world: World, seat_at_desk: SeatAtDesk) -> None:
        solo = world.a_couple(takes_part=(True, False), status=JointWork.NOT_ASKED)
        desk = seat_at_desk(solo.counsellor_id, Role.COUNSELLOR)
        edition = edition_of(world, "name-the-issues")
        assert WHO_SEES in desk.open(f"/homework/{solo.id}/preview/{edition}/a").said
