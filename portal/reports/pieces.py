"""The pieces of homework on a paper: each answer under the name of whoever wrote it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from portal.exercises.form.definition import Field
from portal.exercises.form.shown import Shown
from portal.exercises.queries import standing
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.reflections.cards import ReflectionCard, SharedCard
from portal.reflections.queries import questions, reflections_on
from portal.reflections.sheets import shared_on
from portal.reports.paper import Piece, Question, Voice
from portal.reports.queries import readers_of
from portal.reports.readers import Table, as_partner, eyes_of, tasks_read, tasks_seen
from portal.visit import Visit
from portal.vocabulary import SummaryEdition

Part = tuple[TaskCard, ReflectionCard]


def _parts_seen(table: Table, visit: Visit) -> list[Part]:
    tasks = tasks_read(table, visit)
    seen = reflections_on(visit, tasks, table.locale, as_of=table.span.until)
    return [(task, part) for task in tasks for part in seen[task.round_id]]


def pieces_in(table: Table) -> Iterable[Piece]:
    """What was sent or opened within the span, as this edition's reader may see it."""
    parts = {
        SummaryEdition.CLINICAL: _clinical_parts,
        SummaryEdition.COUPLE: _couple_parts,
        SummaryEdition.PARTNER: _partner_parts,
    }[table.choice.edition](table)
    sheets = {task.round_id: (task, sheet) for task, sheet in _sheets(table)}
    rounds: dict[UUID, list[Part]] = {}
    for part in parts:
        if part[1].answers:
            rounds.setdefault(part[0].round_id, []).append(part)
    tasks = {task.round_id: task for task, _ in (*parts, *sheets.values())}
    kept = [task for task in tasks.values() if task.round_id in rounds or task.round_id in sheets]
    return [
        _piece(
            table, task, rounds.get(task.round_id, []), sheets.get(task.round_id, (task, None))[1]
        )
        for task in _in_order(table, kept, rounds)
    ]


def _in_order(
    table: Table, tasks: list[TaskCard], parts: Mapping[UUID, Sequence[Part]]
) -> list[TaskCard]:
    """What its reader was given, as it was given; then what was shown of another's own work, as it was shown.

    When the other was given it is between them and their counsellor, and so is its place among one's own.
    """
    known = [task for task in tasks_seen(table, eyes_of(table)) if _was_given(table, task)]
    given = {task.round_id: place for place, task in enumerate(known)}

    def place(task: TaskCard) -> tuple[int, str, str]:
        if task.round_id in given:
            return given[task.round_id], "", ""
        shown = [p.open_since.isoformat() for _, p in parts[task.round_id] if p.open_since]
        return len(given), max(shown, default=""), str(task.round_id)

    return sorted(tasks, key=place)


def _was_given(table: Table, task: TaskCard) -> bool:
    """Whether everybody who reads this paper was given the work; the counsellor gave it."""
    return all(m.person.id in task.recipients for m in readers_of(table.couple, table.choice))


def _sheets(table: Table) -> list[tuple[TaskCard, SharedCard]]:
    """What the two wrote together and sent within the span, with this reader's eyes.

    On a paper for both stands what each of the two may read by themselves.
    """
    if table.choice.edition is not SummaryEdition.COUPLE:
        return _sheets_seen(table, eyes_of(table))
    seen = [
        dict(_sheets_seen(table, as_partner(table.visit, table.couple, member.person.id)))
        for member in table.couple.taking_part
    ]
    return [(task, sheet) for task, sheet in seen[0].items() if all(task in one for one in seen)]


def _sheets_seen(table: Table, eyes: Visit) -> list[tuple[TaskCard, SharedCard]]:
    tasks = tasks_seen(table, eyes)
    found = shared_on(eyes, tasks, table.locale, as_of=table.span.until)
    return [
        (task, found[task.round_id])
        for task in tasks
        if task.round_id in found and table.span.holds(found[task.round_id].sent_at)
    ]


def _clinical_parts(table: Table) -> list[Part]:
    parts = _parts_seen(table, table.visit)
    return [(t, p) for t, p in parts if _falls_in(table, p.sent_at, p.open_since)]


def _partner_parts(table: Table) -> list[Part]:
    me = table.choice.reader_id
    if me is None:
        raise NotFound
    parts = _parts_seen(table, as_partner(table.visit, table.couple, me))
    return [
        (t, p)
        for t, p in parts
        if _falls_in(table, p.sent_at if p.respondent_id == me else None, p.open_since)
    ]


def _couple_parts(table: Table) -> list[Part]:
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


def _falls_in(table: Table, *moments: datetime | None) -> bool:
    return any(table.span.holds(at) for at in moments)


def _piece(table: Table, task: TaskCard, parts: list[Part], sheet: SharedCard | None) -> Piece:
    by_key: dict[str, list[Voice]] = {}
    for answer in sheet.answers if sheet else ():
        names = " & ".join(sheet.names) if sheet else ""
        by_key.setdefault(answer.key, []).append(Voice(names, "", answer.shown))
    for _, part in parts:
        for answer in part.answers:
            voice = Voice(part.name, part.seat.value, answer.shown)
            by_key.setdefault(answer.key, []).append(voice)
    texts = [*(part.revision_id for _, part in parts), *([sheet.revision_id] if sheet else [])]
    numbers = [*(part.revision for _, part in parts), *([sheet.revision] if sheet else [])]
    return Piece(
        exercise_title=task.title,
        assignment_mark=task.mark,
        round_number=task.number if _was_given(table, task) else 0,
        edition_number=task.edition.number,
        revision_number=max(numbers),
        questions=tuple(
            Question(field.label, _voices(table, field, by_key[field.key]))
            for field in questions(task)
            if field.key in by_key
        ),
        texts=tuple(text for text in texts if text is not None),
    )


def _voices(table: Table, field: Field, voices: list[Voice]) -> tuple[Voice, ...]:
    """Whose words stand under a question; what suits both stands once, and never beside own answers.

    Beside them a line that is missing from the list would tell what the other had chosen.
    """
    if getattr(field, "reveal", None) is None:
        return tuple(voices)
    suits = [voice for voice in voices if voice.shown.kind == "lines"]
    if not suits:
        return tuple(voices)
    nothing = Shown("line", text=standing().partner_sees.no_match)
    return (Voice(table.couple.title, "", suits[0].shown if suits[0].shown.lines else nothing),)
