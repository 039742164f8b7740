"""Deeds that touch several rooms at once: joint work above all."""

from uuid import UUID

from portal.foundation.errors import Refused, TooLate
from portal.homework import service as homework
from portal.people import service as people
from portal.people.queries import couple_card, couple_of, has_lapsed
from portal.people.service import CoupleTerms
from portal.people.standing import lapsed_couples
from portal.policies import deeds
from portal.policies.viewer import Standing, Viewer, require
from portal.practice.models import Practice
from portal.reflections.openings.service import consider_waiting
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, Role

NEEDS_RECORD = (
    "‘Clear’ needs three things first: both seen alone, the private questions asked,"
    " and your decision written down."
)
NEEDS_AGREEMENT = "Write down what was agreed."
ALREADY_SO = "This is so already."


def set_joint_work(
    visit: Visit, couple_id: UUID, status: JointWork, reason: str, *, recorded: bool = True
) -> None:
    """The counsellor decides about joint work; leaving ‘clear’ takes shared work back."""
    couple = couple_of(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
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


def leave_clear(visit: Visit, couple_id: UUID) -> None:
    """Shared work is taken back, and no yes from before opens anything any more."""
    homework.withdraw_shared(visit, couple_id)
    people.void_yes(visit, couple_id)


def lapse(visit: Visit) -> int:
    """Wherever ‘clear’ has run out, the two leave it; gives how many couples did."""
    found = lapsed_couples(visit.db, visit.now)
    for couple_id, practice_id in found:
        # The clock looks at one couple of one practice, and at nobody's words.
        clock = Viewer(Role.SYSTEM, None, None, practice_id, {couple_id: Standing()})
        leave_clear(visit.as_viewer(clock), couple_id)
    return len(found)


def hold(visit: Visit, couple_id: UUID, stands: bool, reason: str) -> None:  # noqa: FBT001 - the wish itself
    """Silently let everything between the two wait, or stop waiting; neither is ever told."""
    people.hold(visit, couple_id, stands, reason)
    if not stands:
        visit.db.flush()  # the question that follows finds the hold gone
        consider_waiting(visit, couple_id)


def come_apart(visit: Visit, couple_id: UUID, agreement: str) -> None:
    """The joint space closes for good: only a new agreement opens it again."""
    _agreed(visit, couple_id, agreement, apart=True)
    leave_clear(visit, couple_id)


def come_together(visit: Visit, couple_id: UUID, agreement: str) -> None:
    """A new agreement: the two may share work again, once joint work is ‘clear’ anew."""
    _agreed(visit, couple_id, agreement, apart=False)
    people.note_joint_work(visit, couple_id, JointWork.NOT_ASKED, "", 0)
    leave_clear(visit, couple_id)


def _agreed(visit: Visit, couple_id: UUID, agreement: str, *, apart: bool) -> None:
    couple = couple_card(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    if not agreement.strip():
        raise Refused(NEEDS_AGREEMENT)
    if (couple.apart_since is not None) is apart:
        raise TooLate(ALREADY_SO)
    people.part(visit, couple_id, apart, agreement)
