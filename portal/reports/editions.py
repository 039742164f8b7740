"""Making one edition of a summary out of cards, each read with its own reader's eyes."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.exercises import queries as exercises
from portal.exercises.form.shown import spoken
from portal.homework.cards import TaskCard
from portal.people.cards import MemberCard
from portal.people.queries import couple_card, person_cards
from portal.practice.queries import crisis_cards, practice_card
from portal.reflections.cards import ReflectionCard
from portal.reflections.queries import reflections_on
from portal.reports.cards import Choice
from portal.reports.facts import facts_of
from portal.reports.numbers import figures_on
from portal.reports.paper import (
    CrisisContact,
    FeedbackPiece,
    Letterhead,
    PersonName,
    SignatureLine,
    Summary,
    WorkRow,
)
from portal.reports.pieces import pieces_in
from portal.reports.queries import readers_of, span_of
from portal.reports.readers import Table, as_partner, eyes_of, named_in, tasks_seen
from portal.reports.totals import chart_of, rows_of, totals_in, whole_in
from portal.review.queries import feedback_on
from portal.sessions.queries import session_card
from portal.visit import Visit
from portal.vocabulary import Pocket, ReflectionState, Seat, SummaryEdition

TITLES = {
    SummaryEdition.CLINICAL: "Counsellor’s copy",
    SummaryEdition.COUPLE: "For both of you",
    SummaryEdition.PARTNER: "Your own copy",
}


FOOTER = "Confidential. Made for the people named here and their counsellor."


def edition(visit: Visit, session_id: UUID, choice: Choice, made: tuple[int, int]) -> Summary:
    """One edition of one session's summary, with nothing in it that its reader may not see."""
    session = session_card(visit, session_id)
    couple = couple_card(visit, session.couple_id)
    practice = practice_card(visit)
    span = span_of(visit, session, readers_of(couple, choice))
    table = Table(visit, choice, couple, session, span, spoken(practice.locale))
    eyes = eyes_of(table)
    totals = totals_in(eyes, couple, choice, span)
    number, version = made
    return Summary(
        edition=choice.edition.value,
        title="Session summary",
        practice=Letterhead(practice.name, tuple(practice.letterhead.splitlines())),
        reader=_reader(table),
        people=tuple(PersonName(m.person.first_name, m.seat.value) for m in named_in(table)),
        number=number,
        version=version,
        amends=version - 1 if version > 1 else None,
        facts=facts_of(visit, couple, session, span, table.locale),
        shared_summary=session.shared_summary,
        agreed=session.agreed,
        progress_note=session.progress_note if choice.edition is SummaryEdition.CLINICAL else "",
        pieces=tuple(pieces_in(table)),
        feedback=tuple(_feedback(table)),
        work=tuple(_work(table)),
        check_in=rows_of(totals, named_in(table), choice, span, table.locale),
        chart=chart_of(totals, named_in(table), table.locale),
        check_in_whole=whole_in(visit, eyes, couple, choice, span, table.locale),
        figures=tuple(figures_on(table)),
        signature=SignatureLine(_name_of(visit, session.written_by_id), "Counsellor"),
        footer=FOOTER,
        crisis=tuple(CrisisContact(c.name, c.contact) for c in crisis_cards(visit))
        if choice.edition is not SummaryEdition.CLINICAL
        else (),
        lang=practice.locale,
        made_at=visit.now,
    )


def _name_of(visit: Visit, person_id: UUID) -> str:
    found = person_cards(visit, [person_id]).get(person_id)
    return found.name if found else ""


def _reader(table: Table) -> str:
    return table.choice.reader_name or TITLES[table.choice.edition]


def _feedback(table: Table) -> Iterable[FeedbackPiece]:
    """What was written back within the span, to this reader or to both."""
    if table.choice.edition is SummaryEdition.COUPLE:
        return []
    eyes = table.visit
    if table.choice.reader_id is not None:
        eyes = as_partner(table.visit, table.couple, table.choice.reader_id)
    tasks = tasks_seen(table, eyes)
    written = feedback_on(eyes, tasks)
    return [
        FeedbackPiece(_title(task), _addressee(table, card.pocket), card.text)
        for task in tasks
        for card in written[task.round_id]
        if table.span.holds(card.released_at)
    ]


def _addressee(table: Table, pocket: Pocket) -> str:
    if table.choice.edition is SummaryEdition.PARTNER:
        return ""
    if pocket is Pocket.JOINT:
        return table.couple.title
    member = table.couple.member(Seat(pocket.value))
    return member.person.first_name if member else ""


def _work(table: Table) -> Iterable[WorkRow]:
    """What was between the sessions: a partner's own part, what both share, or everything."""
    if table.choice.edition is SummaryEdition.COUPLE:
        return []
    eyes = table.visit
    if table.choice.reader_id is not None:
        eyes = as_partner(table.visit, table.couple, table.choice.reader_id)
    rows = []
    for task, parts in _rounds_in(table, eyes):
        cells = tuple(_cell(parts, member, task) for member in named_in(table))
        rows.append(WorkRow(_title(task), cells))
    return rows


def _rounds_in(table: Table, eyes: Visit) -> list[tuple[TaskCard, dict[UUID, ReflectionCard]]]:
    tasks = [t for t in tasks_seen(table, eyes) if t.assigned_at <= table.span.until]
    seen = reflections_on(eyes, tasks, table.locale, as_of=table.span.until)
    found = []
    for task in tasks:
        parts = {part.respondent_id: part for part in seen[task.round_id]}
        if table.span.holds(_began_at(table, task)) or any(
            table.span.holds(part.sent_at) for part in parts.values()
        ):
            found.append((task, parts))
    return found


def _began_at(table: Table, task: TaskCard) -> datetime:
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
