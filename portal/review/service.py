"""Writing back: drafted, released, each in its own pocket."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Refused, Stale, TooLate
from portal.homework import service as homework
from portal.homework.cards import TaskCard
from portal.homework.queries import assignment_rounds, undisturbed
from portal.homework.queries import task as task_of
from portal.notices import service as notices
from portal.people.cards import CoupleCard
from portal.people.queries import couple_card
from portal.people.service import keep_others_out
from portal.policies import deeds
from portal.policies.viewer import require
from portal.reflections import queries as reflections
from portal.reflections.openings import service as openings
from portal.reflections.openings.service import consider_waiting
from portal.reflections.sheets import shared_on
from portal.review.cards import mark_of
from portal.review.models import Feedback
from portal.review.queries import why_not_to_both
from portal.visit import Visit
from portal.vocabulary import Act, Mode, NoticeKind, Pocket, Seat

NOT_JOINT = "This was answered by one person; write to them alone."
NOTHING_SENT = "There is nothing from this person yet that you could answer."
EMPTY = "Write something first."
RELEASED = "This has been sent already, and stays as it was sent."
MOVED = "What lies here has changed since your page was drawn. Look at it first; what you wrote is still here."
CHANGED = "This draft was changed in another place. Look at it again before you go on."


def write_feedback(
    visit: Visit, round_id: UUID, pocket: Pocket, text: str, seen: Collection[str] | None = None
) -> Feedback:
    """Draft words to one partner or to both; nobody sees them before they are released.

    `seen` are the marks of the texts that stood on the page: what was written about one's text is not
    drafted to the other, where that text went to who really wrote it.
    """
    task = undisturbed(visit, round_id)
    require(deeds.may_care_for(visit.viewer, task.couple_id))
    couple = couple_card(visit, task.couple_id)
    if not text.strip():
        raise Refused(EMPTY)
    owner_id = _reader(couple, task, pocket)
    if seen is not None:
        about = task.recipients if pocket is Pocket.JOINT else (owner_id,)
        if not openings.are_as_shown(visit, round_id, {*about, couple.id}, seen):
            raise Refused(MOVED)
    feedback = Feedback(
        couple_id=task.couple_id,
        round_id=task.round_id,
        pocket=pocket,
        owner_id=owner_id,
        written_by_id=visit.viewer.me(),
        written_at=visit.now,
    )
    feedback.put(visit.vault, "text", text, owner_id)
    visit.db.add(feedback)
    audit.record(visit, Act.FEEDBACK_DRAFTED, feedback.id, task.couple_id)
    return feedback


def change_feedback(visit: Visit, feedback_id: UUID, text: str, seen: str = "") -> Feedback:
    """Go on writing what was not yet released; `seen` is the mark of the draft as the page showed it.

    What was typed to one is not sent to the other, where the work was given to who wrote it since.
    """
    feedback = _own(visit, feedback_id)
    if feedback.released:
        raise TooLate(RELEASED)
    if not text.strip():
        raise Refused(EMPTY)
    stands = feedback.words(visit.vault, "text", feedback.owner_id)
    if seen and seen != mark_of(feedback.pocket, stands):
        raise Stale(CHANGED)
    feedback.put(visit.vault, "text", text, feedback.owner_id)
    return feedback


def release_feedback(visit: Visit, feedback_id: UUID) -> Feedback:
    """Give the words to their reader; joint words wait until both can read the same."""
    feedback = _own(visit, feedback_id)
    task = task_of(visit, feedback.round_id)
    if feedback.pocket is Pocket.JOINT:
        _require_for_both(visit, task)
    else:
        _require_sent(visit, task, feedback.owner_id)
    feedback.release(visit.now)
    to = task.recipients if feedback.pocket is Pocket.JOINT else (feedback.owner_id,)
    audit.record(visit, Act.FEEDBACK_RELEASED, feedback.id, task.couple_id)
    notices.put(visit, to, NoticeKind.FEEDBACK_READY, task.round_id)
    return feedback


def hold(
    visit: Visit,
    assignment_id: UUID,
    stands: bool,  # noqa: FBT001 - the wish itself
    seen: str | None = None,
) -> None:
    """Let openings of one piece of homework wait, or stop waiting: then what waits for nothing else opens."""
    couple_id = assignment_rounds(visit, assignment_id)[0].couple_id
    # The couple first, as whoever leaves ‘clear’ does: one of the two waits for the other.
    keep_others_out(visit, couple_id)
    homework.hold(visit, assignment_id, stands, seen)
    if not stands:
        visit.db.flush()  # the question that follows finds the hold gone
        consider_waiting(visit, couple_id, only=assignment_id)


def unreleased(visit: Visit, round_id: UUID, owner_id: UUID) -> list[Feedback]:
    """What was drafted for one about their work, and not given to them."""
    query = select(Feedback).where(
        Feedback.round_id == round_id,
        Feedback.owner_id == owner_id,
        Feedback.released_at.is_(None),
    )
    rows = visit.db.scalars(held(query))
    return list(rows)


def readdress(visit: Visit, rows: Iterable[Feedback], there: tuple[UUID, UUID, Seat]) -> None:
    """What was drafted for one about their work goes along with the work to who wrote it."""
    new_round_id, new, seat = there
    for row in rows:
        old = row.owner_id
        text = row.words(visit.vault, "text", old)
        row.round_id, row.owner_id, row.pocket = new_round_id, new, Pocket(seat.value)
        row.put(visit.vault, "text", text, new)


def _reader(couple: CoupleCard, task: TaskCard, pocket: Pocket) -> UUID:
    if pocket is Pocket.JOINT:
        if task.mode is Mode.INDIVIDUAL:
            raise Refused(NOT_JOINT)
        return couple.id
    member = couple.member(Seat(pocket.value))
    if member is None or member.person.id not in task.recipients:
        raise Refused(NOTHING_SENT)
    return member.person.id


def _require_for_both(visit: Visit, task: TaskCard) -> None:
    """Both can read what the words are about, and nothing stands between the two."""
    if task.mode is Mode.JOINT:
        is_there = task.round_id in shared_on(visit, [task])
    else:
        is_there = task.round_id in reflections.opened_rounds(visit, [task])
    reason = why_not_to_both(couple_card(visit, task.couple_id), task, is_there=is_there)
    if reason:
        raise Refused(reason)


def _require_sent(visit: Visit, task: TaskCard, person_id: UUID) -> None:
    if not reflections.has_handed_in(visit, task.round_id, person_id):
        raise Refused(NOTHING_SENT)


def _own(visit: Visit, feedback_id: UUID) -> Feedback:
    # The round first, as whoever gives a piece to its writer does: one of the two waits for the other.
    about = select(Feedback.couple_id, Feedback.round_id).where(Feedback.id == feedback_id)
    found = visit.db.execute(about).one_or_none()
    if found is None or not deeds.may_care_for(visit.viewer, found.couple_id):
        raise NotFound
    undisturbed(visit, found.round_id)
    # The page has looked at it before: once it is locked it is read as it stands now.
    query = select(Feedback).where(Feedback.id == feedback_id)
    feedback = visit.db.scalars(held(query)).one()
    if feedback.round_id != found.round_id:
        raise Stale(CHANGED)
    return feedback
