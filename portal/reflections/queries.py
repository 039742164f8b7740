"""Reading what partners wrote: every answer asks the rule of sight before it becomes a card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.exercises.form.answers import from_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import People, Value
from portal.exercises.form.wording import asked
from portal.homework.cards import TaskCard
from portal.people.models import Membership
from portal.people.queries import memberships_of, person_cards
from portal.policies.sight import sees_private, sight_of
from portal.reflections.answers import Words, open_all
from portal.reflections.cards import AnswerCard, AnswerFactsCard, PrivateCard, ReflectionCard
from portal.reflections.matches import matching_lines
from portal.reflections.models import PrivateWord, Reflection, Revision
from portal.reflections.openings.queries import OpenState, open_state
from portal.visit import Visit
from portal.vocabulary import Audience, ReflectionState, Role, Seat, Sight


@dataclass(frozen=True)
class _Desk:
    """Everything about some rounds, laid out once so that cards cost no further look-ups."""

    seats: Mapping[UUID, Membership]
    names: Mapping[UUID, str]
    people: Mapping[UUID, People]
    rows: Mapping[UUID, tuple[Reflection, ...]]
    revisions: Mapping[UUID, Revision]
    words: Mapping[UUID, Words]
    private: Mapping[UUID, tuple[tuple[PrivateWord, str], ...]]
    state: OpenState
    locale: str


def reflections_on(
    visit: Visit, tasks: Sequence[TaskCard], locale: str = "en"
) -> dict[UUID, tuple[ReflectionCard, ...]]:
    """Per round, one card for each person whose work this viewer may know of, first partner first."""
    desk = _lay_out(visit, tasks, locale)
    found = {}
    for task in tasks:
        cards = [_card(visit, desk, task, row) for row in desk.rows.get(task.round_id, ())]
        seen = [card for card in cards if card is not None]
        found[task.round_id] = tuple(sorted(seen, key=lambda card: card.seat.value))
    return found


def states_of(visit: Visit, round_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], ReflectionState]:
    """How far each respondent is: for the counsellor everybody, for a partner only themselves."""
    query = select(Reflection).where(Reflection.round_id.in_(list(round_ids)))
    if visit.viewer.role is Role.PARTNER:
        query = query.where(Reflection.respondent_id == visit.viewer.me())
    elif not visit.viewer.is_staff:
        return {}
    rows = visit.db.scalars(query.where(Reflection.couple_id.in_(list(visit.viewer.couples))))
    return {(row.round_id, row.respondent_id): row.state for row in rows}


def opened_rounds(visit: Visit, tasks: Sequence[TaskCard]) -> frozenset[UUID]:
    """Those of these rounds that are open to both."""
    return open_state(visit, [task.round_id for task in tasks]).opened


@dataclass(frozen=True)
class Waiting:
    """One reflection that waits for the counsellor."""

    round_id: UUID
    respondent_id: UUID
    sent_at: datetime
    looks_first: bool


def waiting_in(visit: Visit, couple_ids: Iterable[UUID]) -> list[Waiting]:
    """What was sent or declined in these couples and is not yet marked as read."""
    ids = [couple_id for couple_id in couple_ids if sees_private(visit.viewer, couple_id)]
    query = select(Reflection).where(
        Reflection.couple_id.in_(ids), Reflection.state == ReflectionState.SUBMITTED
    )
    rows = visit.db.scalars(query.order_by(Reflection.sent_at, Reflection.id)).all()
    private = _private(visit, [row.id for row in rows])
    return [
        Waiting(
            row.round_id,
            row.respondent_id,
            row.sent_at or row.saved_at,
            any(_was_not_free(word.field_key, text) for word, text in private.get(row.id, ())),
        )
        for row in rows
    ]


def _was_not_free(key: str, text: str) -> bool:
    """Whether somebody said that they could not answer freely: read this first."""
    return key == "could_be_open" and any(answer in text for answer in ("not_alone", "worried"))


def _lay_out(visit: Visit, tasks: Sequence[TaskCard], locale: str) -> _Desk:
    round_ids = [task.round_id for task in tasks]
    by_round = {task.round_id: task for task in tasks}
    query = select(Reflection).where(Reflection.round_id.in_(round_ids))
    rows = visit.db.scalars(query).all()
    seats = {seat.person_id: seat for seat in memberships_of(visit, {t.couple_id for t in tasks})}
    names = person_cards(visit, seats)
    revisions = _latest(visit, rows)
    numbers = {row.id: row for row in rows}
    fields = {
        r.id: questions(by_round[numbers[r.reflection_id].round_id]) for r in revisions.values()
    }
    private = _private(visit, [row.id for row in rows])
    return _Desk(
        seats=seats,
        names={person_id: card.first_name for person_id, card in names.items()},
        people=_people(seats.values(), {i: c.first_name for i, c in names.items()}),
        rows=_grouped(rows),
        revisions=revisions,
        words=open_all(visit, [r.id for r in revisions.values()], fields),
        private=private,
        state=open_state(visit, round_ids),
        locale=locale,
    )


def questions(task: TaskCard) -> tuple[Field, ...]:
    """The questions of a round as they are shown to a reader."""
    return asked(task.edition.content, solo=task.solo, promise="")


def _card(visit: Visit, desk: _Desk, task: TaskCard, row: Reflection) -> ReflectionCard | None:
    seat = desk.seats.get(row.respondent_id)
    if seat is None:
        return None
    answers = _answers(visit, desk, task, row)
    own = row.respondent_id == visit.viewer.person_id
    if visit.viewer.role is Role.PARTNER and not own:
        return _others(desk, row, answers) if answers else None
    staff = visit.viewer.is_staff
    if not (own or staff):
        return None
    revision = desk.revisions.get(row.id)
    keys = [answer.key for answer in answers]
    return ReflectionCard(
        id=row.id,
        round_id=row.round_id,
        respondent_id=row.respondent_id,
        name=desk.names.get(row.respondent_id, ""),
        seat=seat.seat,
        sight=Sight.WORDS if answers else Sight.EXISTENCE,
        state=row.state,
        revision=row.revision,
        revision_id=revision.id if revision else None,
        sent_at=row.sent_at,
        reviewed_at=row.reviewed_at if staff else None,
        answers=answers,
        private=_private_cards(desk, task, row) if staff else (),
        says_yes_to_open=desk.state.says_yes(row.round_id, row.respondent_id),
        yes_to_release=tuple(k for k in keys if desk.state.may_release(row, k)),
        released=tuple(k for k in keys if (row.id, row.revision, k) in desk.state.released),
    )


def _others(desk: _Desk, row: Reflection, answers: tuple[AnswerCard, ...]) -> ReflectionCard:
    """The other partner's part: what is open of it, and no state, time or count besides."""
    return ReflectionCard(
        id=row.id,
        round_id=row.round_id,
        respondent_id=row.respondent_id,
        name=desk.names.get(row.respondent_id, ""),
        seat=desk.seats[row.respondent_id].seat,
        sight=Sight.WORDS,
        answers=answers,
    )


def _answers(visit: Visit, desk: _Desk, task: TaskCard, row: Reflection) -> tuple[AnswerCard, ...]:
    revision = desk.revisions.get(row.id)
    words = desk.words.get(revision.id) if revision else None
    if words is None:
        return ()
    cards = []
    for field in questions(task):
        if not isinstance(field, Question) or field.key not in words.values:
            continue
        audience = words.audiences.get(field.key, Audience.COUNSELLOR)
        facts = _facts(desk, task, row, field.key, audience)
        if sight_of(visit.viewer, facts) is Sight.WORDS:
            cards.append(_answer(visit, desk, task, row, field, words))
    return tuple(cards)


def _facts(
    desk: _Desk, task: TaskCard, row: Reflection, key: str, audience: Audience
) -> AnswerFactsCard:
    released = (row.id, row.revision, key) in desk.state.released
    opened = row.round_id in desk.state.opened
    return AnswerFactsCard(
        couple_id=row.couple_id,
        author_id=row.respondent_id,
        audience=audience,
        state=row.state,
        is_open=released if audience is Audience.ON_RELEASE else opened,
        write_once=False,
        sent=row.revision > 0,
        dated_at=task.assigned_at,
    )


def _answer(
    visit: Visit, desk: _Desk, task: TaskCard, row: Reflection, field: Field, words: Words
) -> AnswerCard:
    value = words.values[field.key]
    audience = words.audiences.get(field.key, Audience.COUNSELLOR)
    others = visit.viewer.role is Role.PARTNER and row.respondent_id != visit.viewer.person_id
    if others and getattr(field, "reveal", None) is not None:
        lines = matching_lines(field, _both(desk, task, field.key))
        return AnswerCard(field.key, field.label, audience, Shown("lines", lines=lines))
    return AnswerCard(
        key=field.key,
        label=field.label,
        audience=audience,
        shown=shown(field, value, desk.people[row.couple_id], desk.locale, task.first_on),
        text=value if isinstance(value, str) else "",
        number=value if field.type == "scale" and isinstance(value, int) else None,
    )


def _both(desk: _Desk, task: TaskCard, key: str) -> list[Value]:
    values = []
    for row in desk.rows.get(task.round_id, ()):
        revision = desk.revisions.get(row.id)
        words = desk.words.get(revision.id) if revision else None
        if words is not None and key in words.values:
            values.append(words.values[key])
    return values


def _private_cards(desk: _Desk, task: TaskCard, row: Reflection) -> tuple[PrivateCard, ...]:
    fields = {field.key: field for field in questions(task)}
    return tuple(
        PrivateCard(
            word.field_key,
            fields[word.field_key].label,
            shown(
                fields[word.field_key],
                from_json(fields[word.field_key], word_text),
                desk.people[row.couple_id],
                desk.locale,
            ),
            word.sent_at,
        )
        for word, word_text in desk.private.get(row.id, ())
        if word.field_key in fields
    )


def _latest(visit: Visit, rows: Sequence[Reflection]) -> dict[UUID, Revision]:
    """The newest sent revision of each reflection."""
    numbers = {row.id: row.revision for row in rows if row.revision}
    query = select(Revision).where(Revision.reflection_id.in_(numbers))
    found = visit.db.scalars(query)
    return {r.reflection_id: r for r in found if r.number == numbers[r.reflection_id]}


def _private(visit: Visit, ids: list[UUID]) -> dict[UUID, tuple[tuple[PrivateWord, str], ...]]:
    """What was written for the counsellor alone; nobody else's visit even asks for it."""
    open_to = [c for c in visit.viewer.couples if sees_private(visit.viewer, c)]
    if not open_to:
        return {}
    query = select(PrivateWord).where(
        PrivateWord.reflection_id.in_(ids), PrivateWord.couple_id.in_(open_to)
    )
    found: dict[UUID, tuple[tuple[PrivateWord, str], ...]] = {}
    for word in visit.db.scalars(query.order_by(PrivateWord.sent_at, PrivateWord.id)):
        opened = (word, visit.vault.open(word.place, word.value))
        found[word.reflection_id] = (*found.get(word.reflection_id, ()), opened)
    return found


def _grouped(rows: Sequence[Reflection]) -> dict[UUID, tuple[Reflection, ...]]:
    found: dict[UUID, tuple[Reflection, ...]] = {}
    for row in rows:
        found[row.round_id] = (*found.get(row.round_id, ()), row)
    return found


def _people(seats: Iterable[Membership], names: Mapping[UUID, str]) -> dict[UUID, People]:
    first: dict[UUID, dict[Seat, str]] = {}
    for seat in seats:
        first.setdefault(seat.couple_id, {})[seat.seat] = names.get(seat.person_id, "")
    return {i: People(by.get(Seat.A, ""), by.get(Seat.B, "")) for i, by in first.items()}
