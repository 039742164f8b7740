"""Deeds that touch several rooms at once: joint work above all."""

from uuid import UUID

from portal.foundation.errors import Refused
from portal.homework import service as homework
from portal.people import service as people
from portal.people.queries import couple_of, joint_work_of
from portal.people.service import CoupleTerms
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.models import Practice
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork

NEEDS_RECORD = (
    "‘Clear’ needs three things first: both seen alone, the private questions asked,"
    " and your decision written down."
)


def set_joint_work(
    visit: Visit, couple_id: UUID, status: JointWork, reason: str, *, recorded: bool = True
) -> None:
    """The counsellor decides about joint work; leaving ‘clear’ takes shared work back."""
    couple = couple_of(visit, couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    if status is JointWork.CLEAR and not (recorded and reason.strip()):
        raise Refused(NEEDS_RECORD)
    practice = visit.db.get_one(Practice, couple.practice_id)
    people.note_joint_work(visit, couple_id, status, reason, practice.clear_days)
    if status is not JointWork.CLEAR:
        homework.withdraw_shared(visit, couple_id)


def change_terms(visit: Visit, couple_id: UUID, terms: CoupleTerms) -> None:
    """Change what is agreed about a couple; without contact, shared work is taken back."""
    people.change_terms(visit, couple_id, terms)
    if terms.contact is ContactLevel.NO_CONTACT:
        homework.withdraw_shared(visit, couple_id)


def lapse(visit: Visit, couple_id: UUID) -> bool:
    """Take shared work back where ‘clear’ has run out; gives whether it had."""
    if joint_work_of(visit, couple_id) is JointWork.CLEAR:
        return False
    homework.withdraw_shared(visit, couple_id)
    return True
