"""Finding people and couples, always inside the viewer's fence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotFound
from portal.people.cards import (
    CoupleCard,
    MemberCard,
    OwnCoupleCard,
    PersonCard,
    PromiseCard,
)
from portal.people.models import (
    Care,
    Couple,
    Membership,
    Person,
    StaffRole,
)
from portal.people.promises import is_up_to_date, last_read, promises_read
from portal.people.standing import Standings, joint_work_at, standings
from portal.policies.deeds import may_read_file
from portal.policies.sight import may_enter
from portal.policies.viewer import Standing, Viewer, require
from portal.practice.models import Practice
from portal.practice.starters import POLICY_TEXT_VERSION
from portal.visit import Visit
from portal.vocabulary import (
    ContactLevel,
    JointWork,
    PartnerRole,
    Role,
    Seat,
    Stance,
)


def roles_of(db: Session, person_id: UUID) -> tuple[Role, ...]:
    """The roles somebody may act in now: staff roles, or partner where they take part."""
    staff = db.scalars(
        select(StaffRole.role).where(StaffRole.person_id == person_id, StaffRole.until_at.is_(None))
    ).all()
    if staff:
        return tuple(sorted(staff, key=lambda role: role.value))
    member = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.participates,
        Membership.joined_at.is_not(None),
        Membership.left_at.is_(None),
    )
    return (Role.PARTNER,) if db.scalars(member.limit(1)).first() else ()


def couples_open_to(
    db: Session, person_id: UUID, role: Role, now: datetime
) -> dict[UUID, Standing]:
    """The fence: the couples that exist for this person in this role, in one look-up."""
    if role in (Role.COUNSELLOR, Role.SUPERVISOR):
        query = select(Care.couple_id).where(
            Care.person_id == person_id,
            Care.role == role,
            Care.since_at <= now,
            (Care.until_at.is_(None)) | (Care.until_at > now),
        )
        return {couple_id: Standing() for couple_id in db.scalars(query)}
    if role is not Role.PARTNER:
        return {}
    rows = db.execute(
        select(Membership.couple_id, Membership.seat, Membership.joined_at).where(
            Membership.person_id == person_id,
            Membership.participates,
            Membership.joined_at.is_not(None),
            Membership.left_at.is_(None),
        )
    )
    return {row.couple_id: Standing(row.seat, row.joined_at) for row in rows}


def viewer_for(
    db: Session, person_id: UUID, account_id: UUID | None, role: Role, now: datetime
) -> Viewer | None:
    """This person in this role, from rows that are true now; None where the role is gone."""
    person = db.get(Person, person_id)
    if person is None or person.erased_at is not None or role not in roles_of(db, person_id):
        return None
    couples = couples_open_to(db, person_id, role, now)
    return Viewer(role, person_id, account_id, person.practice_id, couples)


def couple_of(visit: Visit, couple_id: UUID) -> Couple:
    """One couple, where it exists for this viewer."""
    couple = visit.db.get(Couple, couple_id) if may_enter(visit.viewer, couple_id) else None
    if couple is None:
        raise NotFound
    return couple


def memberships_of(visit: Visit, couple_ids: Iterable[UUID]) -> Sequence[Membership]:
    """The seats of these couples, in the order of their records."""
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    query = select(Membership).where(Membership.couple_id.in_(ids))
    return visit.db.scalars(query.order_by(Membership.couple_id, Membership.seat)).all()


def person_cards(visit: Visit, person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """The names of these people; callers hand in only people whom the viewer may know."""
    ids = set(person_ids)
    visit.vault.warm(ids)
    people = visit.db.scalars(select(Person).where(Person.id.in_(ids), Person.erased_at.is_(None)))
    return {person.id: _card(visit, person) for person in people}


def couple_cards(visit: Visit, *, archived: bool = False) -> list[CoupleCard]:
    """The couples in this viewer's care, by name; the same few look-ups however many."""
    query = _newest_first(visit.viewer, archived=archived)
    cards = _couple_cards(visit, visit.db.scalars(query).all())
    return sorted(cards, key=lambda card: (card.title.casefold(), card.id))


def cards_of(visit: Visit, couple_ids: Iterable[UUID]) -> list[CoupleCard]:
    """These couples, put away or not, as far as they are in this viewer's care."""
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    query = select(Couple).where(Couple.id.in_(ids))
    return _couple_cards(visit, visit.db.scalars(query).all()) if ids else []


def couple_card(visit: Visit, couple_id: UUID) -> CoupleCard:
    """One couple's file as its counsellor sees it."""
    return _couple_cards(visit, [couple_of(visit, couple_id)])[0]


def own_couple(visit: Visit) -> OwnCoupleCard:
    """The partner's own couple, as they may know it."""
    couple_id = next(iter(visit.viewer.couples), None)
    if visit.viewer.role is not Role.PARTNER or couple_id is None:
        raise NotFound
    couple = couple_of(visit, couple_id)
    seats = memberships_of(visit, [couple_id])
    people = person_cards(visit, [seat.person_id for seat in seats])
    mine = next(seat for seat in seats if seat.person_id == visit.viewer.person_id)
    other = next((seat for seat in seats if seat is not mine), None)
    read = last_read(visit, couple.id, mine.person_id)
    return OwnCoupleCard(
        id=couple.id,
        me=people[mine.person_id],
        seat=mine.seat,
        partner=_without_whereabouts(people.get(other.person_id)) if other else None,
        partner_takes_part=bool(other and other.participates),
        time_zone=couple.time_zone,
        currency=couple.currency,
        secrets_policy=read.policy if read else couple.secrets_policy,
        policy_version=read.text_version if read else POLICY_TEXT_VERSION,
        next_policy=None if is_up_to_date(read, couple) else couple.secrets_policy,
    )


def _without_whereabouts(card: PersonCard | None) -> PersonCard | None:
    """The other by name; which zone they have chosen would tell where they are."""
    return replace(card, time_zone="") if card else None


def contact_of(visit: Visit, couple_id: UUID, seat: Seat) -> str:
    """A safe way to reach one partner, as the counsellor was told."""
    couple_of(visit, couple_id)
    query = select(Person).join(Membership, Membership.person_id == Person.id)
    person = visit.db.scalars(
        query.where(Membership.couple_id == couple_id, Membership.seat == seat)
    ).one()
    return person.words(visit.vault, "contact", person.id)


def contact_level_of(visit: Visit, couple: Couple) -> ContactLevel:
    """How the two are in touch; unreadable or missing counts as no contact."""
    text = couple.words(visit.vault, "contact_level", couple.id)
    return next((c for c in ContactLevel if c.value == text), ContactLevel.NO_CONTACT)


def joint_work_of(visit: Visit, couple_id: UUID) -> JointWork:
    """The joint-work status that holds now; a lapsed ‘clear’ counts as not asked."""
    return joint_work_at(standings(visit, [couple_id]).joint.get(couple_id), visit.now)


def has_lapsed(visit: Visit, couple_id: UUID) -> bool:
    """Whether a ‘clear’ of this couple ran out and was not renewed in time."""
    entry = standings(visit, [couple_id]).joint.get(couple_id)
    return entry is not None and joint_work_at(entry, visit.now) is not entry.status


def carers_of(visit: Visit, couple_id: UUID) -> list[UUID]:
    """The counsellors in whose care this couple is."""
    query = select(Care.person_id).where(
        Care.couple_id == couple_id, Care.role == Role.COUNSELLOR, Care.until_at.is_(None)
    )
    return list(visit.db.scalars(query))


def _newest_first(viewer: Viewer, *, archived: bool) -> Select[Couple]:
    wanted = Couple.archived_at.is_not(None) if archived else Couple.archived_at.is_(None)
    return select(Couple).where(Couple.id.in_(list(viewer.couples)), wanted)


def _couple_cards(visit: Visit, couples: Sequence[Couple]) -> list[CoupleCard]:
    ids = [couple.id for couple in couples]
    seats = memberships_of(visit, ids)
    visit.vault.warm([*ids, *(seat.person_id for seat in seats)])
    people = person_cards(visit, [seat.person_id for seat in seats])
    found = standings(visit, ids)
    zones = {couple.id: couple.time_zone for couple in couples}
    members: dict[UUID, list[MemberCard]] = {couple_id: [] for couple_id in ids}
    for seat in seats:
        members[seat.couple_id].append(_member(visit, seat, people[seat.person_id], zones))
    return [_couple_card(visit, couple, tuple(members[couple.id]), found) for couple in couples]


def _couple_card(
    visit: Visit, couple: Couple, members: tuple[MemberCard, ...], found: Standings
) -> CoupleCard:
    entry, hold = found.joint.get(couple.id), found.hold(couple.id)
    parting = found.parting(couple.id)
    return CoupleCard(
        id=couple.id,
        members=members,
        contact=contact_level_of(visit, couple),
        joint_work=joint_work_at(entry, visit.now),
        joint_work_reason=entry.words(visit.vault, "reason", couple.id) if entry else "",
        joint_work_set_at=entry.set_at if entry else None,
        joint_work_lapses_at=entry.lapses_at if entry else None,
        time_zone=couple.time_zone,
        currency=couple.currency,
        secrets_policy=couple.secrets_policy,
        opening_rule=couple.opening_rule,
        archived_at=couple.archived_at,
        held_since=hold.set_at if hold else None,
        hold_reason=hold.words(visit.vault, "reason", couple.id) if hold else "",
        apart_since=parting.set_at if parting else None,
        agreement=parting.words(visit.vault, "agreement", couple.id) if parting else "",
        joint_work_mark=str(entry.id) if entry else "",
        hold_mark=str(hold.id) if hold else "",
    )


def _member(
    visit: Visit, seat: Membership, person: PersonCard, zones: Mapping[UUID, str]
) -> MemberCard:
    role = seat.words(visit.vault, "role", seat.couple_id)
    stance = seat.words(visit.vault, "stance", seat.couple_id)
    return MemberCard(
        person=person,
        seat=seat.seat,
        participates=seat.participates,
        role=next((r for r in PartnerRole if r.value == role), PartnerRole.ANY),
        stance=next((s for s in Stance if s.value == stance), Stance.NOT_SET),
        joined_at=seat.joined_at,
        time_zone=person.time_zone or zones[seat.couple_id],
    )


def _card(visit: Visit, person: Person) -> PersonCard:
    name = person.words(visit.vault, "name", person.id)
    return PersonCard(
        id=person.id,
        name=name,
        first_name=person.words(visit.vault, "first_name", person.id) or name,
        pronouns=person.words(visit.vault, "pronouns", person.id),
        time_zone=person.time_zone,
    )


def seat_of(card: CoupleCard, person_id: UUID) -> Seat | None:
    """In which seat of this couple somebody sits."""
    return next((m.seat for m in card.members if m.person.id == person_id), None)


def promise_is_read(visit: Visit) -> tuple[bool, bool]:
    """Whether this partner ever read a promise, and whether it is the newest; no word is opened."""
    couple_id = next(iter(visit.viewer.couples), None)
    if couple_id is None:
        return True, True
    read = last_read(visit, couple_id, visit.viewer.me())
    return read is not None, is_up_to_date(read, couple_of(visit, couple_id))


def promise_cards(visit: Visit, card: CoupleCard) -> Mapping[UUID, PromiseCard]:
    """Which promise holds for each of the two, for those who look after them."""
    require(may_read_file(visit.viewer, card.id))
    people = [member.person.id for member in card.taking_part]
    return promises_read(visit, couple_of(visit, card.id), people)


def locale_of(db: Session, person_id: UUID) -> str:
    """The language somebody reads in: their own choice, or their practice's."""
    query = select(Person.locale, Practice.locale).join(Practice, Practice.id == Person.practice_id)
    own, theirs = db.execute(query.where(Person.id == person_id)).one()
    return own or theirs
