"""A silent hold: nothing opens, no edition for both, and to each partner it is ordinary waiting."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.foundation.errors import NotAllowed, NotFound, Refused
from portal.homework.queries import task
from portal.people.queries import couple_card
from portal.policies.openings import HELD
from portal.reflections.openings.service import open_round, why_not_open
from portal.vocabulary import OpeningRule, Role
from tests.care.deeds import PAIRED, both_send, is_open
from tests.homework.looking import Desk, unmarked
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]


def hold(world: World, couple: CoupleHere, reason: str = "", *, stands: bool = True) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.hold(visit, couple.id, stands, reason)
    world.now += timedelta(minutes=1)


def test_nothing_opens_by_itself_while_it_stands_and_what_is_ready_opens_when_it_is_lifted(
    world: World,
) -> None:
    couple = world.a_couple(opening=OpeningRule.AUTOMATIC)
    (round_id,) = world.an_assignment(couple, PAIRED)
    hold(world, couple)
    both_send(world, couple, round_id)
    assert not is_open(world, couple, round_id)
    hold(world, couple, stands=False)
    assert is_open(world, couple, round_id)


def test_the_counsellor_cannot_open_past_it_and_is_told_why(world: World) -> None:
    couple = world.a_couple()
    (round_id,) = world.an_assignment(couple, PAIRED)
    both_send(world, couple, round_id)
    hold(world, couple, "Somebody is afraid.")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert why_not_open(visit, task(visit, round_id)) == (HELD,)
        with pytest.raises(Refused):
            open_round(visit, round_id)
        card = couple_card(visit, couple.id)
    assert card.hold_reason == "Somebody is afraid."
    with world.visit() as visit:
        raw = visit.db.connection().exec_driver_sql("select reason from safety_hold").scalar_one()
    assert b"afraid" not in bytes(raw)


def test_a_partners_pages_are_the_same_bytes(
    world: World, desk: Desk, couple: CoupleHere, seat_at_desk: SeatAtDesk
) -> None:
    (round_id,) = world.an_assignment(couple, PAIRED)
    both_send(world, couple, round_id)
    ann = seat_at_desk(couple.a, Role.PARTNER)
    paths = ("/desk/week", f"/reflections/{round_id}", "/reports/mine")
    before = [unmarked(ann.client.get(path)) for path in paths]
    page = desk.open(f"/care/{couple.id}/hold")
    assert "it looks like ordinary waiting" in page.said
    page = desk.press("Hold everything", {"reason": "She rang me."})
    assert "Neither is told" in page.said
    assert [unmarked(ann.client.get(path)) for path in paths] == before
    assert "She rang me." in desk.open(f"/care/{couple.id}/hold").said
    desk.clock.move(minutes=1)
    page = desk.press("Lift the hold")
    assert "Neither is told" not in page.said


def test_an_old_page_never_does_the_opposite(world: World, desk: Desk, couple: CoupleHere) -> None:
    desk.open(f"/care/{couple.id}/hold")
    hold(world, couple)
    desk.press("Hold everything")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).held_since is not None


def test_an_old_page_lifts_no_hold_that_was_put_after_it(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    hold(world, couple, "She rang me.")
    desk.open(f"/care/{couple.id}/hold")
    hold(world, couple, stands=False)
    hold(world, couple, "He came to the door.")
    page = desk.press("Lift the hold", {"reason": "We have spoken."})
    assert page.status == 422
    assert "Another hold was put here meanwhile" in page.said
    assert "He came to the door." in page.said
    assert "We have spoken." in page.text
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).hold_reason == "He came to the door."
    desk.clock.move(minutes=5)
    assert desk.press("Lift the hold").status == 200
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).held_since is None


def test_holding_counts_from_any_page(world: World, desk: Desk, couple: CoupleHere) -> None:
    desk.open(f"/care/{couple.id}/hold")
    hold(world, couple, "She rang me.")
    hold(world, couple, stands=False)
    desk.clock.move(minutes=5)
    assert desk.press("Hold everything", {"reason": "He came by."}).status == 200
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).hold_reason == "He came by."


def test_a_second_reason_comes_back_to_who_wrote_it(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    desk.open(f"/care/{couple.id}/hold")
    hold(world, couple, "She rang me.")
    page = desk.press("Hold everything", {"reason": "He came by."})
    assert page.status == 409
    assert "Your reason was not kept beside theirs" in page.said
    assert "He came by." in page.text
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert couple_card(visit, couple.id).hold_reason == "She rang me."


def test_nobody_else_sets_one(world: World, couple: CoupleHere) -> None:
    other = world.a_counsellor(couple.practice_id, "Other Person")
    for person, role in ((other, Role.COUNSELLOR), (couple.a, Role.PARTNER)):
        with world.as_(person, role) as visit, pytest.raises((NotFound, NotAllowed)):
            care.hold(visit, couple.id, True, "")
