"""Making one edition of a summary out of cards, each read with its own reader's eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.exercises import queries as exercises
from portal.exercises.form.shown import spoken
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import own_tasks, tasks_of
from portal.people.cards import CoupleCard, MemberCard
from portal.people.queries import couple_card, person_cards
from portal.policies.viewer import Standing, Viewer
from portal.practice.queries import crisis_cards, practice_card
from portal.reflections.cards import AnswerCard, ReflectionCard
from portal.reflections.queries import questions, reflections_on
from portal.reports.cards import Choice, Span
from portal.reports.facts import facts_of
from portal.reports.paper import (
    CrisisContact,
    FeedbackPiece,
    Letterhead,
    PersonName,
    Piece,
    Question,
    SignatureLine,
    Summary,
    Voice,
    WorkRow,
)
from portal.reports.queries import span_of
from portal.reports.totals import chart_of, rows_of, totals_in
from portal.review.queries import feedback_on
from portal.sessions.cards import SessionCard
from portal.sessions.queries import session_card
from portal.visit import Visit
from portal.vocabulary import Pocket, ReflectionState, Role, Seat, SummaryEdition

TITLES = {
    SummaryEdition.CLINICAL: "Counsellor’s copy",
    SummaryEdition.COUPLE: "For both of you",
    SummaryEdition.PARTNER: "Your own copy",
}


FOOTER = "Confidential. Made for the people named here and their counsellor."


@dataclass(frozen=True)
class _Table:
    """Everything that one edition is made of, and for whom."""

    visit: Visit
    choice: Choice
    couple: CoupleCard
    session: SessionCard
    span: Span
    locale: str


def edition(visit: Visit, session_id: UUID, choice: Choice, made: tuple[int, int]) -> Summary:
    """One edition of one session's summary, with nothing in it that its reader may not see."""
    session = session_card(visit, session_id)
    couple = couple_card(visit, session.couple_id)
    practice = practice_card(visit)
    span = span_of(visit, session, choice.reader_id)
    table = _Table(visit, choice, couple, session, span, spoken(practice.locale))
    totals = totals_in(_eyes(table), couple, choice, span)
    number, version = made
    return Summary(
        edition=choice.edition.value,
        title="Session summary",
        practice=Letterhead(practice.name, tuple(practice.letterhead.splitlines())),
        reader=_reader(table),
        people=tuple(PersonName(m.person.first_name, m.seat.value) for m in _named(table)),
        number=number,
        version=version,
        amends=version - 1 if version > 1 else None,
        facts=facts_of(visit, couple, session, span, table.locale),
        shared_summary=session.shared_summary,
        agreed=session.agreed,
        progress_note=session.progress_note if choice.edition is SummaryEdition.CLINICAL else "",
        pieces=tuple(_pieces(table)),
        feedback=tuple(_feedback(table)),
        work=tuple(_work(table)),
        check_in=rows_of(totals, _named(table), table.locale),
        chart=chart_of(totals, _named(table), table.locale),
        signature=SignatureLine(_name_of(visit, session.written_by_id), "Counsellor"),
        footer=FOOTER,
        crisis=tuple(CrisisContact(c.name, c.contact) for c in crisis_cards(visit))
        if choice.edition is not SummaryEdition.CLINICAL
        else (),
        lang=practice.locale,
        made_at=visit.now,
    )


def as_partner(visit: Visit, couple: CoupleCard, person_id: UUID) -> Visit:
    """The same visit with this partner's eyes: what they may see is all that it finds."""
    member = next((m for m in couple.taking_part if m.person.id == person_id), None)
    if member is None:
        raise NotFound
    standing = {couple.id: Standing(member.seat, member.joined_at)}
    viewer = Viewer(Role.PARTNER, person_id, None, visit.viewer.practice_id, standing)
    return Visit(visit.db, viewer, visit.now, visit.vault)


def _eyes(table: _Table) -> Visit:
    """With whose eyes this edition is read where it is one reader's own."""
    reader_id = table.choice.reader_id
    return as_partner(table.visit, table.couple, reader_id) if reader_id else table.visit


def _name_of(visit: Visit, person_id: UUID) -> str:
    found = person_cards(visit, [person_id]).get(person_id)
    return found.name if found else ""


def _reader(table: _Table) -> str:
    return table.choice.reader_name or TITLES[table.choice.edition]


def _named(table: _Table) -> tuple[MemberCard, ...]:
    members = table.couple.members
    if table.choice.edition is SummaryEdition.PARTNER:
        return tuple(m for m in members if m.person.id == table.choice.reader_id)
    return tuple(m for m in members if m.participates)


def _tasks(table: _Table, visit: Visit) -> list[TaskCard]:
    if visit.viewer.role is Role.PARTNER:
        found = [task for task in own_tasks(visit) if task.couple_id == table.couple.id]
    else:
        found = tasks_of(visit, [table.couple.id])
    return [task for task in found if task.edition.is_printable]


Part = tuple[TaskCard, ReflectionCard]


def _parts_seen(table: _Table, visit: Visit) -> list[Part]:
    tasks = _tasks(table, visit)
    seen = reflections_on(visit, tasks, table.locale, as_of=table.span.until)
    return [(task, part) for task in tasks for part in seen[task.round_id]]


def _pieces(table: _Table) -> Iterable[Piece]:
    """What was sent or opened within the span, as this edition's reader may see it."""
    parts = {
        SummaryEdition.CLINICAL: _clinical_parts,
        SummaryEdition.COUPLE: _couple_parts,
        SummaryEdition.PARTNER: _partner_parts,
    }[table.choice.edition](table)
    rounds: dict[UUID, list[Part]] = {}
    for part in parts:
        if part[1].answers:
            rounds.setdefault(part[0].round_id, []).append(part)
    return [_piece(found) for found in rounds.values()]


def _clinical_parts(table: _Table) -> list[Part]:
    parts = _parts_seen(table, table.visit)
    return [(t, p) for t, p in parts if _falls_in(table, p.sent_at, p.open_since)]


def _partner_parts(table: _Table) -> list[Part]:
    me = table.choice.reader_id
    if me is None:
        raise NotFound
    parts = _parts_seen(table, as_partner(table.visit, table.couple, me))
    return [
        (t, p)
        for t, p in parts
        if _falls_in(table, p.sent_at if p.respondent_id == me else None, p.open_since)
    ]


def _couple_parts(table: _Table) -> list[Part]:
    """What each may see of the other: that, and only that, may be seen by both."""
    found = []
    for member in table.couple.taking_part:
        parts = _parts_seen(table, as_partner(table.visit, table.couple, member.person.id))
        found += [
            (task, part)
            for task, part in parts
            if part.respondent_id != member.person.id and table.span.holds(part.open_since)
        ]
    return sorted(found, key=lambda p: (p[0].assigned_at, p[0].round_id, p[1].seat.value))


def _falls_in(table: _Table, *moments: datetime | None) -> bool:
    return any(table.span.holds(at) for at in moments)


def _piece(parts: list[Part]) -> Piece:
    task = parts[0][0]
    asked = questions(task)
    by_key: dict[str, list[tuple[ReflectionCard, AnswerCard]]] = {}
    for _, part in parts:
        for answer in part.answers:
            by_key.setdefault(answer.key, []).append((part, answer))
    return Piece(
        exercise_title=task.title,
        assignment_mark=task.mark,
        round_number=task.number,
        edition_number=task.edition.number,
        revision_number=max(part.revision for _, part in parts),
        questions=tuple(
            Question(
                field.label,
                tuple(Voice(p.name, p.seat.value, a.shown) for p, a in by_key[field.key]),
            )
            for field in asked
            if field.key in by_key
        ),
    )


def _feedback(table: _Table) -> Iterable[FeedbackPiece]:
    """What was written back within the span, to this reader or to both."""
    if table.choice.edition is SummaryEdition.COUPLE:
        return []
    eyes = table.visit
    if table.choice.reader_id is not None:
        eyes = as_partner(table.visit, table.couple, table.choice.reader_id)
    tasks = _tasks(table, eyes)
    written = feedback_on(eyes, tasks)
    return [
        FeedbackPiece(_title(task), _addressee(table, card.pocket), card.text)
        for task in tasks
        for card in written[task.round_id]
        if table.span.holds(card.released_at)
    ]


def _addressee(table: _Table, pocket: Pocket) -> str:
    if table.choice.edition is SummaryEdition.PARTNER:
        return ""
    if pocket is Pocket.JOINT:
        return table.couple.title
    member = table.couple.member(Seat(pocket.value))
    return member.person.first_name if member else ""


def _work(table: _Table) -> Iterable[WorkRow]:
    """What was between the sessions: a partner's own part, what both share, or everything."""
    if table.choice.edition is SummaryEdition.COUPLE:
        return []
    eyes = table.visit
    if table.choice.reader_id is not None:
        eyes = as_partner(table.visit, table.couple, table.choice.reader_id)
    rows = []
    for task, parts in _rounds_in(table, eyes):
        cells = tuple(_cell(parts, member, task) for member in _named(table))
        rows.append(WorkRow(_title(task), cells))
    return rows


def _rounds_in(table: _Table, eyes: Visit) -> list[tuple[TaskCard, dict[UUID, ReflectionCard]]]:
    tasks = [t for t in _tasks(table, eyes) if t.assigned_at <= table.span.until]
    seen = reflections_on(eyes, tasks, table.locale, as_of=table.span.until)
    found = []
    for task in tasks:
        parts = {part.respondent_id: part for part in seen[task.round_id]}
        if table.span.holds(_began_at(table, task)) or any(
            table.span.holds(part.sent_at) for part in parts.values()
        ):
            found.append((task, parts))
    return found


def _began_at(table: _Table, task: TaskCard) -> datetime:
    """When a round began: the first with its assignment, each later one with its first day."""
    if task.number == 1:
        return task.assigned_at
    zone = ZoneInfo(table.couple.time_zone)
    return datetime.combine(task.first_on, time(), zone)


def _cell(parts: dict[UUID, ReflectionCard], member: MemberCard, task: TaskCard) -> str:
    if member.person.id not in task.recipients:
        return "–"
    part = parts.get(member.person.id)
    if part is not None and part.sent_at is not None:
        return "Sent"
    declined = part is not None and part.state is ReflectionState.DECLINED
    return "Declined" if declined else "Not sent"


def _title(task: TaskCard) -> str:
    hidden = exercises.standing().partner_sees.hidden_title
    title = hidden if task.edition.hides_title else task.title
    return f"{title}, week {task.number}" if task.of > 1 else title
