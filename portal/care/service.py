"""Deeds that touch several rooms at once: joint work above all."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.agenda import service as agenda
from portal.audit import service as audit
from portal.care.models import TalkRequest
from portal.foundation.errors import NotFound, Refused, Stale, TooLate
from portal.homework import service as homework
from portal.people import service as people
from portal.people.queries import (
    couple_card,
    couple_of,
    has_lapsed,
    joint_work_of,
    own_couple,
)
from portal.people.seats.queries import coming_alone
from portal.people.service import CoupleTerms, Naming
from portal.people.standing import lapsed_couples
from portal.policies import deeds
from portal.policies.viewer import Standing, Viewer, require
from portal.practice.models import Practice
from portal.reflections.openings.service import consider_waiting
from portal.visit import Visit
from portal.vocabulary import Act, ContactLevel, JointWork, Role, Seat

NEEDS_RECORD = (
    "‘Clear’ needs three things first: both seen alone, the private questions asked,"
    " and your decision written down."
)
NEEDS_AGREEMENT = "Write down what was agreed."
ALREADY_SO = "This is so already."
DECIDED_MEANWHILE = "This was decided in another place meanwhile. Look at what stands now; nothing of this was kept yet."
# From what stops most to what allows most.
WIDTH = (JointWork.PAUSED, JointWork.INDIVIDUAL_ONLY, JointWork.NOT_ASKED, JointWork.CLEAR)


def set_joint_work(
    visit: Visit,
    couple_id: UUID,
    status: JointWork,
    reason: str,
    *,
    recorded: bool = True,
    seen: str | None = None,
) -> None:
    """The counsellor decides about joint work; leaving ‘clear’ takes shared work back.

    A page says which decision it was drawn with. Where another stands by now, it may only allow less.
    """
    people.keep_others_out(visit, couple_id)
    couple = couple_of(visit, couple_id)
    now = couple_card(visit, couple_id)
    stops = WIDTH.index(status) < WIDTH.index(now.joint_work)
    if seen not in (None, now.joint_work_mark) and not stops:
        raise Stale(DECIDED_MEANWHILE)
    if status is JointWork.CLEAR and not (recorded and reason.strip()):
        raise Refused(NEEDS_RECORD)
    practice = visit.db.get_one(Practice, couple.practice_id)
    goes_on = status is JointWork.CLEAR and not has_lapsed(visit, couple_id)
    people.note_joint_work(visit, couple_id, status, reason, practice.clear_days)
    if not goes_on:
        leave_clear(visit, couple_id)


def change_terms(visit: Visit, couple_id: UUID, terms: CoupleTerms) -> None:
    """Change what is agreed about a couple; without contact, shared work is taken back."""
    people.change_terms(visit, couple_id, terms)
    if terms.contact is ContactLevel.NO_CONTACT:
        leave_clear(visit, couple_id)


def add_second(visit: Visit, couple_id: UUID, naming: Naming) -> None:
    """Somebody is named beside a person who came alone, and may take part from now on."""
    first = coming_alone(visit, [couple_id]).get(couple_id)
    people.add_second(visit, couple_id, naming)
    if naming.participates:
        _begin_as_two(visit, couple_id, first)


def take_part(visit: Visit, couple_id: UUID, seat: Seat) -> None:
    """The other of the two takes part from now on; whether they may work together is asked anew."""
    first = coming_alone(visit, [couple_id]).get(couple_id)
    people.take_part(visit, couple_id, seat)
    _begin_as_two(visit, couple_id, first)


def leave_clear(visit: Visit, couple_id: UUID) -> None:
    """Shared work is taken back, and no yes from before opens anything any more."""
    people.void_yes(visit, couple_id)
    homework.withdraw_shared(visit, couple_id)


def lapse(visit: Visit) -> int:
    """Wherever ‘clear’ has run out, the two leave it; gives how many couples did."""
    found = lapsed_couples(visit.db, visit.now)
    for couple_id, practice_id in found:
        # The clock looks at one couple of one practice, and at nobody's words.
        clock = Viewer(Role.SYSTEM, None, None, practice_id, {couple_id: Standing()})
        leave_clear(visit.as_viewer(clock), couple_id)
    return len(found)


def hold(
    visit: Visit,
    couple_id: UUID,
    stands: bool,  # noqa: FBT001 - the wish itself
    reason: str,
    seen: str | None = None,
) -> None:
    """Silently let everything between the two wait, or stop waiting; neither is ever told.

    Only the hold that stood on the page is lifted from there; a hold is put from any page.
    """
    people.keep_others_out(visit, couple_id)
    now = couple_card(visit, couple_id).hold_mark
    if not stands and now and seen not in (None, now):
        raise Stale(homework.HELD_MEANWHILE)
    people.hold(visit, couple_id, stands, reason)
    if not stands:
        visit.db.flush()  # the question that follows finds the hold gone
        consider_waiting(visit, couple_id)


def come_apart(visit: Visit, couple_id: UUID, agreement: str) -> None:
    """The joint space closes for good: only a new agreement opens it again."""
    _agreed(visit, couple_id, agreement, apart=True)
    leave_clear(visit, couple_id)


def come_together(visit: Visit, couple_id: UUID, agreement: str) -> None:
    """A new agreement: the two may share work again, once joint work is ‘clear’ anew; a pause goes on."""
    _agreed(visit, couple_id, agreement, apart=False)
    # Whatever else was decided stands, with its reason: nobody has decided otherwise.
    if joint_work_of(visit, couple_id) is JointWork.CLEAR:
        people.note_joint_work(visit, couple_id, JointWork.NOT_ASKED, "", 0)
    leave_clear(visit, couple_id)


def ask_to_talk(visit: Visit) -> None:
    """A partner would like to talk alone; a second wish before the first was seen adds nothing."""
    own = own_couple(visit)
    require(deeds.may_ask_to_talk(visit.viewer, own.id))
    me = visit.viewer.me()
    query = select(TalkRequest.id).where(
        TalkRequest.couple_id == own.id,
        TalkRequest.person_id == me,
        TalkRequest.seen_at.is_(None),
    )
    if visit.db.scalars(query.limit(1)).first() is not None:
        return
    wish = TalkRequest(couple_id=own.id, person_id=me, asked_at=visit.now)
    visit.db.add(wish)
    visit.db.flush()  # the trail names it
    audit.record(visit, Act.ASKED_TO_TALK, wish.id, own.id)


def note_talk_seen(
    visit: Visit, couple_id: UUID, seat: Seat, seen: Collection[UUID] | None = None
) -> None:
    """The counsellor has seen the wish that stood on their page; whoever asked is told in person alone."""
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    member = couple.member(seat)
    if member is None:
        raise NotFound
    query = select(TalkRequest).where(
        TalkRequest.couple_id == couple.id,
        TalkRequest.person_id == member.person.id,
        TalkRequest.seen_at.is_(None),
    )
    if seen is not None:
        query = query.where(TalkRequest.id.in_(seen))
    for wish in visit.db.scalars(query):
        wish.seen_at, wish.seen_by_id = visit.now, visit.viewer.me()
        audit.record(visit, Act.SAW_TALK_REQUEST, wish.id, couple.id)


def _agreed(visit: Visit, couple_id: UUID, agreement: str, *, apart: bool) -> None:
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    if not agreement.strip():
        raise Refused(NEEDS_AGREEMENT)
    if (couple.apart_since is not None) is apart:
        raise TooLate(ALREADY_SO)
    people.part(visit, couple_id, apart, agreement)


def _begin_as_two(visit: Visit, couple_id: UUID, first: Seat | None) -> None:
    if first is not None:
        agenda.keep_from_joiner(visit, couple_id, first)
    # ‘Clear’ was decided of one person; of two nobody has asked yet.
    if joint_work_of(visit, couple_id) is JointWork.CLEAR:
        people.note_joint_work(visit, couple_id, JointWork.NOT_ASKED, "", 0)
        leave_clear(visit, couple_id)
