"""Preparing the check page, and what stands against taking back what was sent."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.audit.queries import which_were_read
from portal.exercises.form.checking import check_for_sending, for_sending
from portal.exercises.form.fields import Question
from portal.exercises.form.messages import Problem
from portal.exercises.form.reading import Reading
from portal.exercises.form.shown import shown
from portal.homework.cards import TaskCard
from portal.homework.windows import day_in
from portal.people.cards import CoupleCard
from portal.people.queries import own_couple
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.keeping import people_of
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import takes_work_now, today_for
from portal.reflections.models import Reflection, Revision
from portal.reflections.openings.queries import SENT, may_still_share, open_state, own_answers
from portal.reflections.sending.cards import Asked, CheckCard, CheckLine
from portal.visit import Visit
from portal.vocabulary import Audience, ConsentKind, Mode, ReflectionState

ENDED_ALREADY = (
    "This piece takes no more words, so it cannot be taken back. It stays as you sent it."
)
OPEN_ALREADY = "This is open to both of you now, so it cannot be taken back."
NO_WAY_ON = "This takes no more words, so it is not returned: there would be no going on. You can write back instead."
READ_ALREADY = "Your counsellor has opened this, so it cannot be taken back. You can write to them."


def check(visit: Visit, round_id: UUID, locale: str = "en") -> CheckCard:
    """What will be sent, who will read it, and what still stands in the way."""
    return check_of(visit, draft(visit, round_id), locale)


def check_of(visit: Visit, card: DraftCard, locale: str = "en") -> CheckCard:
    """The same of a draft that was found already."""
    own = own_couple(visit)
    values = for_sending(card.fields, card.reading.values, card.context)
    lines = tuple(
        CheckLine(
            key=field.key,
            label=field.label,
            shown=shown(field, values[field.key], people_of(own), locale, card.task.first_on),
            audience=card.audiences[field.key],
            is_private=field.write_once,
            was_changed=card.audiences[field.key] is not card.choices[field.key][0],
        )
        for field in card.fields
        if isinstance(field, Question) and field.key in values
    )
    return CheckCard(card, lines, _problems(visit, card), _asked(visit, card, values))


def odd_boxes(reading: Reading) -> tuple[Problem, ...]:
    """Boxes that hold something the form could not understand."""
    seen: dict[str, Problem] = {}
    for box in reading.typed:
        key = box.split(".")[1]
        seen.setdefault(key, Problem(key, "text_unreadable"))
    return tuple(seen.values())


def can_be_taken_back(visit: Visit, row: Reflection, task: TaskCard) -> bool:
    """Whether its writer is offered to have it back: exactly where they would get it."""
    return row.state is ReflectionState.SUBMITTED and not why_not_back(visit, row, task)


def why_not_back(visit: Visit, row: Reflection, task: TaskCard) -> str:
    """Why what was sent stays sent; nothing where whoever wrote it may have it back.

    One's own piece can be had back also when its time is over. A sheet for two cannot: neither undoes for
    good what both confirmed.
    """
    is_shut = row.is_joint and not takes_work_now(visit, task, own_couple(visit))
    if row.state in SENT and is_shut:
        return ENDED_ALREADY
    if open_state(visit, [task.round_id]).is_open_of(row):
        return OPEN_ALREADY
    revision = revision_of(visit, row, row.revision)
    was_read = revision is not None and which_were_read(visit, [revision.id])
    return READ_ALREADY if was_read else ""


def why_not_returned(visit: Visit, task: TaskCard, couple: CoupleCard, writer_id: UUID) -> str:
    """Why the counsellor does not give work back: nobody could go on with it; nothing where they could.

    A sheet for two would be gone from both pages, and its answers out of every summary.
    """
    zones = {member.person.id: member.time_zone for member in couple.members}
    is_joint = task.mode is Mode.JOINT
    zone = couple.time_zone if is_joint else zones.get(writer_id, couple.time_zone)
    is_shut = is_joint and not may_still_share(couple, task)
    return "" if task.takes_work(day_in(visit.now, zone)) and not is_shut else NO_WAY_ON


def revision_of(visit: Visit, reflection: Reflection, number: int) -> Revision | None:
    """The words as they stood at one sending."""
    query = select(Revision).where(
        Revision.reflection_id == reflection.id, Revision.number == number, Revision.number > 0
    )
    return visit.db.scalars(query).one_or_none()


def _problems(visit: Visit, card: DraftCard) -> tuple[Problem, ...]:
    rules = card.task.edition.content.exercise.safety.rules
    today = today_for(visit, card.own, card.task)
    found = check_for_sending(card.fields, card.reading.values, card.context, rules, today)
    odd = odd_boxes(card.reading)
    return (*odd, *(p for p in found if p.field_key not in {o.field_key for o in odd}))


def _asked(visit: Visit, card: DraftCard, present: Collection[str]) -> tuple[Asked, ...]:
    said = own_answers(visit, card.task.round_id, card.revision + 1)
    asked = []
    # It is asked also where every such answer was left empty: the other's may wait for this yes.
    if Audience.AFTER_BOTH in card.audiences.values():
        asked.append(Asked(ConsentKind.OPEN_ROUND, "", "", said.get((ConsentKind.OPEN_ROUND, ""))))
    for field in card.fields:
        if field.key in present and card.audiences.get(field.key) is Audience.ON_RELEASE:
            matches = getattr(field, "reveal", None) is not None
            kind = ConsentKind.RELEASE_MATCHES if matches else ConsentKind.RELEASE_ANSWER
            asked.append(Asked(kind, field.key, field.label, said.get((kind, field.key))))
    return tuple(asked)
