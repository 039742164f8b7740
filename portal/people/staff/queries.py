"""Finding the staff of a practice, and who looks after a couple."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotFound
from portal.people.models import Care, Couple, Person, StaffRole
from portal.people.queries import carers_of, couple_of, person_cards
from portal.people.staff.cards import CareCard, CareNews, StaffCard
from portal.visit import Visit
from portal.vocabulary import Role


def is_staff(db: Session, person_id: UUID) -> bool:
    """Whether somebody belongs to the practice's staff, now or before."""
    query = select(StaffRole.id).where(StaffRole.person_id == person_id)
    return db.scalars(query.limit(1)).first() is not None


def staff_cards(visit: Visit) -> list[StaffCard]:
    """Everybody who acts for this practice now, by name."""
    query = (
        select(StaffRole.person_id, StaffRole.role)
        .join(Person, Person.id == StaffRole.person_id)
        .where(Person.practice_id == visit.viewer.practice(), StaffRole.until_at.is_(None))
    )
    roles: dict[UUID, list[Role]] = {}
    for row in visit.db.execute(query):
        roles.setdefault(row.person_id, []).append(row.role)
    people = person_cards(visit, roles)
    cards = [
        StaffCard(people[person_id], tuple(sorted(theirs, key=lambda role: role.value)))
        for person_id, theirs in roles.items()
        if person_id in people
    ]
    return sorted(cards, key=lambda card: (card.person.name.casefold(), card.person.id))


def staff_in(visit: Visit, role: Role) -> list[StaffCard]:
    """Those of the practice's staff who may act in this role."""
    return [card for card in staff_cards(visit) if role in card.roles]


def colleague(visit: Visit, person_id: UUID, role: Role) -> StaffCard:
    """One of the practice's own staff in this role."""
    found = next((c for c in staff_in(visit, role) if c.person.id == person_id), None)
    if found is None:
        raise NotFound
    return found


def care_cards(visit: Visit, couple_id: UUID) -> list[CareCard]:
    """Who looks after this couple, and who may read along."""
    couple = couple_of(visit, couple_id)
    query = select(Care).where(Care.couple_id == couple.id, Care.until_at.is_(None))
    rows = visit.db.scalars(query.order_by(Care.since_at, Care.id)).all()
    people = person_cards(visit, [row.person_id for row in rows])
    return [
        CareCard(people[row.person_id], row.role, row.person_id == visit.viewer.person_id)
        for row in rows
        if row.person_id in people
    ]


def has_couples(visit: Visit, person_id: UUID) -> bool:
    """Whether any couple is in this counsellor's care, also one whose file was put away."""
    query = select(Care.id).where(
        Care.person_id == person_id, Care.role == Role.COUNSELLOR, Care.until_at.is_(None)
    )
    return visit.db.scalars(query.limit(1)).first() is not None


def able_carers(visit: Visit, couple_id: UUID) -> set[UUID]:
    """Those in whose care this couple is and who may act as counsellors now."""
    caring = set(carers_of(visit, couple_of(visit, couple_id).id))
    return caring & {card.person.id for card in staff_in(visit, Role.COUNSELLOR)}


def care_news(visit: Visit, since: datetime) -> CareNews:
    """What changed in this counsellor's own care, so that no couple is moved without their knowing.

    A couple that they took in themself is no news. Of one that left, nothing but the number is told.
    """
    query = (
        select(Care.couple_id, Care.since_at, Care.until_at, Couple.made_at)
        .join(Couple, Couple.id == Care.couple_id)
        .where(
            Care.person_id == visit.viewer.me(),
            Care.role == Role.COUNSELLOR,
            or_(Care.since_at >= since, Care.until_at >= since),
        )
    )
    rows = visit.db.execute(query).all()
    here = visit.viewer.couples
    came = {row.couple_id for row in rows if row.until_at is None and row.since_at > row.made_at}
    left = {row.couple_id for row in rows if row.until_at is not None}
    return CareNews(came=len(came), left=len(left - here.keys()))
