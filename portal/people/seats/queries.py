"""Asking who sits where, for the door, where nobody is known yet."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.people.models import Membership
from portal.people.queries import memberships_of, person_cards
from portal.visit import Visit
from portal.vocabulary import Seat


def takes_part(db: Session, person_id: UUID, couple_ids: Iterable[UUID]) -> bool:
    """Whether somebody takes part in one of these couples."""
    query = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.couple_id.in_(list(couple_ids)),
        Membership.participates,
        Membership.left_at.is_(None),
    )
    return db.scalars(query.limit(1)).first() is not None


def couple_with(visit: Visit, person_id: UUID) -> UUID | None:
    """The couple, of those open to this viewer, in which somebody sits."""
    query = select(Membership.couple_id).where(
        Membership.person_id == person_id, Membership.couple_id.in_(list(visit.viewer.couples))
    )
    return visit.db.scalars(query.limit(1)).first()


def coming_alone(visit: Visit, couple_ids: Iterable[UUID]) -> dict[UUID, Seat]:
    """Of those of these couples in which only one person takes part: who that is."""
    there: dict[UUID, list[Seat]] = {}
    for member in memberships_of(visit, couple_ids):
        if member.participates:
            there.setdefault(member.couple_id, []).append(member.seat)
    return {couple_id: seats[0] for couple_id, seats in there.items() if len(seats) == 1}


def names_around(visit: Visit, person_id: UUID) -> list[str]:
    """Somebody's own name and their partner's: names that anybody near them would guess first."""
    mine = select(Membership.couple_id).where(Membership.person_id == person_id)
    near = visit.db.scalars(select(Membership.person_id).where(Membership.couple_id.in_(mine)))
    cards = person_cards(visit, {person_id, *near})
    return [name for card in cards.values() for name in (card.name, card.first_name) if name]
