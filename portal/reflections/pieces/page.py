"""Laying out the page of one piece."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select

from portal.exercises.form.wording import audience_labels, introduction
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.windows import Phase
from portal.people.cards import OwnCoupleCard
from portal.policies.openings import may_be_asked
from portal.reflections.cards import AnswerCard, ReflectionCard
from portal.reflections.drafts.cards import DraftCard
from portal.reflections.drafts.drawing import today_number
from portal.reflections.drafts.leaves import (
    asked_leaves,
    diary_of,
    first_at_end,
    is_under_way,
    stopped_at,
)
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import today_for
from portal.reflections.models import PrivateWord, Reflection
from portal.reflections.openings.queries import is_there_for_both, own_answers
from portal.reflections.pieces.cards import DiaryCard, FacingCard, OwnPiece, PieceCard, Side, Stage
from portal.reflections.pieces.queries import opened_at, own_work, piece_of
from portal.reflections.pieces.unsent import begun
from portal.reflections.queries import questions, reflections_on
from portal.reflections.sending.cards import Asked
from portal.reflections.sending.drawing import ConsentCard, consent
from portal.reflections.sending.queries import can_be_taken_back
from portal.visit import Visit
from portal.vocabulary import Audience, ConsentKind, Mode, Seat


def piece_page(visit: Visit, round_id: UUID, locale: str) -> PieceCard:
    """One piece, whole: what is asked, one's own words, and what is open to both."""
    return piece_card(visit, draft(visit, round_id), locale)


def piece_card(visit: Visit, card: DraftCard, locale: str) -> PieceCard:
    """The same of a draft that was found already."""
    task, own, round_id = card.task, card.own, card.task.round_id
    work, today = own_work(visit, [round_id]).get(round_id), today_for(visit, own, task)
    if work is None and task.phase(today) is Phase.TO_COME:
        raise NotFound  # a week that has not begun is nowhere yet
    opened = opened_at(visit, [round_id]).get(round_id)
    piece = piece_of(task, own, today, work, opened)
    parts = reflections_on(visit, [task], locale)[round_id]
    mine = next((part for part in parts if part.respondent_id == visit.viewer.person_id), None)
    resume = stopped_at(card, today_number(visit, card)) if work else None
    return PieceCard(
        piece=piece,
        own=own,
        draft=card,
        intro=introduction(task.edition.content, solo=task.solo),
        resume=resume.number if resume else None,
        leaves=len(asked_leaves(card)),
        diary=diary_card(visit, card),
        before=task.edition.content.common.before_every_exercise,
        labels=audience_labels(task.edition.content),
        mine=mine,
        facing=_facing(piece, own, parts),
        has_private=_has_private(visit, mine),
        consents=_consents(visit, piece, mine),
        can_be_taken_back=_can_be_taken_back(visit, task, mine),
        begun=begun(visit, piece, card, mine, locale),
        closed_unopened=_closed_unopened(visit, piece, mine),
    )


def diary_card(visit: Visit, card: DraftCard) -> DiaryCard | None:
    """Where a diary stands today; nothing where the piece is none."""
    leaf = diary_of(card)
    if leaf is None:
        return None
    day, last = today_number(visit, card), first_at_end(card)
    return DiaryCard(
        day=min(day, card.task.days),
        of=card.task.days,
        ends_on=card.task.first_on + timedelta(days=card.task.days - 1),
        is_under_way=is_under_way(card, day),
        page=leaf.number,
        last_page=last.number if last else None,
    )


def _facing(
    piece: OwnPiece, own: OwnCoupleCard, parts: Sequence[ReflectionCard]
) -> tuple[FacingCard, ...]:
    """What is open to both, question by question, first partner at the start."""
    by_seat = {part.seat: part for part in parts}
    mine, others = by_seat.get(own.seat), by_seat.get(_other(own.seat))
    found = []
    for field in questions(piece.task):
        here = _open_to_both(mine, field.key, is_open=piece.opened_at is not None)
        theirs = others.answer(field.key) if others else None
        some = theirs or here
        if some is None:
            continue
        if getattr(field, "reveal", None) is not None:
            found.append(FacingCard(some.key, some.label, both=theirs.shown if theirs else None))
        else:
            sides = tuple(
                _own_side(own, mine, here, some.key)
                if seat is own.seat
                else Side(own.name_at(seat), seat.value, theirs.shown if theirs else None)
                for seat in Seat
            )
            found.append(FacingCard(some.key, some.label, sides))
    return tuple(found)


def _other(seat: Seat) -> Seat:
    return Seat.B if seat is Seat.A else Seat.A


def _own_side(
    own: OwnCoupleCard, mine: ReflectionCard | None, here: AnswerCard | None, key: str
) -> Side:
    is_below = here is None and mine is not None and mine.answer(key) is not None
    return Side(own.me.first_name, own.seat.value, here.shown if here else None, is_below)


def _open_to_both(mine: ReflectionCard | None, key: str, *, is_open: bool) -> AnswerCard | None:
    """One's own answer, where the other can read it now."""
    answer = mine.answer(key) if mine else None
    if mine is None or answer is None:
        return None
    if answer.audience is Audience.ON_RELEASE:
        return answer if key in mine.released else None
    return answer if is_open and answer.audience is Audience.AFTER_BOTH else None


def _has_private(visit: Visit, mine: ReflectionCard | None) -> bool:
    """Whether something was sent for the counsellor alone: that much its writer may know."""
    if mine is None:
        return False
    query = select(
        exists().where(
            PrivateWord.reflection_id == mine.id, PrivateWord.respondent_id == visit.viewer.me()
        )
    )
    return bool(visit.db.scalar(query))


def _consents(
    visit: Visit, piece: OwnPiece, mine: ReflectionCard | None
) -> tuple[ConsentCard, ...]:
    """The yes or no that was last said, as long as it can still be changed."""
    if mine is None or piece.stage is not Stage.SENT or not piece.task.is_running:
        return ()
    if piece.task.solo:
        return ()
    said, there = (
        own_answers(visit, piece.round_id, mine.revision),
        is_there_for_both(visit, piece.task),
    )
    words = piece.task.edition.content.common.check_page
    return tuple(
        consent(words, asked, as_said=True)
        for asked in _changeable(said, piece, mine, is_there=there)
    )


def _closed_unopened(visit: Visit, piece: OwnPiece, mine: ReflectionCard | None) -> bool:
    """Whether the opening of a sheet that this writer was asked about can come no more."""
    is_sheet = piece.task.mode is Mode.JOINT and piece.stage is Stage.SENT
    if mine is None or not is_sheet or piece.task.is_running:
        return False
    said = own_answers(visit, piece.round_id, mine.revision)
    return piece.opened_at is None and (ConsentKind.OPEN_ROUND, "") in said


def _changeable(
    said: dict[tuple[ConsentKind, str], bool],
    piece: OwnPiece,
    mine: ReflectionCard,
    *,
    is_there: bool,
) -> list[Asked]:
    found = []
    for (kind, key), says_yes in sorted(said.items(), key=lambda each: each[0][1]):
        answer = mine.answer(key)
        to = answer.audience if answer else None
        asked = may_be_asked(kind, was_asked=True, sent_to=to, is_there_for_both=is_there)
        is_open = piece.opened_at is not None if not key else key in mine.released
        if asked and not is_open:
            found.append(Asked(kind, key, answer.label if answer else "", says_yes))
    return found


def _can_be_taken_back(visit: Visit, task: TaskCard, mine: ReflectionCard | None) -> bool:
    row = visit.db.get(Reflection, mine.id) if mine else None
    return row is not None and can_be_taken_back(visit, row, task)
