"""A diary whose writer's clock goes back: no entry loses the day that it was written for."""

from collections.abc import Callable
from uuid import UUID

from portal.exercises.form.values import rows_in
from portal.people.models import Person
from portal.reflections.drafts.leaves import diary_of
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


def test_a_number_nobody_understood_stays_alone_on_a_day_that_is_to_come_again(
    world: World, couple: CoupleHere, sit_down: Callable[[UUID], Browser], clock: StandingClock
) -> None:
    (round_id,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
    clock.move(days=2, hours=15.5)
    world.now = clock.now()
    with world.as_(couple.a, Role.PARTNER) as visit:
        diary = diary_of(draft(visit, round_id))
    assert diary is not None
    number = diary.number
    ann, at = sit_down(couple.a), leaf(round_id, number)
    boxes = [str(box["name"]) for box in ann.open(at).soup.select('[name$=".minutes"]')]
    (box,) = [name for name in boxes if ".day-4." in name]
    ann.send({box: "about twenty"}, press="save", to=f"/{number}")
    with world.visit() as visit:
        visit.db.get_one(Person, couple.a).time_zone = "America/New_York"
    ann.open(at)
    page = ann.send(press="save", to=f"/{number}")
    (standing,) = page.soup.select(f'[name="{box}"]')
    assert standing["value"] == "about twenty"
