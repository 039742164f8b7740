"""Laying out a partner's week in the same few look-ups, however much there is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from portal.agenda.queries import next_appointments
from portal.desk.cards import DayCard, ResumeCard, WeekCard, WordsCard
from portal.homework.windows import day_in
from portal.measures.queries import check_in_state
from portal.people.cards import OwnCoupleCard
from portal.people.queries import own_couple
from portal.records.release.queries import is_asked
from portal.reflections.drafts.drawing import today_number
from portal.reflections.drafts.leaves import asked_leaves, stopped_at
from portal.reflections.drafts.queries import draft
from portal.reflections.pieces.cards import OwnPiece, Stage
from portal.reflections.pieces.page import diary_card
from portal.reflections.pieces.queries import own_pieces
from portal.reflections.pieces.released import released_to_me
from portal.review.queries import feedback_on
from portal.visit import Visit
from portal.vocabulary import Mode, Pocket

DAYS = 7
NEWS_DAYS = 14


def week(visit: Visit) -> WeekCard:
    """What this partner's home page shows."""
    own = own_couple(visit)
    today = day_in(visit.now, own.writer_zone)
    pieces = own_pieces(visit, own)
    going_on = _draft_to_resume(pieces)
    meets_at = next_appointments(visit, [own.id]).get(own.id)
    return WeekCard(
        own=own,
        today=today,
        days=_days(today, meets_at, own),
        meets_at=meets_at,
        resume=_resume(visit, going_on) if going_on else None,
        pieces=tuple(p for p in pieces if p is not going_on and _is_of_this_week(p, today, own)),
        opened=tuple(p for p in pieces if p.opened_at and _is_news(p.opened_at, today, own)),
        changed=tuple(p for p in pieces if _has_changed(p, today)),
        words=_words(visit, pieces, today, own),
        released=tuple(
            card for card in released_to_me(visit, own, "en") if _is_news(card.since, today, own)
        ),
        check_in=check_in_state(visit, own),
        is_asked=is_asked(visit, own),
    )


def _draft_to_resume(pieces: Sequence[OwnPiece]) -> OwnPiece | None:
    """The draft that was last written in."""
    alone = [piece for piece in pieces if piece.task.mode is not Mode.JOINT]
    begun = [piece for piece in alone if piece.stage in (Stage.DRAFT, Stage.RETURNED)]
    return max(begun, key=lambda piece: (piece.last_at, piece.round_id), default=None)


def _resume(visit: Visit, piece: OwnPiece) -> ResumeCard:
    card = draft(visit, piece.round_id)
    leaves = asked_leaves(card)
    leaf = stopped_at(card, today_number(visit, card))
    at = leaves.index(leaf) + 1 if leaf in leaves else len(leaves)
    left = len(leaves) - at + 1 if leaf else 0
    minutes = piece.task.edition.content.exercise.minutes
    diary = diary_card(visit, card)
    return ResumeCard(
        piece=piece,
        page=leaf.number if leaf else None,
        question=at,
        of=len(leaves),
        minutes=max(round(minutes * left / len(leaves)), 1) if leaves and not diary else minutes,
        diary=diary,
    )


def _days(today: date, meets_at: datetime | None, own: OwnCoupleCard) -> tuple[DayCard, ...]:
    on = day_in(meets_at, own.time_zone) if meets_at else None
    days = [today + timedelta(days=n) for n in range(DAYS)]
    return tuple(DayCard(day, day == today, meets_at if day == on else None) for day in days)


def _is_of_this_week(piece: OwnPiece, today: date, own: OwnCoupleCard) -> bool:
    """What can be written, and what was sent a short while ago."""
    if piece.is_to_do:
        return True
    sent_at = piece.work.sent_at if piece.work else None
    is_fresh = sent_at is not None and _days_ago(sent_at, today, own) < DAYS
    still_on = piece.opened_at is None and piece.plan_changed_on is None
    return piece.stage is Stage.SENT and is_fresh and still_on


def _has_changed(piece: OwnPiece, today: date) -> bool:
    """Work that ended unopened is mentioned for a while, and then leaves the list."""
    since = piece.plan_changed_on
    ended = piece.task.ended_at is not None  # a week that has passed says so on its own page
    return ended and since is not None and (today - since).days < NEWS_DAYS


def _is_news(at: datetime, today: date, own: OwnCoupleCard) -> bool:
    return _days_ago(at, today, own) < NEWS_DAYS


def _days_ago(at: datetime, today: date, own: OwnCoupleCard) -> int:
    return (today - day_in(at, own.writer_zone)).days


def _words(
    visit: Visit, pieces: Sequence[OwnPiece], today: date, own: OwnCoupleCard
) -> tuple[WordsCard, ...]:
    """What the counsellor wrote back of late, newest first."""
    by_round = {piece.round_id: piece for piece in pieces}
    found = feedback_on(visit, [piece.task for piece in pieces])
    cards = [
        WordsCard(
            id=each.id,
            round_id=each.round_id,
            title=by_round[each.round_id].title,
            text=each.text,
            released_at=each.released_at,
            is_joint=each.pocket is Pocket.JOINT,
        )
        for group in found.values()
        for each in group
        if each.released_at is not None and _is_news(each.released_at, today, own)
    ]
    return tuple(sorted(cards, key=lambda card: (card.released_at, card.round_id), reverse=True))
