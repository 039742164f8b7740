"""Adding people and couples, and deciding about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Stale, TooLate
from portal.people.models import (
    Care,
    Couple,
    JointWorkEntry,
    Membership,
    Parting,
    Person,
    PolicyAcknowledgement,
    SafetyHold,
    StaffRole,
)
from portal.people.promises import READ_AGAIN, mark_of
from portal.people.queries import couple_of, own_couple
from portal.people.standing import standings
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.models import Practice
from portal.practice.starters import POLICY_TEXT_VERSION
from portal.visit import Visit
from portal.vocabulary import (
    Act,
    ContactLevel,
    JointWork,
    OpeningRule,
    PartnerRole,
    Role,
    Seat,
    SecretsPolicy,
    Stance,
)

TICK = timedelta(microseconds=1)
TAKES_PART = "They take part already."
HOLD_ALREADY = "Somebody has decided this a moment ago. Your reason was not kept beside theirs."
TWO_ALREADY = "There are two of them already."


@dataclass(frozen=True)
class Naming:
    """A person as they are written down for the first time."""

    name: str
    first_name: str = ""
    pronouns: str = ""
    contact: str = ""
    participates: bool = True
    role: PartnerRole = PartnerRole.ANY
    stance: Stance = Stance.NOT_SET

    @classmethod
    def second(cls, first_name: str, name: str, pronouns: str, *, participates: bool) -> "Naming":
        """Whoever comes beside the first; of somebody who takes no part only what they are called is kept."""
        if not participates:
            return cls(first_name, first_name, participates=False)
        return cls(name or first_name, first_name, pronouns)


@dataclass(frozen=True)
class CoupleTerms:
    """What is agreed about a couple; what is left open comes from the practice."""

    contact: ContactLevel
    time_zone: str = ""
    currency: str = ""
    secrets_policy: SecretsPolicy | None = None
    opening_rule: OpeningRule | None = None


def add_person(visit: Visit, practice_id: UUID, naming: Naming) -> Person:
    """Write somebody down under a key of their own."""
    person = Person(practice_id=practice_id, made_at=visit.now)
    visit.vault.new_key(person.id, practice_id, visit.now)
    for field in ("name", "first_name", "pronouns", "contact"):
        person.put(visit.vault, field, getattr(naming, field), person.id)
    visit.db.add(person)
    visit.db.flush()  # rows that point at this person follow
    return person


def give_role(visit: Visit, person_id: UUID, role: Role) -> None:
    """Let somebody of the practice act in this role."""
    visit.db.add(StaffRole(person_id=person_id, role=role))
    audit.record(visit, Act.ADDED_STAFF, person_id)


def add_couple(visit: Visit, terms: CoupleTerms, partners: list[Naming]) -> Couple:
    """The counsellor takes a couple of one or two into their care."""
    require(deeds.may_add_couple(visit.viewer))
    practice = visit.db.get_one(Practice, visit.viewer.practice())
    couple = Couple(
        practice_id=practice.id,
        time_zone=terms.time_zone or practice.time_zone,
        currency=terms.currency or practice.currency,
        secrets_policy=terms.secrets_policy or practice.secrets_policy,
        policy_since_at=visit.now,
        opening_rule=terms.opening_rule or practice.opening_rule,
        made_at=visit.now,
    )
    visit.vault.new_key(couple.id, practice.id, visit.now)
    couple.put(visit.vault, "contact_level", terms.contact.value, couple.id)
    visit.db.add(couple)
    visit.db.flush()  # seats and care point at the couple
    for seat, naming in zip(Seat, partners, strict=False):
        _seat(visit, couple, seat, naming)
    visit.db.add(
        Care(
            couple_id=couple.id,
            person_id=visit.viewer.me(),
            role=Role.COUNSELLOR,
            since_at=visit.now,
        )
    )
    audit.record(visit, Act.ADDED_COUPLE, couple.id, couple.id)
    return couple


def join(visit: Visit, person_id: UUID) -> None:
    """From now on this partner takes part; nothing from before exists for them."""
    query = select(Membership).where(Membership.person_id == person_id, Membership.participates)
    for seat in visit.db.scalars(query):
        seat.joined_at = seat.joined_at or visit.now


def add_second(visit: Visit, couple_id: UUID, naming: Naming) -> None:
    """A couple of one is a couple of two from now on."""
    couple = _in_care(visit, couple_id)
    query = select(Membership).where(Membership.couple_id == couple_id, Membership.seat == Seat.B)
    if visit.db.scalars(query).first() is not None:
        raise TooLate(TWO_ALREADY)
    audit.record(visit, Act.CHANGED_COUPLE, _seat(visit, couple, Seat.B, naming), couple.id)


def take_part(visit: Visit, couple_id: UUID, seat: Seat) -> None:
    """Somebody who was only named takes part from now on, and can be invited."""
    couple = _in_care(visit, couple_id)
    member = _member_at(visit, couple_id, seat)
    if member.participates:
        raise TooLate(TAKES_PART)
    member.participates = True
    audit.record(visit, Act.CHANGED_COUPLE, member.person_id, couple.id)


def change_terms(visit: Visit, couple_id: UUID, terms: CoupleTerms) -> None:
    """Change what is agreed about a couple; a changed promise has to be acknowledged afresh."""
    couple = _in_care(visit, couple_id)
    couple.put(visit.vault, "contact_level", terms.contact.value, couple.id)
    couple.time_zone = terms.time_zone or couple.time_zone
    couple.currency = terms.currency or couple.currency
    couple.opening_rule = terms.opening_rule or couple.opening_rule
    if terms.secrets_policy and terms.secrets_policy is not couple.secrets_policy:
        couple.secrets_policy = terms.secrets_policy
        couple.policy_since_at = visit.now
        audit.record(visit, Act.CHANGED_PROMISE, couple.id, couple.id)
    audit.record(visit, Act.CHANGED_COUPLE, couple.id, couple.id)


def change_member(visit: Visit, couple_id: UUID, seat: Seat, naming: Naming) -> None:
    """Change how somebody is called, and what the counsellor has noted of them."""
    couple = _in_care(visit, couple_id)
    member = _member_at(visit, couple_id, seat)
    person = visit.db.get_one(Person, member.person_id)
    for field in ("name", "first_name", "pronouns", "contact"):
        person.put(visit.vault, field, getattr(naming, field), person.id)
    member.put(visit.vault, "role", naming.role.value, couple.id)
    member.put(visit.vault, "stance", naming.stance.value, couple.id)
    audit.record(visit, Act.CHANGED_COUPLE, person.id, couple.id)


def keep_others_out(visit: Visit, couple_id: UUID) -> None:
    """What is read of a couple from now on is what will be changed: others wait."""
    _in_care(visit, couple_id)


def archive(visit: Visit, couple_id: UUID, *, away: bool = True) -> None:
    """Put a couple's file away, or take it out again; nothing in it changes, and twice is as once."""
    couple = _in_care(visit, couple_id)
    if (couple.archived_at is not None) is not away:
        couple.archived_at = visit.now if away else None
        audit.record(visit, Act.ARCHIVED_COUPLE, couple.id, couple.id)


def note_joint_work(
    visit: Visit, couple_id: UUID, status: JointWork, reason: str, days: int
) -> None:
    """Write down the counsellor's decision about joint work; ‘clear’ lapses after these days."""
    couple = _in_care(visit, couple_id)
    entry = JointWorkEntry(
        couple_id=couple.id,
        status=status,
        set_by_id=visit.viewer.me(),
        set_at=_after_the_last(visit, couple.id),
        lapses_at=_lapse(visit.now, days) if status is JointWork.CLEAR else None,
    )
    entry.put(visit.vault, "reason", reason, couple.id)
    visit.db.add(entry)
    audit.record(visit, Act.SET_JOINT_WORK, entry.id, couple.id)


def hold(visit: Visit, couple_id: UUID, stands: bool, reason: str) -> None:  # noqa: FBT001 - the wish itself
    """Let everything between these two wait, silently, or stop waiting; the first reason stands."""
    couple = _in_care(visit, couple_id)
    if (standings(visit, [couple.id]).hold(couple.id) is not None) is stands:
        if reason.strip():
            raise TooLate(HOLD_ALREADY)  # the words come back with the answer
        return
    entry = SafetyHold(
        couple_id=couple.id, stands=stands, set_by_id=visit.viewer.me(), set_at=visit.now
    )
    entry.put(visit.vault, "reason", reason, couple.id)
    visit.db.add(entry)
    audit.record(visit, Act.SAFETY_HOLD if stands else Act.SAFETY_HOLD_LIFTED, entry.id, couple.id)


def part(visit: Visit, couple_id: UUID, stands: bool, agreement: str) -> None:  # noqa: FBT001 - the wish itself
    """Write down the agreement by which these two come apart, or are together again."""
    couple = _in_care(visit, couple_id)
    entry = Parting(
        couple_id=couple.id, stands=stands, set_by_id=visit.viewer.me(), set_at=visit.now
    )
    entry.put(visit.vault, "agreement", agreement, couple.id)
    visit.db.add(entry)
    audit.record(visit, Act.CAME_APART if stands else Act.CAME_TOGETHER, entry.id, couple.id)


def void_yes(visit: Visit, couple_id: UUID) -> None:
    """The two leave ‘clear’: no yes from before counts any more, and none is ever erased."""
    # What is being given to both at this moment is waited for, so that it is taken back with the rest.
    query = held(select(Couple).where(Couple.id == couple_of(visit, couple_id).id))
    couple = visit.db.scalars(query).one()
    couple.yes_counts_from_at = visit.now


def acknowledge_policy(visit: Visit, shown: str) -> None:
    """The partner has read the promise about private words: the one that stood on their page, or none."""
    query = held(select(Couple).where(Couple.id == own_couple(visit).id), read=True)
    couple = visit.db.scalars(query).one()
    if shown != mark_of(couple.secrets_policy):
        raise Stale(READ_AGAIN)
    visit.db.add(
        PolicyAcknowledgement(
            couple_id=couple.id,
            person_id=visit.viewer.me(),
            policy=couple.secrets_policy,
            text_version=POLICY_TEXT_VERSION,
            acknowledged_at=visit.now,
        )
    )
    audit.record(visit, Act.ACKNOWLEDGED_POLICY, couple.id, couple.id)


def _seat(visit: Visit, couple: Couple, seat: Seat, naming: Naming) -> UUID:
    person = add_person(visit, couple.practice_id, naming)
    member = Membership(
        couple_id=couple.id, person_id=person.id, seat=seat, participates=naming.participates
    )
    member.put(visit.vault, "role", naming.role.value, couple.id)
    member.put(visit.vault, "stance", naming.stance.value, couple.id)
    visit.db.add(member)
    return person.id


def _in_care(visit: Visit, couple_id: UUID) -> Couple:
    couple = couple_of(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    # An opening that looks at these terms now is waited for, and waits for what changes here.
    visit.db.refresh(couple, with_for_update=True)
    return couple


def _member_at(visit: Visit, couple_id: UUID, seat: Seat) -> Membership:
    query = select(Membership).where(Membership.couple_id == couple_id, Membership.seat == seat)
    member = visit.db.scalars(query).one_or_none()
    if member is None:
        raise NotFound
    return member


def _after_the_last(visit: Visit, couple_id: UUID) -> datetime:
    """The moment of a decision: after every earlier one, also where two come in one instant.

    The couple's row is held by whoever decides, so decisions come one after the other.
    """
    last = select(func.max(JointWorkEntry.set_at)).where(JointWorkEntry.couple_id == couple_id)
    before: datetime | None = visit.db.scalar(last)
    return visit.now if before is None else max(visit.now, before + TICK)


def _lapse(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)
