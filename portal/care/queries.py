"""The words and facts behind a decision about joint work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import select

from portal.care.models import TalkRequest
from portal.exercises.queries import catalogue
from portal.homework.cards import TaskCard
from portal.homework.queries import tasks_of
from portal.people.cards import CoupleCard
from portal.policies.sight import sees_private
from portal.visit import Visit
from portal.vocabulary import AssignmentState, JointWork, Mode, Seat

RUNNING = (AssignmentState.OPEN, AssignmentState.SCHEDULED)


@dataclass(frozen=True)
class StatusCard:
    """One status that joint work can have, and what it allows."""

    status: JointWork
    label: str
    allows: str


@dataclass(frozen=True)
class ScreeningCard:
    """What is asked of each partner alone before any joint work."""

    before_you_ask: tuple[str, ...]
    questions: tuple[str, ...]
    not_when: tuple[str, ...]
    ask_again: tuple[str, ...]


@dataclass(frozen=True)
class TalkCard:
    """That somebody would like to talk alone, for who looks after them."""

    id: UUID
    couple: CoupleCard
    seat: Seat
    name: str
    asked_at: datetime


@cache
def statuses() -> dict[str, StatusCard]:
    """The statuses in the order of the catalogue."""
    return {
        each["value"]: StatusCard(JointWork(each["value"]), each["label"], each["allows"])
        for each in catalogue().safety["joint_work_status"]
    }


@cache
def screening() -> ScreeningCard:
    """The questions that the counsellor asks in person; their answers stay outside the portal."""
    asked = catalogue().safety["screening"]
    return ScreeningCard(
        before_you_ask=tuple(asked["before_you_ask"]),
        questions=tuple(question["text"] for question in asked["questions"]),
        not_when=tuple(asked["do_not_do_joint_work_when"]),
        ask_again=tuple(asked["ask_again"]),
    )


def shared_work(visit: Visit, couple_id: UUID) -> list[TaskCard]:
    """The paired and joint work that leaving ‘clear’ would take back."""
    found = {
        task.assignment_id: task
        for task in tasks_of(visit, [couple_id])
        if task.mode is not Mode.INDIVIDUAL and task.state in RUNNING
    }
    return list(found.values())


def where_it_is_asked(visit: Visit) -> set[UUID]:
    """The couples in care of whom somebody would like to talk alone and was not noticed yet."""
    ids = [each for each in visit.viewer.couples if sees_private(visit.viewer, each)]
    query = select(TalkRequest.couple_id).where(
        TalkRequest.couple_id.in_(ids), TalkRequest.seen_at.is_(None)
    )
    return set(visit.db.scalars(query.distinct()))


def unseen_talks(visit: Visit, couples: Sequence[CoupleCard]) -> tuple[TalkCard, ...]:
    """Who of these would like to talk alone and was not noticed yet, the longest wait first."""
    seen = {couple.id: couple for couple in couples if sees_private(visit.viewer, couple.id)}
    query = select(TalkRequest).where(
        TalkRequest.couple_id.in_(seen), TalkRequest.seen_at.is_(None)
    )
    rows = visit.db.scalars(query.order_by(TalkRequest.asked_at, TalkRequest.id))
    people = {m.person.id: (c, m) for c in seen.values() for m in c.members}
    return tuple(
        TalkCard(row.id, couple, member.seat, member.person.first_name, row.asked_at)
        for row in rows
        for couple, member in [people[row.person_id]]
    )
