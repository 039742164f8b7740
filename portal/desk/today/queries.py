"""Laying out the counsellor's day and one couple's page, in the same few look-ups however much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.agenda.cards import AppointmentCard
from portal.agenda.queries import appointments_between, next_hours, soonest
from portal.care.queries import unseen_talks, where_it_is_asked
from portal.desk.today.cards import (
    ChangeCard,
    CouplePage,
    DeskCard,
    HomeworkRow,
    HourCard,
    PersonLabel,
    Reason,
    RoundFacts,
    StalledCard,
    person_label,
    round_label,
)
from portal.homework.cards import TaskCard
from portal.homework.giving.queries import shelf, ways_of
from portal.homework.programmes.queries import programme_lines
from portal.homework.queries import tasks_of
from portal.homework.service import today_in, usual_due_day
from portal.measures.seen import queries as seen
from portal.notices.queries import undelivered
from portal.people.cards import CoupleCard, MemberCard
from portal.people.queries import couple_card
from portal.people.staff.queries import care_news
from portal.policies import deeds
from portal.policies.viewer import require
from portal.reflections.openings.queries import OpenState, is_clear, open_state
from portal.reflections.queries import came_in, rounds_that_wait, states_of
from portal.review.cards import QueueCard
from portal.review.waiting import check_ins, everybody, queue
from portal.sessions.queries import sessions_of
from portal.visit import Visit
from portal.vocabulary import JointWork, Mode, ReflectionState

NEWS = timedelta(days=7)
AHEAD = timedelta(days=7)
QUIET = timedelta(days=7)
LAPSE_SOON = timedelta(days=14)
MOST_NEWS = 8


def desk(visit: Visit) -> DeskCard:
    """What this counsellor needs to know before the first couple comes in."""
    known = everybody(visit, where_it_is_asked(visit))
    couples = [couple for couple in known if couple.archived_at is None]
    tasks = tasks_of(visit, [couple.id for couple in couples])
    rows = _rows(visit, couples, tasks)
    waiting = queue(visit, known)
    planned = _planned(visit, couples)
    hours = [_hour(couple, at, rows[couple.id], waiting) for couple, at in planned]
    today = {couple.id: today_in(visit, couple.time_zone) for couple in couples}
    return DeskCard(
        hours=tuple(h for h in hours if _day(h) == today[h.couple.id]),
        coming=tuple(h for h in hours if _day(h) > today[h.couple.id]),
        to_read=len(waiting),
        read_first=sum(card.looks_first for card in waiting),
        check_ins=sum(card.is_check_in for card in waiting),
        changes=_changes(visit, couples, tasks),
        stalled=_stalled(visit, couples, rows, {hour.couple.id for hour in hours}),
        couples=len(couples),
        talks=unseen_talks(visit, known),
        care=care_news(visit, visit.now - NEWS),
    )


def couple_page(visit: Visit, couple_id: UUID) -> CouplePage:
    """Everything about one couple that its counsellor looks for first."""
    couple = couple_card(visit, couple_id)
    require(deeds.may_read_file(visit.viewer, couple.id))
    rows = _rows(visit, [couple], tasks_of(visit, [couple.id]))[couple.id]
    hours = tuple(next_hours(visit, couple.id))
    next_at = next((hour.starts_at for hour in hours if hour.is_with_all), None)
    lapses_at = couple.joint_work_lapses_at
    clear = couple.joint_work is JointWork.CLEAR
    way = next(iter(ways_of(couple)), "")
    gives = way and couple.archived_at is None and deeds.may_care_for(visit.viewer, couple.id)
    return CouplePage(
        couple=couple,
        hours=hours,
        running=tuple(row for row in reversed(rows) if row.is_running),
        ended=tuple(row for row in reversed(rows) if not (row.is_running or row.is_to_come)),
        to_come=sum(row.is_to_come for row in rows),
        sessions=tuple(reversed(sessions_of(visit, couple.id))),
        days_left=(lapses_at - visit.now).days if lapses_at and clear else None,
        has_lapsed=lapses_at is not None and lapses_at <= visit.now,
        shelf=shelf(visit, couple, way) if gives else None,
        way=way,
        due_on=usual_due_day(today_in(visit, couple.time_zone), next_at, couple.time_zone),
        programmes=tuple(programme_lines(visit, [couple])),
        talks=unseen_talks(visit, [couple]),
        check_ins=tuple(check_ins(visit, [couple])),
        unreached=undelivered(visit, [member.person.id for member in couple.taking_part]),
    )


Rows = Mapping[UUID, Sequence[HomeworkRow]]


def _rows(visit: Visit, couples: Sequence[CoupleCard], tasks: Sequence[TaskCard]) -> Rows:
    ids = [task.round_id for task in tasks]
    states, opened = states_of(visit, ids), open_state(visit, ids)
    by_id = {couple.id: couple for couple in couples}
    found: dict[UUID, list[HomeworkRow]] = {couple.id: [] for couple in couples}
    waiting = rounds_that_wait(visit, by_id)
    for task in tasks:
        couple = by_id[task.couple_id]
        days = {m.person.id: today_in(visit, _zone(couple, m, task)) for m in couple.members}
        row = _row(couple, task, states, opened, days)
        found[couple.id].append(replace(row, waits=task.round_id in waiting))
    return found


States = Mapping[tuple[UUID, UUID], ReflectionState]


def _row(
    couple: CoupleCard,
    task: TaskCard,
    states: States,
    opened: OpenState,
    days: Mapping[UUID, date],
) -> HomeworkRow:
    asked_of = [member for member in couple.members if member.person.id in task.recipients]
    each = {m.person.id: states.get((task.round_id, m.person.id)) for m in asked_of}
    facts = RoundFacts(
        states=tuple(each.values()),
        all_say_yes=all(opened.says_yes(task.round_id, person_id) for person_id in each),
        is_open=task.round_id in opened.opened,
        is_clear=is_clear(couple),
    )
    return HomeworkRow(
        task=task,
        people=tuple(
            PersonLabel(
                m.seat,
                m.person.first_name,
                person_label(task, each[m.person.id], days[m.person.id]),
            )
            for m in asked_of
        ),
        together=round_label(task, facts),
        phase=task.phase(min((days[m.person.id] for m in asked_of), default=task.first_on)),
    )


def _zone(couple: CoupleCard, member: MemberCard, task: TaskCard) -> str:
    """Whose days count: the couple's on a sheet of two, else each writer's own."""
    return couple.time_zone if task.mode is Mode.JOINT else member.time_zone


Planned = list[tuple[CoupleCard, AppointmentCard]]


def _planned(visit: Visit, couples: Sequence[CoupleCard]) -> Planned:
    """Today's sessions, also those that have begun, and those of the coming days."""
    by_id = {couple.id: couple for couple in couples}
    begin, end = visit.now - timedelta(days=1), visit.now + AHEAD
    cards = appointments_between(visit, by_id, begin, end)
    return [
        (by_id[card.couple_id], card)
        for card in cards
        if _local(card.starts_at, by_id[card.couple_id])
        >= today_in(visit, by_id[card.couple_id].time_zone)
    ]


def _hour(
    couple: CoupleCard,
    planned: AppointmentCard,
    rows: Sequence[HomeworkRow],
    waiting: Sequence[QueueCard],
) -> HourCard:
    running = [row for row in rows if row.is_running]
    mine = [card for card in waiting if card.couple_id == couple.id]
    return HourCard(
        couple=couple,
        starts_at=planned.starts_at,
        minutes=planned.minutes,
        with_seat=None if planned.is_with_all else planned.with_seat,
        to_read=len(mine),
        missing=tuple(row for row in running if row.missing),
        has_homework=bool(running),
    )


def _day(hour: HourCard) -> date:
    return _local(hour.starts_at, hour.couple)


def _local(at: datetime, couple: CoupleCard) -> date:
    return at.astimezone(ZoneInfo(couple.time_zone)).date()


def _changes(
    visit: Visit, couples: Sequence[CoupleCard], tasks: Iterable[TaskCard]
) -> tuple[ChangeCard, ...]:
    """What came in during the last week, homework and check-ins, the newest first."""
    by_id = {couple.id: couple for couple in couples}
    by_round = {task.round_id: task for task in tasks}
    names = {m.person.id: m.person.first_name for c in couples for m in c.members}
    rounds = [
        ChangeCard(
            at=one.at,
            kind="declined" if one.was_declined else "sent",
            couple=by_id[one.couple_id],
            name=names.get(one.respondent_id, by_id[one.couple_id].title),
            title=by_round[one.round_id].title,
            id=one.round_id,
        )
        for one in came_in(visit, by_id, visit.now - NEWS, MOST_NEWS)
        if one.round_id in by_round
    ]
    weeks = [
        ChangeCard(
            at=one.at,
            kind="check_in",
            couple=by_id[one.couple_id],
            name=names[one.person_id],
            title="",
            id=one.id,
            week_on=one.week_on,
        )
        for one in seen.came_in(visit, by_id, visit.now - NEWS, MOST_NEWS)
    ]
    newest = sorted((*rounds, *weeks), key=lambda change: change.at, reverse=True)
    return tuple(newest[:MOST_NEWS])


def _stalled(
    visit: Visit, couples: Sequence[CoupleCard], rows: Rows, met_soon: set[UUID]
) -> tuple[StalledCard, ...]:
    planned = soonest(visit, [couple.id for couple in couples])
    cards = [
        StalledCard(
            couple,
            tuple(_reasons(visit, couple, rows[couple.id], {*planned, *met_soon})),
        )
        for couple in couples
    ]
    return tuple(card for card in cards if card.reasons)


def _reasons(
    visit: Visit, couple: CoupleCard, rows: Sequence[HomeworkRow], have_session: set[UUID]
) -> Iterable[Reason]:
    today = today_in(visit, couple.time_zone)
    running = [row for row in rows if row.is_running]
    if couple.id not in have_session and not running:
        yield Reason("nothing_planned")
    for row in running:
        if row.task.due_on + QUIET <= today and row.missing:
            yield Reason("quiet", row.task.title, row.missing, row.task.due_on)
    lapses_at = couple.joint_work_lapses_at
    if lapses_at is not None and couple.joint_work is JointWork.CLEAR:
        if lapses_at - visit.now <= LAPSE_SOON:
            yield Reason("lapses", on=_local(lapses_at, couple))
    elif lapses_at is not None and lapses_at <= visit.now:
        yield Reason("lapsed", on=_local(lapses_at, couple))
