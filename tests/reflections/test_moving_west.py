"""A diary whose writer's clock goes back: no entry loses the day that it was written for."""

from collections.abc import Callable
from uuid import UUID

from portal.exercises.form.values import rows_in
from portal.people.models import Person
from portal.reflections.drafts.queries import draft
from portal.vocabulary import Role, Seat
from tests.reflections.material import leaf
from tests.support.browser import Browser
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


def entries(world: World, person_id: UUID, round_id: UUID) -> list[tuple[int | None, object]]:
    with world.as_(person_id, Role.PARTNER) as visit:
        reading = draft(visit, round_id).reading
    assert not reading.typed
    return [(row.day, row.cells) for row in rows_in(reading.values.get("days"))]


def test_saving_a_page_unchanged_changes_no_day(
    world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser], clock: StandingClock
) -> None:
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    clock.move(days=2, hours=15.5)  # half past midnight in Dublin, as the fourth day begins
    world.now = clock.now()
    ann, at = sit_down(couple.a), leaf(round_id, 1)
    ann.open(at)
    page = ann.send(press="add.days", to="/1")
    amount = str(page.form("/1").select('[name$=".amount"]')[0]["name"])
    ann.send({amount: "12,50"}, press="save", to="/1")
    before = entries(world, couple.a, round_id)
    assert [day for day, _cells in before] == [4]
    still_open = ann.page
    with world.visit() as visit:
        visit.db.get_one(Person, couple.a).time_zone = "America/New_York"
    for drawn_before in (False, True):
        if drawn_before:
            ann.page = still_open
        else:
            ann.open(at)
        page = ann.send(press="save", to="/1")
        assert page.status == 200
        assert "still to come" not in page.said
        assert entries(world, couple.a, round_id) == before
