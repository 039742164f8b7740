"""What was sent before the newest text, and what was said in giving it back: for nothing but the second net.

None of it stands on any page of the other's and none of it is printed once there is something newer; the
net reads every finished paper for it all the same.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.homework.cards import TaskCard
from portal.policies.sight import sees_private
from portal.reflections.answers import Words, open_by_writer
from portal.reflections.laying import LaidOut, lay_out, questions
from portal.reflections.models import Reflection, Revision
from portal.visit import Visit

Passages = list[tuple[UUID, Shown]]


def earlier_on(visit: Visit, tasks: Sequence[TaskCard], locale: str = "en") -> Passages:
    """Earlier answers and lines of giving back, each with the person whose they are; for staff alone.

    What two wrote together is neither's alone and is left out, and so is what was taken back: that
    is a draft again, and no draft is opened by anybody but its writer.
    """
    known = [task for task in tasks if sees_private(visit.viewer, task.couple_id)]
    if not known:
        return []
    desk = lay_out(visit, known, locale, None)
    rows = {row.id: (task, row) for task in known for row in desk.rows.get(task.round_id, ())}
    newest = {revision.id for revision in desk.revisions.values()}
    query = select(Revision).where(Revision.reflection_id.in_(rows), Revision.number > 0)
    sent = {
        found.id: rows[found.reflection_id]
        for found in visit.db.scalars(query.order_by(Revision.sent_at, Revision.id))
        if found.id not in newest and found.number <= rows[found.reflection_id][1].revision
    }
    asked = {revision_id: questions(task) for revision_id, (task, _) in sent.items()}
    words = open_by_writer(visit, sent, asked)
    return [
        *((who, text) for task, row in rows.values() for who, text in _returned(visit, task, row)),
        *(
            (who, text)
            for (revision_id, who), found in words.items()
            if who != sent[revision_id][1].couple_id
            for text in _texts(desk, sent[revision_id][0], found)
        ),
    ]


def _texts(desk: LaidOut, task: TaskCard, words: Words) -> Iterator[Shown]:
    """What one person said in one sending, also what the form did not understand."""
    people = desk.people[task.couple_id]
    for field in questions(task):
        if isinstance(field, Question) and field.key in words.values:
            yield shown(field, words.values[field.key], people, desk.locale, task.first_on)
    for typed in words.typed.values():
        yield Shown("lines", lines=tuple(typed))


def _returned(visit: Visit, task: TaskCard, row: Reflection) -> Iterator[tuple[UUID, Shown]]:
    """The line to one person with which their work was given back; of a sheet it is to both."""
    if not row.is_joint and row.respondent_id in task.recipients:
        line = row.words(visit.vault, "return_line", row.respondent_id)
        yield row.respondent_id, Shown("text", text=line)
