"""Making one letter of what is due, at a moment when its reader may be written to, and reminding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.desk.letters.queries import Reader, facts_of, held_rounds, reader_of
from portal.notices import queries as outbox
from portal.notices import service as notices
from portal.notices.cards import ChoiceFacts, OwedCard, Sealed
from portal.notices.models import Letter
from portal.policies.mail import may_mail, next_moment
from portal.reflections.pieces.queries import unsent_rounds
from portal.visit import Visit
from portal.vocabulary import NoticeKind

KEPT_WITHOUT_POST = timedelta(hours=24)
LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """What comes next for one thing that is owed: wait, carry this letter, or nothing any more."""

    wait_until: datetime | None = None
    sealed: Sealed | None = None
    reader: Reader | None = None


NOTHING = Step()


def prepare(visit: Visit, notice_id: UUID, *, has_post: bool) -> Step:
    """Look at one thing that is owed, with the reader's own eyes and at this very moment."""
    owed = outbox.owed_one(visit, notice_id)
    if owed is None:
        return NOTHING
    if not has_post:
        return _without_post(visit, owed)
    choice = outbox.choice_facts(visit, owed.person_id)
    reader = reader_of(visit, owed.person_id) if choice else None
    if choice is None or reader is None:
        notices.drop(visit, [owed.id])
        return NOTHING
    every = outbox.owed(visit, owed.person_id, choice.chosen_at)
    due = [each for each in every if may_mail(facts_of(reader, choice, each))]
    notices.drop(visit, {owed.id, *(each.id for each in every)} - {each.id for each in due})
    letter = notices.unsettled_letter(visit, owed.person_id)
    if not due:
        notices.let_go(visit, letter)
        return NOTHING
    wait_until = _wait(visit, letter, next_safe(visit, reader, choice))
    if wait_until is not None:
        return Step(wait_until)
    today = visit.now.astimezone(ZoneInfo(reader.zone)).date()
    sealed = notices.seal(visit, choice.address, due, today, letter)
    return Step(sealed=sealed, reader=reader)


def next_safe(visit: Visit, reader: Reader, choice: ChoiceFacts) -> datetime | None:
    """The first moment when this reader may be written to: safe, and no second mail on one day."""
    me = reader.visit.viewer.me()
    gone = [each.meant_on for each in outbox.letters_of(visit, me) if each.is_settled]
    return next_moment(choice.hours(reader.zone), visit.now, max(gone, default=None))


def remind(visit: Visit) -> None:
    """Whoever has not sent what is due tomorrow hears of it once; the letter looks again itself.

    Of what its counsellor holds nobody is reminded before the hold is lifted.
    """
    chose = outbox.who_chose(visit)
    due = [each for each in unsent_rounds(visit) if each.person_id in chose]
    rounds = [each.round_id for each in due]
    told = outbox.was_told(visit, NoticeKind.ROUND_DUE, rounds)
    waiting = held_rounds(visit, rounds)
    for each in due:
        is_news = (each.person_id, each.round_id) not in told and each.round_id not in waiting
        if each.is_due_tomorrow and is_news:
            notices.put(visit, [each.person_id], NoticeKind.ROUND_DUE, each.round_id)


def _without_post(visit: Visit, owed: OwedCard) -> Step:
    """Where no server is set, things wait a day for one, and are then no news any more."""
    if visit.now - owed.made_at < KEPT_WITHOUT_POST:
        return Step(visit.now + LOOK_AGAIN)
    notices.drop(visit, [owed.id])
    return NOTHING


def _wait(visit: Visit, letter: Letter | None, safe_at: datetime | None) -> datetime | None:
    if letter is not None and letter.busy_until is not None and letter.busy_until > visit.now:
        return letter.busy_until
    if safe_at is None:
        return visit.now + LOOK_AGAIN
    return safe_at if safe_at > visit.now else None
