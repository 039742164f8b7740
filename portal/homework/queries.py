"""Finding homework, inside the fence and only for those it was given to."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from portal.exercises import queries as exercises
from portal.exercises.cards import EditionCard
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.homework.cards import AssignmentCard, OfferCard, TaskCard
from portal.homework.models import Assignment, Recipient, Round, Tick
from portal.people.cards import CoupleCard, MemberCard
from portal.people.models import Couple
from portal.policies import deeds
from portal.policies.gates import CoupleFacts, SeatFacts, Verdict, speaks_solo, weigh
from portal.policies.sight import is_before_joining, may_enter
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import AssignmentState, Mode, PartnerRole, ReflectionState, Role

RANKED = {
    ReflectionState.SUBMITTED: ("submitted",),
    ReflectionState.REVIEWED: ("submitted", "reviewed"),
    ReflectionState.RETURNED: ("submitted", "returned"),
}


def task(visit: Visit, round_id: UUID) -> TaskCard:
    """One round, where it exists for this viewer."""
    row = visit.db.get(Round, round_id)
    assignment = visit.db.get(Assignment, row.assignment_id) if row else None
    if row is None or assignment is None:
        raise NotFound
    found = _visible(visit, [(row, assignment)])
    if not found:
        raise NotFound
    return found[0]


def undisturbed(visit: Visit, round_id: UUID) -> TaskCard:
    """One round that nobody else changes until this visit ends: its work, its terms, its hold.

    Whoever sends, takes back, returns, says yes or opens waits here for whoever does so now, and
    for a hold or a decision about joint work; always in this order, so that nobody waits in a ring.
    """
    found = task(visit, round_id)
    for query in (
        held(select(Couple).where(Couple.id == found.couple_id), read=True),
        held(select(Assignment).where(Assignment.id == found.assignment_id), read=True),
        held(select(Round).where(Round.id == found.round_id)),
    ):
        visit.db.scalars(query).one()
    return task(visit, round_id)


def tasks_of(visit: Visit, couple_ids: Iterable[UUID]) -> list[TaskCard]:
    """All rounds of these couples that this viewer may know of, oldest first."""
    ids = [couple_id for couple_id in couple_ids if may_enter(visit.viewer, couple_id)]
    return _visible(visit, _rounds(visit, Assignment.couple_id.in_(ids)))


def tasks_by_id(visit: Visit, round_ids: Iterable[UUID]) -> dict[UUID, TaskCard]:
    """These rounds, as far as they exist for this viewer."""
    found = _visible(visit, _rounds(visit, Round.id.in_(list(round_ids))))
    return {card.round_id: card for card in found}


def own_tasks(visit: Visit) -> list[TaskCard]:
    """The rounds that this partner was given, oldest first."""
    mine = select(Recipient.assignment_id).where(Recipient.person_id == visit.viewer.me())
    return _visible(visit, _rounds(visit, Assignment.id.in_(mine)))


def released_tasks(visit: Visit, round_ids: Iterable[UUID]) -> list[TaskCard]:
    """Rounds that the other alone was given, for a partner to whom something of them was released.

    Callers have found the release; what of it may be read is decided answer by answer. Nothing of the
    giving is opened: no line of the counsellor's to the other.
    """
    pairs = [
        (row, assignment)
        for row, assignment in _rounds(visit, Round.id.in_(list(round_ids)))
        if may_enter(visit.viewer, assignment.couple_id)
        and not is_before_joining(visit.viewer, assignment.couple_id, assignment.assigned_at)
    ]
    to = _recipients(visit, {assignment.id for _, assignment in pairs})
    read = exercises.editions(visit.db, {assignment.edition_id for _, assignment in pairs})
    return [
        _card((row, assignment), to.get(assignment.id, ()), read[assignment.edition_id], 1, "")
        for row, assignment in pairs
        if visit.viewer.person_id not in to.get(assignment.id, ())
    ]


def assignment_rounds(visit: Visit, assignment_id: UUID) -> list[TaskCard]:
    """Every round of one assignment."""
    found = _visible(visit, _rounds(visit, Assignment.id == assignment_id))
    if not found:
        raise NotFound
    return found


def assignment_card(visit: Visit, assignment_id: UUID) -> AssignmentCard:
    """Homework that was given, with what its counsellor confirmed at the time."""
    rounds = assignment_rounds(visit, assignment_id)
    require(deeds.may_read_file(visit.viewer, rounds[0].couple_id))
    query = select(Tick.sentence).where(Tick.assignment_id == assignment_id)
    ticked = visit.db.scalars(query.order_by(Tick.sentence)).all()
    return AssignmentCard(assignment_id, tuple(rounds), tuple(ticked))


def couple_facts(couple: CoupleCard) -> CoupleFacts:
    """What the gates need to know of this couple now."""
    seats = tuple(seat_facts(member) for member in couple.members)
    return CoupleFacts(
        couple.contact,
        couple.joint_work,
        seats,
        is_held=couple.held_since is not None,
        have_parted=couple.apart_since is not None,
    )


def seat_facts(member: MemberCard) -> SeatFacts:
    """What the gates need to know of one partner."""
    return SeatFacts(
        member.participates, member.role, member.stance, has_joined=member.joined_at is not None
    )


def is_solo_for(edition: EditionCard, couple: CoupleCard) -> bool:
    """Whether these people would be given the wording for one person alone."""
    return speaks_solo(edition.facts, couple_facts(couple))


def offers(visit: Visit, couple: CoupleCard, to: Sequence[MemberCard]) -> list[OfferCard]:
    """Every exercise, with whether and why it can be given to these people now."""
    done = reached_in(visit, couple)
    return [
        OfferCard(edition, weighed(edition, couple, to, done))
        for edition in exercises.newest_editions(visit.db)
    ]


def verdict_on(
    visit: Visit, edition: EditionCard, couple: CoupleCard, to: Sequence[MemberCard]
) -> Verdict:
    """Whether this edition can be given to these people now."""
    return weighed(edition, couple, to, reached_in(visit, couple))


Reached = set[tuple[str, PartnerRole, str]]


def weighed(
    edition: EditionCard, couple: CoupleCard, to: Sequence[MemberCard], reached: Reached
) -> Verdict:
    """Whether this edition can be given to these people, after what was done so far."""

    def done(key: str, role: PartnerRole, state: str) -> bool:
        return (key, role, state) in reached

    people = [seat_facts(member) for member in to]
    return weigh(edition.facts, couple_facts(couple), people, exercises.solo_confirm(), done)


def reached_in(visit: Visit, couple: CoupleCard) -> Reached:
    """Which exercises have been how far, by the role of who did them."""
    roles = {member.person.id: member.role for member in couple.members}
    query = (
        select(Recipient.person_id, Recipient.reached, Assignment.edition_id)
        .join(Assignment, Assignment.id == Recipient.assignment_id)
        .where(Assignment.couple_id == couple.id, Recipient.reached.is_not(None))
    )
    rows = visit.db.execute(query).all()
    read = exercises.editions(visit.db, {row.edition_id for row in rows})
    return {
        (read[row.edition_id].key, roles[row.person_id], state)
        for row in rows
        for state in RANKED.get(row.reached, ())
    }


Pair = tuple[Round, Assignment]


def _rounds(visit: Visit, where: ColumnElement[bool]) -> list[Pair]:
    query = (
        select(Round, Assignment)
        .join(Assignment, Assignment.id == Round.assignment_id)
        .where(where)
        .order_by(Assignment.assigned_at, Assignment.id, Round.number)
    )
    return [(row.Round, row.Assignment) for row in visit.db.execute(query)]


def _visible(visit: Visit, pairs: Sequence[Pair]) -> list[TaskCard]:
    fenced = [pair for pair in pairs if may_enter(visit.viewer, pair[1].couple_id)]
    ids = {assignment.id for _, assignment in fenced}
    to = _recipients(visit, ids)
    shown = [pair for pair in fenced if _exists_for(visit, pair[1], to.get(pair[1].id, ()))]
    read = exercises.editions(visit.db, {assignment.edition_id for _, assignment in shown})
    counts = _counts(visit, ids)
    visit.vault.warm(owner for _, a in shown if a.personal_line for owner in [_line_owner(a, to)])
    return [
        _card(
            pair,
            to.get(pair[1].id, ()),
            read[pair[1].edition_id],
            counts[pair[1].id],
            pair[1].words(visit.vault, "personal_line", _line_owner(pair[1], to)),
        )
        for pair in shown
    ]


def _exists_for(visit: Visit, assignment: Assignment, to: tuple[UUID, ...]) -> bool:
    if visit.viewer.is_staff:
        return True
    if visit.viewer.role is not Role.PARTNER or visit.viewer.person_id not in to:
        return False
    if assignment.state is AssignmentState.SCHEDULED:
        return False
    return not is_before_joining(visit.viewer, assignment.couple_id, assignment.assigned_at)


def _recipients(visit: Visit, ids: set[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    query = select(Recipient).where(Recipient.assignment_id.in_(ids))
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in visit.db.scalars(query.order_by(Recipient.person_id)):
        found[row.assignment_id] = (*found.get(row.assignment_id, ()), row.person_id)
    return found


def _counts(visit: Visit, ids: set[UUID]) -> dict[UUID, int]:
    query = select(Round.assignment_id, func.count()).where(Round.assignment_id.in_(ids))
    rows = visit.db.execute(query.group_by(Round.assignment_id))
    return {row[0]: row[1] for row in rows}


def _line_owner(assignment: Assignment, to: dict[UUID, tuple[UUID, ...]]) -> UUID:
    people = to.get(assignment.id, ())
    shared = assignment.mode is not Mode.INDIVIDUAL or len(people) != 1
    return assignment.couple_id if shared else people[0]


def _card(
    pair: Pair, to: tuple[UUID, ...], edition: EditionCard, of: int, personal_line: str
) -> TaskCard:
    row, assignment = pair
    return TaskCard(
        round_id=row.id,
        assignment_id=assignment.id,
        couple_id=assignment.couple_id,
        edition=edition,
        mode=assignment.mode,
        cadence=assignment.cadence,
        solo=assignment.solo,
        hold_mark=assignment.hold_mark,
        number=row.number,
        of=of,
        first_on=row.first_on,
        due_on=row.due_on,
        last_on=row.last_on,
        assigned_at=assignment.assigned_at,
        state=assignment.state,
        ended_at=assignment.ended_at,
        personal_line=personal_line,
        recipients=to,
    )
