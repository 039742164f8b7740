"""With whose eyes an edition is read: everything on a paper is found by a visit that sees no more."""

from dataclasses import dataclass
from uuid import UUID

from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import own_tasks, released_tasks, tasks_of
from portal.people.cards import CoupleCard, MemberCard
from portal.policies.viewer import Standing, Viewer
from portal.reports.cards import Choice, Span
from portal.sessions.cards import SessionCard
from portal.visit import Visit
from portal.vocabulary import Mode, Role, SummaryEdition


@dataclass(frozen=True)
class Table:
    """Everything that one edition is made of, and for whom."""

    visit: Visit
    choice: Choice
    couple: CoupleCard
    session: SessionCard
    span: Span
    locale: str


def as_partner(visit: Visit, couple: CoupleCard, person_id: UUID) -> Visit:
    """The same visit with this partner's eyes: what they may see is all that it finds."""
    member = next((m for m in couple.taking_part if m.person.id == person_id), None)
    if member is None:
        raise NotFound
    standing = {couple.id: Standing(member.seat, member.joined_at)}
    viewer = Viewer(Role.PARTNER, person_id, None, visit.viewer.practice_id, standing)
    return Visit(visit.db, viewer, visit.now, visit.vault)


def eyes_of(table: Table) -> Visit:
    """With whose eyes this edition is read where it is one reader's own."""
    reader_id = table.choice.reader_id
    return as_partner(table.visit, table.couple, reader_id) if reader_id else table.visit


def named_in(table: Table) -> tuple[MemberCard, ...]:
    """Who is named on this paper: its reader alone, or both."""
    members = table.couple.members
    if table.choice.edition is SummaryEdition.PARTNER:
        return tuple(m for m in members if m.person.id == table.choice.reader_id)
    return tuple(m for m in members if m.participates)


def tasks_seen(table: Table, visit: Visit) -> list[TaskCard]:
    """What was given and may stand on paper, with these eyes."""
    if visit.viewer.role is Role.PARTNER:
        found = [task for task in own_tasks(visit) if task.couple_id == table.couple.id]
    else:
        found = tasks_of(visit, [table.couple.id])
    return [task for task in found if task.edition.is_printable]


def tasks_read(table: Table, visit: Visit) -> list[TaskCard]:
    """What these eyes may find words in: what they were given, and what the other alone was given.

    Of the other's own work a partner is shown the answers that were released to them and nothing
    else, not when it was given to the other nor how often; without such an answer it is on no paper.
    """
    given = tasks_seen(table, visit)
    if visit.viewer.role is not Role.PARTNER:
        return given
    of_one = [task.round_id for task in tasks_seen(table, table.visit) if may_be_named(task)]
    return [*given, *released_tasks(visit, of_one)]


def may_be_named(task: TaskCard) -> bool:
    """Whether an answer that was released from work of one alone may stand under its title."""
    return task.mode is Mode.INDIVIDUAL and not task.edition.hides_title
