"""Adding staff, giving and ending roles, and handing couples over."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select

from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Refused
from portal.people.models import Care, Couple, Person, StaffRole
from portal.people.service import Naming, add_person, give_role, keep_others_out
from portal.people.staff.queries import able_carers, colleague, has_couples, staff_in
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice import service as practice
from portal.visit import Visit
from portal.vocabulary import Act, Role

STAFF_ROLES = (Role.COUNSELLOR, Role.SUPERVISOR, Role.OWNER)
NO_ROLE = "Choose at least one role."
LAST_OWNER = "A practice needs somebody who owns it. Make somebody else an owner first."
HAS_COUPLES = "Couples are still in this person’s care. Hand them over to somebody else first."
LAST_CARER = "A couple needs a counsellor. Hand it over to somebody else first."


def add_staff(visit: Visit, naming: Naming, roles: list[Role]) -> Person:
    """The owner takes somebody on."""
    require(deeds.may_lead_practice(visit.viewer))
    if not roles:
        raise Refused(NO_ROLE)
    person = add_person(visit, visit.viewer.practice(), naming)
    for role in roles:
        give_role(visit, person.id, role)
    return person


def change_roles(visit: Visit, person_id: UUID, roles: list[Role]) -> None:
    """The owner settles in which roles somebody may act from now on.

    Roles are changed one at a time in a practice: two owners cannot take each other's away at once. A
    counsellor stays one while couples are in their care, for nobody else might be able to read these. What
    a supervisor read along in ends with the role: with a new one each counsellor decides anew.
    """
    practice.keep_others_out(visit)
    rows = _roles_of(visit, person_id, lock=True)
    if not roles:
        raise Refused(NO_ROLE)
    held_now = {row.role for row in rows if row.until_at is None}
    if Role.COUNSELLOR in held_now - set(roles) and has_couples(visit, person_id):
        raise Refused(HAS_COUPLES)
    for row in rows:
        if row.role not in roles:
            row.until_at = visit.now
    for role in roles:
        if role not in held_now:
            _give_again(visit, person_id, role)
    _end_reading(visit, person_id, held_now ^ set(roles))
    visit.db.flush()  # whether an owner is left is asked of the rows
    if not staff_in(visit, Role.OWNER):
        raise Refused(LAST_OWNER)
    audit.record(visit, Act.ADDED_STAFF, person_id)


def _end_reading(visit: Visit, person_id: UUID, changed: Collection[Role]) -> None:
    """Where somebody stopped or began to be a supervisor, they read along in nothing from before."""
    if Role.SUPERVISOR not in changed:
        return
    query = select(Care).where(
        Care.person_id == person_id, Care.role == Role.SUPERVISOR, Care.until_at.is_(None)
    )
    for row in visit.db.scalars(query).all():
        row.until_at = visit.now
        audit.record(visit, Act.CHANGED_CARE, person_id, row.couple_id)


def share_care(visit: Visit, couple_id: UUID, person_id: UUID, role: Role) -> None:
    """The couple's counsellor asks a colleague to look after them too, or a supervisor to read."""
    keep_others_out(visit, couple_id)
    _keep_role(visit, person_id, role)
    colleague(visit, person_id, role)
    query = select(Care.id).where(
        Care.couple_id == couple_id,
        Care.person_id == person_id,
        Care.role == role,
        Care.until_at.is_(None),
    )
    if visit.db.scalars(query).first() is None:
        visit.db.add(Care(couple_id=couple_id, person_id=person_id, role=role, since_at=visit.now))
        audit.record(visit, Act.CHANGED_CARE, person_id, couple_id)


def end_care(visit: Visit, couple_id: UUID, person_id: UUID, role: Role) -> None:
    """Somebody stops looking after a couple, or reading along; a couple is never left alone.

    The couple is held meanwhile: of two who would leave in one instant, the second finds that they are alone.
    """
    keep_others_out(visit, couple_id)
    query = select(Care).where(
        Care.couple_id == couple_id,
        Care.person_id == person_id,
        Care.role == role,
        Care.until_at.is_(None),
    )
    rows = visit.db.scalars(query).all()
    if not rows:
        raise NotFound
    if role is Role.COUNSELLOR and not able_carers(visit, couple_id) - {person_id}:
        raise Refused(LAST_CARER)
    for row in rows:
        row.until_at = visit.now
    audit.record(visit, Act.CHANGED_CARE, person_id, couple_id)


def hand_over_all(visit: Visit, from_id: UUID, to_id: UUID) -> int:
    """The owner hands everything in one counsellor's care to somebody else, seeing none of it."""
    require(deeds.may_hand_over(visit.viewer, to_id))
    practice.keep_others_out(visit)
    _roles_of(visit, from_id)
    colleague(visit, to_id, Role.COUNSELLOR)
    if from_id == to_id:
        return 0
    query = select(Care).where(Care.role == Role.COUNSELLOR, Care.until_at.is_(None))
    couple_ids = _keep_couples(visit, query.where(Care.person_id == from_id))
    query = query.where(Care.couple_id.in_(couple_ids))
    theirs = visit.db.scalars(query.where(Care.person_id == from_id)).all()
    known = set(
        visit.db.scalars(query.where(Care.person_id == to_id).with_only_columns(Care.couple_id))
    )
    for row in theirs:
        row.until_at = visit.now
        if row.couple_id not in known:
            visit.db.add(
                Care(
                    couple_id=row.couple_id,
                    person_id=to_id,
                    role=Role.COUNSELLOR,
                    since_at=visit.now,
                )
            )
        audit.record(visit, Act.CHANGED_CARE, to_id, row.couple_id)
    return len(theirs)


def _keep_couples(visit: Visit, theirs: Select[Care]) -> list[UUID]:
    # Whoever leaves one of these couples at this moment is waited for; always in one order.
    ids = theirs.with_only_columns(Care.couple_id)
    query = held(select(Couple).where(Couple.id.in_(ids)).order_by(Couple.id))
    return [couple.id for couple in visit.db.scalars(query)]


def _keep_role(visit: Visit, person_id: UUID, role: Role) -> None:
    # Nobody takes the role away before what comes with it is written.
    query = select(StaffRole).where(StaffRole.person_id == person_id, StaffRole.role == role)
    visit.db.scalars(held(query, read=True)).all()


def _roles_of(visit: Visit, person_id: UUID, *, lock: bool = False) -> list[StaffRole]:
    person = visit.db.get(Person, person_id)
    query = select(StaffRole).where(StaffRole.person_id == person_id)
    rows = list(visit.db.scalars(held(query) if lock else query))
    if person is None or person.practice_id != visit.viewer.practice() or not rows:
        raise NotFound
    return rows


def _give_again(visit: Visit, person_id: UUID, role: Role) -> None:
    query = select(StaffRole).where(StaffRole.person_id == person_id, StaffRole.role == role)
    ended = visit.db.scalars(query).first()
    if ended is None:
        give_role(visit, person_id, role)
    else:
        ended.until_at = None
