"""Which check-ins wait for the counsellor, over all their couples; for their eyes alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from portal.measures.cards import CheckInCard
from portal.measures.models import CheckIn, CheckInSeen
from portal.measures.queries import laid_out
from portal.people.cards import CoupleCard
from portal.policies.sight import sees_check_in_marks, sight_of_check_in
from portal.visit import Visit
from portal.vocabulary import Sight


def waiting_in(visit: Visit, couples: Sequence[CoupleCard]) -> list[CheckInCard]:
    """What was sent in these couples and is not yet marked as seen, the longest wait first."""
    query = _unseen(visit, [couple.id for couple in couples])
    rows = visit.db.scalars(query.order_by(CheckIn.sent_at, CheckIn.id)).all()
    seen = [
        row
        for row in rows
        if sight_of_check_in(visit.viewer, row.couple_id, row.person_id, row.sent_at) is Sight.WORDS
    ]
    return laid_out(visit, seen, couples) if seen else []


def unseen_ids(visit: Visit, couple_id: UUID) -> frozenset[UUID]:
    """Which check-ins of this couple wait to be seen."""
    return frozenset(visit.db.scalars(_unseen(visit, [couple_id]).with_only_columns(CheckIn.id)))


def count_waiting(visit: Visit) -> int:
    """How many check-ins of couples in care wait to be seen."""
    query = _unseen(visit, visit.viewer.couples).with_only_columns(func.count())
    return visit.db.scalar(query) or 0


def where_it_waits(visit: Visit) -> set[UUID]:
    """The couples in care of whom a check-in waits, also where the file was put away."""
    query = _unseen(visit, visit.viewer.couples).with_only_columns(CheckIn.couple_id).distinct()
    return set(visit.db.scalars(query))


@dataclass(frozen=True)
class CameIn:
    """That a check-in was sent, of which week, by whom and when; none of its words."""

    id: UUID
    couple_id: UUID
    person_id: UUID
    week_on: date
    at: datetime


def came_in(visit: Visit, couple_ids: Iterable[UUID], since: datetime, most: int) -> list[CameIn]:
    """The check-ins that were sent in these couples of late, the newest first."""
    query = select(CheckIn).where(
        CheckIn.couple_id.in_(_known(visit, couple_ids)), CheckIn.sent_at > since
    )
    newest = query.order_by(CheckIn.sent_at.desc(), CheckIn.id).limit(most)
    return [
        CameIn(row.id, row.couple_id, row.person_id, row.week_on, row.sent_at)
        for row in visit.db.scalars(newest)
        if row.sent_at is not None
    ]


def _known(visit: Visit, couple_ids: Iterable[UUID]) -> list[UUID]:
    return [each for each in couple_ids if sees_check_in_marks(visit.viewer, each)]


def _unseen(visit: Visit, couple_ids: Iterable[UUID]) -> Select[CheckIn]:
    return (
        select(CheckIn)
        .outerjoin(CheckInSeen, CheckInSeen.check_in_id == CheckIn.id)
        .where(
            CheckIn.couple_id.in_(_known(visit, couple_ids)),
            CheckIn.sent_at.is_not(None),
            CheckInSeen.id.is_(None),
        )
    )
