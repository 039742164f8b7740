"""Reading what partners wrote: every answer asks the rule of sight before it becomes a card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import distinct, func, select

from portal.exercises.form.answers import from_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import Value
from portal.homework.cards import TaskCard
from portal.people.models import Couple
from portal.policies.sight import sees_private, sight_of
from portal.reflections.answers import Words
from portal.reflections.cards import AnswerCard, AnswerFactsCard, PrivateCard, ReflectionCard
from portal.reflections.laying import LaidOut, lay_out, private_words, questions
from portal.reflections.matches import matching_lines
from portal.reflections.models import Reflection
from portal.reflections.openings.queries import open_state
from portal.visit import Visit
from portal.vocabulary import Audience, ReflectionState, Role, Sight

__all__ = [
    "came_in",
    "count_waiting",
    "opened_rounds",
    "questions",
    "reflections_on",
    "states_of",
    "waiting_in",
]


def reflections_on(
    visit: Visit, tasks: Sequence[TaskCard], locale: str = "en", as_of: datetime | None = None
) -> dict[UUID, tuple[ReflectionCard, ...]]:
    """Per round, one card for each person whose work this viewer may know of, first partner first."""
    desk = lay_out(visit, tasks, locale, as_of)
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
    return frozenset(open_state(visit, [task.round_id for task in tasks]).opened)


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
    private = private_words(visit, [row.id for row in rows])
    return [
        Waiting(
            row.round_id,
            row.respondent_id,
            row.sent_at or row.saved_at,
            any(_was_not_free(word.field_key, text) for word, text in private.get(row.id, ())),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class CameIn:
    """That something was sent or declined, by whom and when; none of its words."""

    couple_id: UUID
    round_id: UUID
    respondent_id: UUID
    at: datetime
    was_declined: bool


def came_in(visit: Visit, couple_ids: Iterable[UUID], since: datetime, most: int) -> list[CameIn]:
    """What was sent or declined in these couples of late, the newest first."""
    ids = [couple_id for couple_id in couple_ids if sees_private(visit.viewer, couple_id)]
    query = select(Reflection).where(
        Reflection.couple_id.in_(ids),
        Reflection.sent_at > since,
        Reflection.state != ReflectionState.RETURNED,
    )
    newest = query.order_by(Reflection.sent_at.desc(), Reflection.id).limit(most)
    return [
        CameIn(
            row.couple_id,
            row.round_id,
            row.respondent_id,
            row.sent_at or row.saved_at,
            row.state is ReflectionState.DECLINED,
        )
        for row in visit.db.scalars(newest)
    ]


def count_waiting(visit: Visit) -> int:
    """How many rounds of couples in care wait to be read by the counsellor."""
    query = (
        select(func.count(distinct(Reflection.round_id)))
        .join(Couple, Couple.id == Reflection.couple_id)
        .where(
            Reflection.couple_id.in_(
                [i for i in visit.viewer.couples if sees_private(visit.viewer, i)]
            ),
            Reflection.state == ReflectionState.SUBMITTED,
            Couple.archived_at.is_(None),
        )
    )
    return visit.db.scalar(query) or 0


def _was_not_free(key: str, text: str) -> bool:
    """Whether somebody said that they could not answer freely: read this first."""
    return key == "could_be_open" and any(answer in text for answer in ("not_alone", "worried"))


def _card(visit: Visit, desk: LaidOut, task: TaskCard, row: Reflection) -> ReflectionCard | None:
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
        revision=revision.number if revision else row.revision,
        revision_id=revision.id if revision else None,
        sent_at=revision.sent_at if revision else None,
        reviewed_at=row.reviewed_at if staff else None,
        answers=answers,
        private=_private_cards(desk, task, row) if staff else (),
        says_yes_to_open=desk.state.says_yes(row.round_id, row.respondent_id),
        yes_to_release=tuple(k for k in keys if desk.state.may_release(row, k)),
        released=tuple(k for k in keys if (row.id, _number(desk, row), k) in desk.state.released),
        open_since=_open_since(desk, row),
    )


def _others(desk: LaidOut, row: Reflection, answers: tuple[AnswerCard, ...]) -> ReflectionCard:
    """The other partner's part: what is open of it, and no state, time or count besides."""
    return ReflectionCard(
        id=row.id,
        round_id=row.round_id,
        respondent_id=row.respondent_id,
        name=desk.names.get(row.respondent_id, ""),
        seat=desk.seats[row.respondent_id].seat,
        sight=Sight.WORDS,
        answers=answers,
        open_since=_open_since(desk, row),
    )


def _number(desk: LaidOut, row: Reflection) -> int:
    revision = desk.revisions.get(row.id)
    return revision.number if revision else 0


def _open_since(desk: LaidOut, row: Reflection) -> datetime | None:
    """Since when anything of this part has been open to the other: the latest such moment."""
    number = _number(desk, row)
    moments = [at for (i, n, _), at in desk.state.released.items() if (i, n) == (row.id, number)]
    opened = desk.state.opened.get(row.round_id)
    return max([*moments, *([opened] if opened else [])], default=None)


def _answers(
    visit: Visit, desk: LaidOut, task: TaskCard, row: Reflection
) -> tuple[AnswerCard, ...]:
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
    desk: LaidOut, task: TaskCard, row: Reflection, key: str, audience: Audience
) -> AnswerFactsCard:
    released = (row.id, _number(desk, row), key) in desk.state.released
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
    visit: Visit, desk: LaidOut, task: TaskCard, row: Reflection, field: Field, words: Words
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


def _both(desk: LaidOut, task: TaskCard, key: str) -> list[Value]:
    values = []
    for row in desk.rows.get(task.round_id, ()):
        revision = desk.revisions.get(row.id)
        words = desk.words.get(revision.id) if revision else None
        if words is not None and key in words.values:
            values.append(words.values[key])
    return values


def _private_cards(desk: LaidOut, task: TaskCard, row: Reflection) -> tuple[PrivateCard, ...]:
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
