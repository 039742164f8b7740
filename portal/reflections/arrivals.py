"""What came in and what waits: states and moments of reflections, and none of their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, distinct, exists, func, or_, select

from portal.people.queries import memberships_of
from portal.policies.sight import sees_private
from portal.reflections.laying import private_words
from portal.reflections.models import WRITABLE, PrivateWord, Reflection, SheetSide
from portal.visit import Visit
from portal.vocabulary import ReflectionState, Role


def states_of(visit: Visit, round_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], ReflectionState]:
    """How far each respondent is: for the counsellor everybody, for a partner only themselves."""
    query = select(Reflection).where(Reflection.round_id.in_(list(round_ids)))
    if visit.viewer.role is Role.PARTNER:
        query = query.where(Reflection.respondent_id == visit.viewer.me())
    elif not visit.viewer.is_staff:
        return {}
    inside = query.where(Reflection.couple_id.in_(list(visit.viewer.couples)))
    rows = visit.db.scalars(inside).all()
    alone = {(row.round_id, row.respondent_id): row.state for row in rows if not row.is_joint}
    return {**alone, **_on_sheets(visit, [row for row in rows if row.is_joint])}


def has_handed_in(visit: Visit, round_id: UUID, person_id: UUID) -> bool:
    """Whether anything of this person's ever left their hands: work, a no, or words for the counsellor alone.

    What somebody has only begun is theirs alone, so that it is nothing that could be answered.
    """
    state = states_of(visit, [round_id]).get((round_id, person_id))
    if state is not None and state is not ReflectionState.DRAFT:
        return True
    alone = (
        select(PrivateWord.id)
        .join(Reflection, Reflection.id == PrivateWord.reflection_id)
        .where(Reflection.round_id == round_id, PrivateWord.respondent_id == person_id)
    )
    return state is not None and visit.db.scalars(alone.limit(1)).first() is not None


@dataclass(frozen=True)
class Waiting:
    """One reflection that waits for the counsellor."""

    round_id: UUID
    respondent_id: UUID
    sent_at: datetime
    looks_first: bool


def waiting_in(visit: Visit, couple_ids: Iterable[UUID]) -> list[Waiting]:
    """What was sent in these couples and is not yet marked as read.

    Words for the counsellor alone wait by themselves: also where the piece was left out or taken back.
    """
    ids = [couple_id for couple_id in couple_ids if sees_private(visit.viewer, couple_id)]
    query = select(Reflection).where(Reflection.couple_id.in_(ids), _waits())
    rows = visit.db.scalars(query.order_by(Reflection.sent_at, Reflection.id)).all()
    private = private_words(visit, [row.id for row in rows])
    return [
        Waiting(
            row.round_id,
            row.respondent_id,
            _since(row, private.get(row.id, ())),
            any(_was_not_free(word.field_key, text) for word, text in private.get(row.id, ())),
        )
        for row in rows
    ]


def rounds_that_wait(visit: Visit, couple_ids: Iterable[UUID]) -> set[UUID]:
    """The rounds in these couples of which anything waits to be read."""
    ids = [couple_id for couple_id in couple_ids if sees_private(visit.viewer, couple_id)]
    query = select(Reflection.round_id).where(Reflection.couple_id.in_(ids), _waits())
    return set(visit.db.scalars(query.distinct()))


def _since(row: Reflection, words: Sequence[tuple[PrivateWord, str]]) -> datetime:
    """How long something of it waits; what its writer types on in a draft moves nothing."""
    moments = [word.sent_at for word, _text in words if word.read_at is None]
    if row.state is ReflectionState.SUBMITTED and row.sent_at is not None:
        moments.append(row.sent_at)
    return min(moments, default=row.saved_at)


@dataclass(frozen=True)
class CameIn:
    """That something was sent or declined, by whom and when; none of its words."""

    couple_id: UUID
    round_id: UUID
    respondent_id: UUID
    at: datetime
    was_declined: bool


def came_in(visit: Visit, couple_ids: Iterable[UUID], since: datetime, most: int) -> list[CameIn]:
    """What was sent or declined in these couples of late, the newest first."""
    ids = [couple_id for couple_id in couple_ids if sees_private(visit.viewer, couple_id)]
    query = select(Reflection).where(
        Reflection.couple_id.in_(ids),
        Reflection.sent_at > since,
        Reflection.state != ReflectionState.RETURNED,
    )
    newest = query.order_by(Reflection.sent_at.desc(), Reflection.id).limit(most)
    return [
        CameIn(
            row.couple_id,
            row.round_id,
            row.respondent_id,
            row.sent_at or row.saved_at,
            row.state is ReflectionState.DECLINED,
        )
        for row in visit.db.scalars(newest)
    ]


def count_waiting(visit: Visit) -> int:
    """How many rounds of couples in care wait to be read by the counsellor."""
    query = select(func.count(distinct(Reflection.round_id))).where(
        Reflection.couple_id.in_(
            [i for i in visit.viewer.couples if sees_private(visit.viewer, i)]
        ),
        _waits(),
    )
    return visit.db.scalar(query) or 0


def where_it_waits(visit: Visit) -> set[UUID]:
    """The couples in care of whom something waits to be read, also where the file was put away."""
    ids = [each for each in visit.viewer.couples if sees_private(visit.viewer, each)]
    query = select(Reflection.couple_id).where(Reflection.couple_id.in_(ids), _waits())
    return set(visit.db.scalars(query.distinct()))


def _waits() -> ColumnElement[bool]:
    unread = exists().where(
        PrivateWord.reflection_id == Reflection.id, PrivateWord.read_at.is_(None)
    )
    return or_(Reflection.state == ReflectionState.SUBMITTED, unread)


def _on_sheets(visit: Visit, rows: list[Reflection]) -> dict[tuple[UUID, UUID], ReflectionState]:
    """A sheet's state is both people's, unless one of them left it out; for staff alone."""
    if not rows:
        return {}
    left = select(SheetSide).where(
        SheetSide.reflection_id.in_([row.id for row in rows]), SheetSide.declined_at.is_not(None)
    )
    out = {(side.reflection_id, side.person_id) for side in visit.db.scalars(left)}
    seats = memberships_of(visit, {row.couple_id for row in rows})
    return {
        (row.round_id, seat.person_id): ReflectionState.DECLINED
        if (row.id, seat.person_id) in out and row.state in WRITABLE
        else row.state
        for row in rows
        for seat in seats
        if seat.couple_id == row.couple_id
    }


def _was_not_free(key: str, text: str) -> bool:
    """Whether somebody said that they could not answer freely: read this first."""
    return key == "could_be_open" and any(answer in text for answer in ("not_alone", "worried"))
