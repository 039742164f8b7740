"""Reading what partners wrote: every answer asks the rule of sight before it becomes a card."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.exercises.form.answers import from_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.shown import Shown, shown
from portal.exercises.form.values import Value
from portal.homework.cards import TaskCard
from portal.policies.sight import sight_of
from portal.reflections.answers import Words
from portal.reflections.arrivals import (
    came_in,
    count_waiting,
    has_handed_in,
    rounds_that_wait,
    states_of,
    waiting_in,
    where_it_waits,
)
from portal.reflections.cards import AnswerCard, AnswerFactsCard, PrivateCard, ReflectionCard
from portal.reflections.laying import Half, LaidOut, lay_out, questions
from portal.reflections.matches import matching_lines
from portal.reflections.models import Reflection
from portal.reflections.openings.queries import open_state
from portal.visit import Visit
from portal.vocabulary import Audience, ReflectionState, Role, Sight

__all__ = [
    "came_in",
    "count_waiting",
    "has_handed_in",
    "opened_rounds",
    "questions",
    "reflections_on",
    "rounds_that_wait",
    "states_of",
    "waiting_in",
    "where_it_waits",
]


def reflections_on(
    visit: Visit, tasks: Sequence[TaskCard], locale: str = "en", as_of: datetime | None = None
) -> dict[UUID, tuple[ReflectionCard, ...]]:
    """Per round, one card for each person whose work this viewer may know of, first partner first."""
    desk = lay_out(visit, tasks, locale, as_of)
    found = {}
    for task in tasks:
        cards = [_card(visit, desk, task, half) for half in desk.halves(task)]
        seen = [card for card in cards if card is not None]
        found[task.round_id] = tuple(sorted(seen, key=lambda card: card.seat.value))
    return found


def opened_rounds(visit: Visit, tasks: Sequence[TaskCard]) -> frozenset[UUID]:
    """Those of these rounds that are open to both."""
    return frozenset(open_state(visit, [task.round_id for task in tasks]).opened)


def _card(visit: Visit, desk: LaidOut, task: TaskCard, half: Half) -> ReflectionCard | None:
    row, who = half.row, half.who
    seat = desk.seats.get(who)
    if seat is None:
        return None
    answers = _answers(visit, desk, task, half)
    own = who == visit.viewer.person_id
    if visit.viewer.role is Role.PARTNER and not own:
        return _others(desk, half, answers) if answers else None
    staff = visit.viewer.is_staff
    if not (own or staff):
        return None
    revision = desk.revisions.get(row.id)
    keys = [answer.key for answer in answers]
    return ReflectionCard(
        id=row.id,
        round_id=row.round_id,
        respondent_id=who,
        name=desk.names.get(who, ""),
        seat=seat.seat,
        sight=Sight.WORDS if answers else Sight.EXISTENCE,
        state=_state(desk, half),
        revision=revision.number if revision else row.revision,
        revision_id=revision.id if revision else None,
        text_mark=row.mark_of(revision.id) if revision else "",
        sent_at=revision.sent_at if revision else None,
        reviewed_at=row.reviewed_at if staff else None,
        answers=answers,
        private=_private_cards(desk, task, half) if staff else (),
        says_yes_to_open=desk.state.says_yes(row.round_id, who),
        yes_to_release=tuple(
            answer.key
            for answer in answers
            if answer.audience is Audience.ON_RELEASE and desk.state.may_release(row, answer.key)
        ),
        released=tuple(k for k in keys if (row.id, _number(desk, row), k) in desk.state.released),
        open_since=_open_since(desk, row),
    )


def _others(desk: LaidOut, half: Half, answers: tuple[AnswerCard, ...]) -> ReflectionCard:
    """The other partner's part: what is open of it, and no state, time or count besides."""
    row, who = half.row, half.who
    return ReflectionCard(
        id=row.id,
        round_id=row.round_id,
        respondent_id=who,
        name=desk.names.get(who, ""),
        seat=desk.seats[who].seat,
        sight=Sight.WORDS,
        answers=answers,
        open_since=_open_since(desk, row),
    )


def _state(desk: LaidOut, half: Half) -> ReflectionState:
    """How far somebody is: leaving a joint sheet out is one person's state, not the sheet's."""
    unsent = half.row.state in (ReflectionState.DRAFT, ReflectionState.RETURNED)
    gone = unsent and (half.row.id, half.who) in desk.left_out
    return ReflectionState.DECLINED if gone else half.row.state


def _number(desk: LaidOut, row: Reflection) -> int:
    revision = desk.revisions.get(row.id)
    return revision.number if revision else 0


def _open_since(desk: LaidOut, row: Reflection) -> datetime | None:
    """Since when anything of this part has been open to the other: the latest such moment."""
    number = _number(desk, row)
    moments = [at for (i, n, _), at in desk.state.released.items() if (i, n) == (row.id, number)]
    opened = desk.state.opened.get(row.round_id)
    return max([*moments, *([opened] if opened else [])], default=None)


def _answers(visit: Visit, desk: LaidOut, task: TaskCard, half: Half) -> tuple[AnswerCard, ...]:
    words = desk.words_of(half)
    if words is None:
        return ()
    cards = []
    for field in questions(task):
        if not isinstance(field, Question) or field.key not in words.values:
            continue
        audience = words.audiences.get(field.key, Audience.COUNSELLOR)
        facts = _facts(desk, task, half, field.key, audience)
        if sight_of(visit.viewer, facts) is Sight.WORDS:
            cards.append(_answer(visit, desk, task, half, field, words))
    return tuple(cards)


def _facts(
    desk: LaidOut, task: TaskCard, half: Half, key: str, audience: Audience
) -> AnswerFactsCard:
    row = half.row
    released = (row.id, _number(desk, row), key) in desk.state.released
    opened = row.round_id in desk.state.opened
    return AnswerFactsCard(
        couple_id=row.couple_id,
        author_id=half.who,
        audience=audience,
        state=row.state,
        is_open=released if audience is Audience.ON_RELEASE else opened,
        write_once=False,
        sent=row.revision > 0,
        dated_at=task.assigned_at,
    )


def _answer(
    visit: Visit, desk: LaidOut, task: TaskCard, half: Half, field: Field, words: Words
) -> AnswerCard:
    value = words.values[field.key]
    audience = words.audiences.get(field.key, Audience.COUNSELLOR)
    others = visit.viewer.role is Role.PARTNER and half.who != visit.viewer.person_id
    if others and getattr(field, "reveal", None) is not None:
        lines = matching_lines(field, _both(desk, task, field.key))
        return AnswerCard(field.key, field.label, audience, Shown("lines", lines=lines))
    return AnswerCard(
        key=field.key,
        label=field.label,
        audience=audience,
        shown=shown(field, value, desk.people[half.row.couple_id], desk.locale, task.first_on),
        text=value if isinstance(value, str) else "",
        number=value if field.type == "scale" and isinstance(value, int) else None,
    )


def _both(desk: LaidOut, task: TaskCard, key: str) -> list[Value]:
    """The lists of both, as far as each is released: one that is not plays no part in what matches."""
    values = []
    for half in desk.halves(task):
        words = desk.words_of(half)
        if words is None or key not in words.values:
            continue
        facts = _facts(desk, task, half, key, words.audiences.get(key, Audience.COUNSELLOR))
        if facts.audience is Audience.ON_RELEASE and facts.is_open:
            values.append(words.values[key])
    return values


def _private_cards(desk: LaidOut, task: TaskCard, half: Half) -> tuple[PrivateCard, ...]:
    row = half.row
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
            word.policy,
            word.mark,
            word.read_at is None,
        )
        for word, word_text in desk.private.get(row.id, ())
        if word.field_key in fields and word.respondent_id == half.who
    )
