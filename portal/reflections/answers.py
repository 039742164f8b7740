"""Answers between the form and the database: each sealed under its writer's key, in its own row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, insert, or_, select

from portal.exercises.form.answers import from_json, from_rows, rows_of, to_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.values import Value, Values, rows_in
from portal.foundation.vault import Place
from portal.reflections.models import Answer, Reflection, Revision
from portal.visit import Visit
from portal.vocabulary import Audience

# What a person typed and the form could not understand is kept under this row key, as typed.
AS_TYPED = "~typed"
Typed = Mapping[str, tuple[str, ...]]


@dataclass
class Words:
    """The answers of one revision, opened: values, their audiences, and what was typed oddly."""

    values: dict[str, Value] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    typed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    writers: dict[tuple[str, str], UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """Where answers are written: the revision, who writes, and under whose key it lies.

    On a sheet for two the writers say whose hand each row was in."""

    revision_id: UUID
    respondent_id: UUID
    owner_id: UUID
    version: int
    writers: Mapping[tuple[str, str], UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Lot:
    """Answers that go to one place: their fields, who may read each, and what was typed oddly."""

    sheet: Sheet
    fields: Sequence[Field]
    values: Values
    audiences: Mapping[str, Audience]
    typed: Typed


def write(visit: Visit, *lots: Lot) -> None:
    """Put these answers into their rows; what was there before is replaced, all of it at once."""
    before = [
        and_(
            Answer.revision_id == lot.sheet.revision_id,
            Answer.field_key.in_([item.key for item in lot.fields]),
            Answer.respondent_id == lot.sheet.respondent_id,
        )
        for lot in lots
    ]
    if not before:
        return
    visit.db.execute(
        delete(Answer).where(or_(*before)).execution_options(synchronize_session=False)
    )
    rows = [row for lot in lots for item in lot.fields for row in _rows(visit, lot, item)]
    if rows:
        visit.db.execute(insert(Answer), rows)


def open_all(
    visit: Visit,
    revision_ids: Iterable[UUID],
    fields_of: Mapping[UUID, Sequence[Field]],
) -> dict[UUID, Words]:
    """The words of these revisions, in one look-up; callers ask the policies before they show any."""
    by_writer = open_by_writer(visit, revision_ids, fields_of)
    return {revision_id: words for (revision_id, _), words in by_writer.items()}


def open_by_writer(
    visit: Visit,
    revision_ids: Iterable[UUID],
    fields_of: Mapping[UUID, Sequence[Field]],
    writers: Iterable[UUID] | None = None,
) -> dict[tuple[UUID, UUID], Words]:
    """The same with each respondent's words apart; with names, nobody else's are even fetched."""
    query = select(Answer).where(Answer.revision_id.in_(list(revision_ids)))
    if writers is not None:
        query = query.where(Answer.respondent_id.in_(list(writers)))
    found: dict[tuple[UUID, UUID], dict[str, list[Answer]]] = {}
    rows = visit.db.scalars(query.order_by(Answer.revision_id, Answer.field_key, Answer.position))
    for row in rows.all():
        whose = found.setdefault((row.revision_id, row.respondent_id), {})
        whose.setdefault(row.field_key, []).append(row)
    return {key: _words(visit, fields_of[key[0]], by_field) for key, by_field in found.items()}


def audience_of(visit: Visit, reflection: Reflection, key: str) -> Audience | None:
    """For whom an answer was sent, as its writer left it; None where nothing was answered."""
    query = (
        select(Answer.audience)
        .join(Revision, Revision.id == Answer.revision_id)
        .where(
            Revision.reflection_id == reflection.id,
            Revision.number == reflection.revision,
            Answer.field_key == key,
            Answer.respondent_id == reflection.respondent_id,
        )
    )
    return visit.db.scalars(query.limit(1)).first()


def place_of(answer_id: UUID, key: str, respondent_id: UUID, version: int) -> Place:
    """Where an answer lies, as its seal knows it."""
    return Place("answer", answer_id, key, respondent_id, version)


def _words(visit: Visit, fields: Sequence[Field], by_field: Mapping[str, list[Answer]]) -> Words:
    words = Words()
    for item in fields:
        rows = by_field.get(item.key, [])
        if rows:
            words.audiences[item.key] = rows[0].audience
        hands = {(item.key, row.row_key): row.written_by_id for row in rows}
        words.writers.update({spot: who for spot, who in hands.items() if who is not None})
        kept = {row.row_key: _open(visit, row) for row in rows}
        typed = kept.pop(AS_TYPED, None)
        if typed is not None:
            words.typed.update({box: tuple(texts) for box, texts in json.loads(typed).items()})
        if kept:
            words.values[item.key] = _value(item, kept)
    return words


def _value(item: Field, kept: Mapping[str, str]) -> Value:
    if isinstance(item, TableField | DailyEntryField):
        return from_rows(item, kept.items())
    return from_json(item, kept[""])


def _open(visit: Visit, row: Answer) -> str:
    place = place_of(row.id, row.field_key, row.respondent_id, row.version)
    return visit.vault.open(place, row.value)


def _rows(visit: Visit, lot: Lot, item: Field) -> list[dict[str, object]]:
    texts = texts_of(item, lot.values.get(item.key), lot.typed)
    return [
        _row(visit, lot.sheet, (item.key, row_key, position), text, lot.audiences[item.key])
        for position, (row_key, text) in enumerate(texts)
    ]


def texts_of(item: Field, value: Value | None, typed: Typed) -> list[tuple[str, str]]:
    """One answer as it is kept: row by row, and beside them what could not be understood."""
    texts: list[tuple[str, str]] = []
    if isinstance(item, TableField | DailyEntryField):
        texts += rows_of(item, rows_in(value))
    elif value is not None:
        texts.append(("", to_json(item, value)))
    odd = {box: list(t) for box, t in typed.items() if box.split(".")[1] == item.key}
    if odd:
        texts.append((AS_TYPED, json.dumps(odd, ensure_ascii=False)))
    return texts


def _row(
    visit: Visit, sheet: Sheet, spot: tuple[str, str, int], text: str, audience: Audience
) -> dict[str, object]:
    key, row_key, position = spot
    answer_id = uuid4()
    place = place_of(answer_id, key, sheet.respondent_id, sheet.version)
    return {
        "id": answer_id,
        "revision_id": sheet.revision_id,
        "field_key": key,
        "row_key": row_key,
        "position": position,
        "respondent_id": sheet.respondent_id,
        "audience": audience,
        "version": sheet.version,
        "written_by_id": sheet.writers.get((key, row_key)),
        "value": visit.vault.seal(sheet.owner_id, place, text),
    }
