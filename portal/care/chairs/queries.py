"""Finding the two chairs, what lies in them, and whether it may change places."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, tuple_

from portal.care.chairs.cards import MoveCard
from portal.foundation.errors import NotFound
from portal.homework.queries import task as task_of
from portal.homework.queries import undisturbed
from portal.people.cards import CoupleCard, MemberCard
from portal.people.queries import couple_card, promise_cards
from portal.policies import deeds
from portal.policies.chairs import ChairFacts, why_it_stays
from portal.policies.viewer import require
from portal.reflections.chairs.queries import (
    home_of,
    lies_beside,
    piece_at,
    takes_over,
    was_built_upon,
    was_released,
    what_lies_there,
)
from portal.reflections.chairs.service import Chair
from portal.reflections.openings.queries import open_state
from portal.review.models import Feedback
from portal.visit import Visit
from portal.vocabulary import Mode, Seat


@dataclass(frozen=True)
class Move:
    """The two chairs, and the page's view of them."""

    wrong: Chair
    right: Chair
    card: MoveCard


def move(visit: Visit, round_id: UUID, seat: Seat, *, lock: bool = False) -> Move:
    """What stands under one of the two and would go to the other; found nowhere but in one's care."""
    task = task_of(visit, round_id)
    require(deeds.may_care_for(visit.viewer, task.couple_id))
    couple = couple_card(visit, task.couple_id)
    wrong, right = couple.member(seat), couple.member(_other(seat))
    if wrong is None or right is None:
        raise NotFound
    home = home_of(visit, task, right.person.id)
    if lock:
        # Always in the same order, so that two of these never wait for each other.
        for each in sorted({round_id, home or round_id}):
            undisturbed(visit, each)
    piece = piece_at(visit, round_id, wrong.person.id, lock=lock)
    if piece is None and task.mode is not Mode.JOINT:
        raise NotFound
    there = task_of(visit, home) if home else task
    others = piece_at(visit, home, right.person.id, lock=lock) if home else None
    chairs = Chair(task, wrong.person.id, piece), Chair(there, right.person.id, others)
    return Move(*chairs, _card(visit, couple, (wrong, right), chairs, has_home=home is not None))


def _card(
    visit: Visit,
    couple: CoupleCard,
    members: tuple[MemberCard, MemberCard],
    chairs: tuple[Chair, Chair],
    *,
    has_home: bool,
) -> MoveCard:
    wrong, right = chairs
    pieces = [chair.piece for chair in chairs if chair.piece is not None]
    rounds = {chair.task.round_id for chair in chairs}
    people = [chair.person_id for chair in chairs]
    facts = ChairFacts(
        is_joint=wrong.task.mode is Mode.JOINT,
        is_open=bool(rounds & open_state(visit, list(rounds)).opened.keys()),
        is_released=was_released(visit, pieces),
        has_home=has_home,
        is_here=members[1].joined_at is not None
        and right.person_id in promise_cards(visit, couple),
        goes_on=any(was_built_upon(visit, chair.task, people) for chair in chairs),
        takes_over=any(
            takes_over(visit, chair.task, chair.piece, chair.person_id)
            for chair in chairs
            if chair.piece is not None
        ),
        is_answered=_was_answered(visit, chairs),
    )
    return MoveCard(
        couple=couple,
        task=wrong.task,
        wrong=members[0],
        right=members[1],
        was_sent=wrong.was_sent,
        is_exchange=right.piece is not None,
        reasons=why_it_stays(facts),
        mark=what_lies_there(visit, [chair.piece for chair in chairs]),
        lies_beside=lies_beside(visit, [chair.piece for chair in chairs]),
    )


def _was_answered(visit: Visit, chairs: tuple[Chair, Chair]) -> bool:
    """Whether somebody has been given words about their own work on one of these rounds."""
    query = select(Feedback.id).where(
        tuple_(Feedback.round_id, Feedback.owner_id).in_(
            [(chair.task.round_id, chair.person_id) for chair in chairs]
        ),
        Feedback.released_at.is_not(None),
    )
    return visit.db.scalars(query.limit(1)).first() is not None


def _other(seat: Seat) -> Seat:
    return Seat.B if seat is Seat.A else Seat.A
