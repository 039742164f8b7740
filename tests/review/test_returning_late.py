"""Work that takes no more words: its counsellor does not give it back, since nobody could go on with it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care import service as care
from portal.foundation.errors import TooLate
from portal.homework import service as homework
from portal.homework.queries import task as task_of
from portal.people.models import Person
from portal.people.service import CoupleTerms
from portal.reflections.models import Reflection
from portal.reflections.sending.queries import NO_WAY_ON
from portal.reflections.sending.service import give_back
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, ReflectionState, Role
from tests.homework.looking import Desk
from tests.reflections.weekly import small_steps
from tests.review.material import states
from tests.support.moments import START
from tests.support.sheets import a_sheet, fill, read, say_yes, second
from tests.support.world import REASON, CoupleHere, World

Deed = Callable[[Visit, UUID, UUID], None]

ENDS: Mapping[str, Deed] = {
    "closed": lambda v, _, a: homework.close(v, a),
    "withdrawn": lambda v, _, a: homework.withdraw(v, a),
}
SHUTS: Mapping[str, Deed] = {
    "they come apart": lambda v, c, _: care.come_apart(v, c, "As agreed."),
    "no contact": lambda v, c, _: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
    "not clear": lambda v, c, _: care.set_joint_work(v, c, JointWork.INDIVIDUAL_ONLY, REASON),
}
ALL: Mapping[str, Deed] = {**ENDS, **SHUTS}


def decide(world: World, couple: CoupleHere, round_id: UUID, deed: Deed) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        deed(visit, couple.id, task_of(visit, round_id).assignment_id)
    world.now += timedelta(minutes=1)


def part_of(world: World, round_id: UUID, person_id: UUID | None = None) -> UUID:
    query = sa.select(Reflection.id).where(Reflection.round_id == round_id)
    if person_id is not None:
        query = query.where(Reflection.respondent_id == person_id)
    with world.visit() as visit:
        return visit.db.scalars(query).one()


def refused(world: World, couple: CoupleHere, part_id: UUID) -> str:
    with (
        world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
        pytest.raises(TooLate) as no,
    ):
        give_back(visit, part_id, "Say more.")
    return no.value.message


def given_back(world: World, couple: CoupleHere, part_id: UUID) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, part_id, "Say more.")


@pytest.fixture
def sheet_id(world: World, couple: CoupleHere) -> UUID:
    """A sheet for two that both confirmed."""
    made = a_sheet(world, couple)
    fill(world, couple, made)
    say_yes(world, couple.a, made, opens=False)
    assert say_yes(world, second(couple), made, opens=False)
    world.now += timedelta(minutes=1)
    return made


class TestOnesOwn:
    @pytest.mark.parametrize("how", ENDS)
    def test_stays_sent_and_the_page_says_why(
        self, world: World, desk: Desk, couple: CoupleHere, round_id: UUID, how: str
    ) -> None:
        part_id = part_of(world, round_id, couple.a)
        assert "Return it to" in desk.open(f"/review/{round_id}").said
        decide(world, couple, round_id, ENDS[how])
        page = desk.press("Return it", {"line": "Say more."}, to=f"/return/{part_id}")
        assert page.status == 422
        assert NO_WAY_ON in page.said
        (line,) = page.soup.select(f'input[id="line-{part_id}"]')
        assert line["value"] == "Say more."
        assert NO_WAY_ON in page.soup.select(f'[id="line-{part_id}-error"]')[0].text
        page = desk.open(f"/review/{round_id}")
        assert "Return it to" not in page.said
        assert page.said.count(NO_WAY_ON) == 1
        assert refused(world, couple, part_id) == NO_WAY_ON
        assert states(world, round_id) == [ReflectionState.SUBMITTED] * 2

    @pytest.mark.parametrize("how", SHUTS)
    def test_can_be_returned_whatever_is_between_the_two(
        self, world: World, couple: CoupleHere, how: str
    ) -> None:
        made, *_later = small_steps(world, couple, [3])
        decide(world, couple, made, SHUTS[how])
        given_back(world, couple, part_of(world, made))
        assert states(world, made) == [ReflectionState.RETURNED]

    @pytest.mark.parametrize(("zone", "takes"), [("America/Lima", True), ("Europe/Dublin", False)])
    def test_its_days_are_its_writers(
        self, world: World, couple: CoupleHere, zone: str, *, takes: bool
    ) -> None:
        with world.visit() as visit:
            visit.db.get_one(Person, couple.a).time_zone = zone
        first, *_later = small_steps(world, couple, [3])
        world.now = datetime.combine(
            START.date() + timedelta(days=14), time(hour=2), tzinfo=UTC
        )  # past midnight in Dublin, the evening before in Lima
        part_id = part_of(world, first)
        if takes:
            given_back(world, couple, part_id)
            return
        assert refused(world, couple, part_id) == NO_WAY_ON


class TestSheetOfTwo:
    @pytest.mark.parametrize("how", ALL)
    def test_stays_on_both_pages(
        self, world: World, desk: Desk, couple: CoupleHere, sheet_id: UUID, how: str
    ) -> None:
        part_id = part_of(world, sheet_id)
        assert "Return it to" in desk.open(f"/review/{sheet_id}").said
        decide(world, couple, sheet_id, ALL[how])
        page = desk.press("Return it", {"line": "Say more."}, to=f"/return/{part_id}")
        assert page.status == 422
        assert NO_WAY_ON in page.said
        assert NO_WAY_ON in desk.open(f"/review/{sheet_id}").said
        assert refused(world, couple, part_id) == NO_WAY_ON
        shared, _parts = read(world, couple.a, sheet_id)
        assert "A raised hand" in repr(shared)

    def test_stays_too_once_clear_has_lapsed_and_the_clock_has_not_come_by_yet(
        self, world: World, couple: CoupleHere, sheet_id: UUID
    ) -> None:
        world.now += timedelta(days=90)
        assert refused(world, couple, part_of(world, sheet_id)) == NO_WAY_ON

    def test_is_returned_to_both_while_it_takes_words(
        self, world: World, couple: CoupleHere, sheet_id: UUID
    ) -> None:
        given_back(world, couple, part_of(world, sheet_id))
        assert states(world, sheet_id) == [ReflectionState.RETURNED]
