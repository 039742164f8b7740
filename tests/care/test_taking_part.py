"""Somebody who was only named begins to take part, and what is from before they joined."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.care.service import take_part
from portal.foundation.errors import NotFound, Refused, TooLate
from portal.people import service as people
from portal.people.models import Membership
from portal.people.queries import couple_card, joint_work_of
from portal.policies.gates import NOT_JOINED
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.queries import document_row, documents_of
from portal.sessions.service import Hour, write_session
from portal.vocabulary import JointWork, Role, Seat, SummaryEdition
from tests.support.world import World


def test_who_was_only_named_takes_part_and_joint_work_is_asked_anew(world: World) -> None:
    couple = world.a_couple(takes_part=(True, False))
    assert couple.b is not None
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        take_part(visit, couple.id, Seat.B)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert [m.participates for m in couple_card(visit, couple.id).members] == [True, True]
        assert joint_work_of(visit, couple.id) is JointWork.NOT_ASKED
        with pytest.raises(TooLate):
            take_part(visit, couple.id, Seat.B)
    with pytest.raises(Refused, match=NOT_JOINED):
        world.an_assignment(couple, "needs-and-values", to=(Seat.B,))
    with world.visit() as visit:
        people.join(visit, couple.b)
    assert world.an_assignment(couple, "needs-and-values", to=(Seat.B,))


def test_a_stranger_lets_nobody_take_part(world: World) -> None:
    couple, stranger = world.a_couple(takes_part=(True, False)), world.a_couple()
    with (
        world.as_(stranger.counsellor_id, Role.COUNSELLOR) as visit,
        pytest.raises(NotFound),
    ):
        take_part(visit, couple.id, Seat.B)


@pytest.mark.parametrize(("days", "is_there"), [(-1, True), (1, False)])
def test_a_paper_of_an_hour_from_before_is_not_there(
    world: World,
    days: int,
    is_there: bool,  # noqa: FBT001 - a column of a table
) -> None:
    couple = world.a_couple()
    assert couple.b is not None
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(world.now, 50, (Seat.A, Seat.B), "shared", "", "", ())
        session = write_session(visit, couple.id, hour)
        visit.db.flush()
        row = SummaryDocument(
            couple_id=couple.id,
            therapy_session_id=session.id,
            edition=SummaryEdition.COUPLE,
            state=PrintState.FINISHED,
            number=1,
            version=1,
            ordered_by_id=couple.counsellor_id,
            ordered_at=world.now,
        )
        visit.db.add(row)
        mine = sa.update(Membership).where(Membership.person_id == couple.b)
        visit.db.execute(mine.values(joined_at=world.now + timedelta(days=days)))
    with world.as_(couple.b, Role.PARTNER) as visit:
        assert bool(documents_of(visit, couple.id)) is is_there
        if is_there:
            assert document_row(visit, row.id)
        else:
            with pytest.raises(NotFound):
                document_row(visit, row.id)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert document_row(visit, row.id)
