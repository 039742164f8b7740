"""After a programme stood still its page is as true as before: stages, weeks to choose, what is said."""

from datetime import timedelta

import pytest

from portal.foundation.errors import Refused
from portal.homework.programmes import queries, service
from portal.homework.programmes.cards import ProgrammeCard
from portal.homework.programmes.service import Giving
from portal.homework.programmes.steps import service as steps
from portal.homework.programmes.steps.service import WEEK_NOT_LAID_OUT, Placing
from portal.people.service import Naming, change_member
from portal.vocabulary import PartnerRole, Role, Seat, StepFor
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
BETRAYAL = "after-a-betrayal"
STEADYING, IMPACT, FORWARD = "Steadying", "Impact and understanding", "Moving forward"


class Standing:
    """A programme that its counsellor lets stand still and goes on with."""

    def __init__(self, world: World, couple: CoupleHere, key: str = BETRAYAL) -> None:
        self.world, self.couple = world, couple
        self.id, _ = world.a_programme(couple, key)
        self.path = f"/homework/programmes/{self.id}"

    def stand_still(self, weeks: int) -> None:
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            service.pause(visit, self.id)
        self.world.now += timedelta(weeks=weeks)
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            assert service.resume(visit, self.id) == weeks

    def give(self, *keys: str) -> None:
        found = {step.edition.key: step for step in self.card().steps}
        for key in keys:
            with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
                ticked = found[key].verdict.to_tick
                service.give_step(visit, self.id, found[key].id, Giving(ticked=ticked))

    def add(self, week: int, key: str = "date-night") -> None:
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.add_step(visit, self.id, Placing(key, week, StepFor.EACH))

    def move(self, key: str, placing: Placing) -> None:
        (step,) = [step for step in self.card().steps if step.edition.key == key]
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            steps.place_step(visit, self.id, step.id, placing)

    def card(self) -> ProgrammeCard:
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            return queries.programme_card(visit, self.id)

    def stages(self) -> dict[int, str]:
        return {week.number: week.stage for week in self.card().weeks if week.steps}


class TestStages:
    def test_as_the_catalogue_has_them(self, world: World, couple: CoupleHere) -> None:
        stages = Standing(world, couple).stages()
        assert stages == {
            **dict.fromkeys(range(4), STEADYING),
            **dict.fromkeys(range(4, 9), IMPACT),
            **dict.fromkeys(range(9, 13), FORWARD),
        }

    def test_they_move_with_their_steps(self, world: World, couple: CoupleHere, desk: Desk) -> None:
        programme = Standing(world, couple)
        programme.give("starting-point", "self-care")
        programme.stand_still(6)
        assert programme.stages() == {
            0: STEADYING,
            **dict.fromkeys(range(7, 10), STEADYING),
            **dict.fromkeys(range(10, 15), IMPACT),
            **dict.fromkeys(range(15, 19), FORWARD),
        }
        programme.stand_still(2)
        assert programme.stages()[20] == FORWARD
        page = desk.open(programme.path)
        (last,) = [tag.parent for tag in page.soup.select("#week-20")]
        assert last is not None
        assert FORWARD in last.get_text()

    def test_the_week_that_it_is_now_has_the_stage_that_has_been_reached(
        self, world: World, couple: CoupleHere
    ) -> None:
        programme = Standing(world, couple)
        programme.stand_still(6)
        (now,) = [week for week in programme.card().weeks if week.is_now]
        assert (now.number, now.stage) == (6, STEADYING)

    @pytest.mark.parametrize(
        ("week", "stage"), [(3, STEADYING), (6, STEADYING), (9, STEADYING), (12, IMPACT)]
    )
    def test_what_was_added_stands_in_the_stage_around_it(
        self, world: World, couple: CoupleHere, week: int, stage: str
    ) -> None:
        programme = Standing(world, couple)
        programme.give("starting-point", "self-care")
        programme.stand_still(6)
        programme.add(week)
        assert programme.stages()[week] == stage

    def test_a_week_with_two_stages_names_each_beside_its_step(
        self, world: World, couple: CoupleHere, desk: Desk
    ) -> None:
        """What was given ahead stays in its week, and what was left moves on into it."""
        programme = Standing(world, couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            change_member(visit, couple.id, Seat.A, Naming("Ann", role=PartnerRole.HURT))
            change_member(visit, couple.id, Seat.B, Naming("Ben", role=PartnerRole.INVOLVED))
        programme.give("my-part")  # of week 6
        programme.stand_still(5)
        week = programme.card().weeks[6]
        found = {step.edition.key: step.stage for step in week.steps}
        assert found == {"my-part": IMPACT, "support-map": STEADYING, "pause-plan": STEADYING}
        page = desk.open(programme.path)
        (heading,) = page.soup.select("#week-6")
        section = heading.find_parent("section")
        assert section is not None
        said = [item.get_text(" ", strip=True) for item in section.select("li.card")]
        assert [IMPACT in words for words in said] == ["My part in it" in words for words in said]
        assert [STEADYING in words for words in said].count(True) == 2

    def test_moved_by_hand_after_its_end_there_is_no_stage(
        self, world: World, couple: CoupleHere
    ) -> None:
        programme = Standing(world, couple)
        programme.move("holding-hope", Placing("holding-hope", 14, StepFor.EACH))
        assert programme.stages()[14] == ""


class TestWeeksToChoose:
    def test_for_whom_can_be_changed_however_late_it_stands(
        self, world: World, couple: CoupleHere, desk: Desk
    ) -> None:
        programme = Standing(world, couple, "after-counselling")
        programme.stand_still(40)
        step = programme.card().steps[-1]
        assert step.week == 64
        desk.open(f"{programme.path}/steps/{step.id}")
        assert "Changed." in desk.press("Change it", {"for_whom": "a"}).said
        assert programme.card().steps[-1].for_whom is StepFor.A

    def test_every_week_that_is_offered_is_taken(
        self, world: World, couple: CoupleHere, desk: Desk
    ) -> None:
        programme = Standing(world, couple, "after-counselling")
        programme.stand_still(40)
        page = desk.open(f"{programme.path}/steps/{programme.card().steps[-1].id}")
        last = str(page.soup.select("select[name=week] option")[-1]["value"])
        desk.press("Change it", {"week": last})
        assert programme.card().steps[-1].week == int(last) == 68

    def test_no_other_is(self, world: World, couple: CoupleHere) -> None:
        programme = Standing(world, couple)
        for week in (-1, 17):
            with pytest.raises(Refused) as no:
                programme.add(week)
            assert no.value.reasons == (WEEK_NOT_LAID_OUT,)
            with pytest.raises(Refused):
                programme.move("holding-hope", Placing("holding-hope", week, StepFor.EACH))
        programme.add(16)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (0, "It goes on where it was."),
        (1, "It goes on. What is left moves on by one week."),
        (6, "It goes on. What is left moves on by 6 weeks."),
    ],
)
def test_going_on_is_said_in_whole_sentences(
    world: World, couple: CoupleHere, desk: Desk, weeks: int, said: str
) -> None:
    programme = Standing(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.pause(visit, programme.id)
    desk.come_back(weeks=weeks, hours=1)
    desk.open(programme.path)
    page = desk.press("Go on with it")
    assert said in page.said
