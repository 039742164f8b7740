"""Coming apart: the joint space closes, and only a new agreement opens it again."""

from datetime import timedelta

import pytest

from portal.care import service as care
from portal.foundation.errors import Refused, TooLate
from portal.homework.queries import own_tasks, task
from portal.people.queries import couple_card
from portal.policies.gates import HAVE_PARTED
from portal.vocabulary import JointWork, Role, Seat
from tests.care.deeds import PAIRED, both_send, is_open
from tests.homework.looking import Desk
from tests.support.world import CoupleHere, World


def part(world: World, couple: CoupleHere, agreement: str = "Agreed by both today.") -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.come_apart(visit, couple.id, agreement)
    world.now += timedelta(minutes=1)


def test_it_needs_an_agreement_and_closes_shared_work(world: World) -> None:
    couple = world.a_couple()
    (shared,) = world.an_assignment(couple, PAIRED)
    (own,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    both_send(world, couple, shared)
    with (
        world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit,
        pytest.raises(Refused),
    ):
        care.come_apart(visit, couple.id, " ")
    part(world, couple)
    assert not is_open(world, couple, shared)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert not task(visit, shared).is_running
        assert task(visit, own).is_running
    with pytest.raises(Refused) as no:
        world.an_assignment(couple, PAIRED)
    assert HAVE_PARTED in no.value.reasons
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert {shared, own} <= {each.round_id for each in own_tasks(visit)}


def test_only_a_new_agreement_undoes_it_and_joint_work_starts_afresh(world: World) -> None:
    couple = world.a_couple()
    part(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        with pytest.raises(TooLate):
            care.come_apart(visit, couple.id, "Again.")
        with pytest.raises(Refused):
            care.come_together(visit, couple.id, "")
        care.come_together(visit, couple.id, "They have talked.")
        visit.db.flush()
        card = couple_card(visit, couple.id)
    assert card.apart_since is None
    assert card.joint_work is JointWork.NOT_ASKED


@pytest.mark.parametrize("status", [JointWork.PAUSED, JointWork.INDIVIDUAL_ONLY])
def test_what_was_not_clear_stays_with_its_reason(world: World, status: JointWork) -> None:
    couple = world.a_couple()
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.set_joint_work(visit, couple.id, status, "One of them is afraid.")
    world.now += timedelta(minutes=1)
    part(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        care.come_together(visit, couple.id, "They have talked.")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        card = couple_card(visit, couple.id)
    assert card.apart_since is None
    assert (card.joint_work, card.joint_work_reason) == (status, "One of them is afraid.")


def test_the_page(world: World, desk: Desk, couple: CoupleHere) -> None:
    world.an_assignment(couple, PAIRED)
    page = desk.open(f"/care/{couple.id}/apart")
    assert "This would be taken back" in page.said
    page = desk.press("Close the joint space")
    assert page.status == 422
    assert "Write down what was agreed." in page.said
    page = desk.press("Close the joint space", {"agreement": "Said by both."})
    assert "They have come apart" in page.said
    page = desk.open(f"/care/{couple.id}/apart")
    assert "Said by both." in page.said
