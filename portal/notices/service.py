"""Putting messages into the outbox with the deed, and the life of a letter until it is settled."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, update

from portal.audit import service as audit
from portal.jobs import service as jobs
from portal.jobs.kinds import JobKind
from portal.jobs.service import LEASE
from portal.notices.cards import OwedCard, Sealed
from portal.notices.models import Letter, MailChoice, Notice
from portal.notices.queries import address_mark, choice_row, letters_of, link_mark, who_chose
from portal.policies.mail import next_hour
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind

LINK_RESTS = timedelta(days=7)
GIVE_UP = timedelta(hours=24)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
)
LONGEST = timedelta(hours=6)


@dataclass(frozen=True)
class Wish:
    """How somebody wants to be written to; an empty address means not at all."""

    address: str = ""
    shares: bool = False
    from_hour: int = 9
    until_hour: int = 18


def put(visit: Visit, person_ids: Iterable[UUID], kind: NoticeKind, subject_id: UUID) -> None:
    """Owe each of these people the message that something is there."""
    people = list(person_ids)
    with visit.db.no_autoflush:
        chose = who_chose(visit, people)
        for person_id in people:
            row = Notice(
                id=uuid4(),
                person_id=person_id,
                kind=kind,
                subject_id=subject_id,
                made_at=visit.now,
            )
            visit.db.add(row)
            if person_id in chose:
                _owe(visit, row.id)


def choose(visit: Visit, wish: Wish) -> None:
    """Somebody says whether, where and when they may be written to; without an address it ends."""
    me = visit.viewer.me()
    audit.record(visit, Act.CHANGED_SETTINGS, me)
    if not wish.address:
        visit.db.execute(delete(MailChoice).where(MailChoice.person_id == me))
        return
    mark = address_mark(visit.chest, wish.address)
    row = choice_row(visit, me)
    if row is None:
        row = MailChoice(person_id=me, address_mark=mark, chosen_at=visit.now)
        visit.db.add(row)
    elif row.address_mark != mark:
        row.chosen_at = visit.now
    row.address_mark, row.shares = mark, wish.shares
    row.from_hour, row.until_hour = wish.from_hour, wish.until_hour
    row.put(visit.vault, "address", wish.address, me)


def drop(visit: Visit, notice_ids: Collection[UUID]) -> None:
    """There is nothing to say any more, or it may not be said: these are never sent."""
    if notice_ids:
        _settle(visit, notice_ids, dropped_at=visit.now)


def seal(
    visit: Visit, address: str, due: Sequence[OwedCard], today: date, letter: Letter | None
) -> Sealed:
    """Make one letter of everything that is due, or take up the one that was tried before."""
    again = letter is not None and letter.tries > 0
    if letter is None:
        letter = _fresh(visit, due[0], today)
    letter.meant_on, letter.tries = today, letter.tries + 1
    letter.busy_until = visit.now + LEASE
    letter.kind = due[0].kind
    letter.subject_id = due[0].subject_id if len({d.subject_id for d in due}) == 1 else None
    visit.db.execute(
        update(Notice).where(Notice.id.in_([d.id for d in due])).values(letter_id=letter.id)
    )
    code = letter.words(visit.vault, "code", letter.person_id)
    return Sealed(letter.id, letter.message_id, address, code, letter.kind, again)


def unsettled_letter(visit: Visit, person_id: UUID) -> Letter | None:
    """The letter that is under way to somebody, where there is one."""
    return next((each for each in letters_of(visit, person_id) if not each.is_settled), None)


def note_sent(visit: Visit, letter_id: UUID) -> None:
    """A server has taken the letter: what it was about is no longer owed."""
    letter = visit.db.get_one(Letter, letter_id)
    letter.sent_at, letter.busy_until, letter.code = visit.now, None, None
    _settle_of(visit, letter_id, sent_at=visit.now)


def note_trouble(visit: Visit, letter_id: UUID, *, for_good: bool) -> timedelta | None:
    """It could not be delivered: how long to wait before the next try, or None where that was all."""
    letter = visit.db.get_one(Letter, letter_id)
    letter.busy_until = None
    if for_good or visit.now - letter.made_at >= GIVE_UP:
        letter.failed_at, letter.code = visit.now, None
        _settle_of(visit, letter_id, dropped_at=visit.now)
        return None
    wait = WAITS[letter.tries - 1] if letter.tries <= len(WAITS) else LONGEST
    left = letter.made_at + GIVE_UP - visit.now
    return min(wait, left)


def let_go(visit: Visit, letter: Letter | None) -> None:
    """What a letter was about is done meanwhile: it is not tried again."""
    if letter is not None:
        letter.dropped_at, letter.busy_until, letter.code = visit.now, None, None


def _fresh(visit: Visit, first: OwedCard, today: date) -> Letter:
    code = secrets.token_urlsafe(24)
    letter = Letter(
        person_id=first.person_id,
        meant_on=today,
        message_id=uuid4(),
        kind=first.kind,
        code_mark=link_mark(visit.chest, code),
        made_at=visit.now,
        expires_at=visit.now + LINK_RESTS,
        tries=0,
    )
    letter.put(visit.vault, "code", code, first.person_id)
    visit.db.add(letter)
    return letter


def _owe(visit: Visit, notice_id: UUID) -> None:
    kind, practice_id = JobKind.SEND_MAIL.value, visit.viewer.practice_id
    jobs.owe(visit.db, kind, notice_id, next_hour(visit.now), practice_id)


def _settle(visit: Visit, notice_ids: Collection[UUID], **outcome: object) -> None:
    visit.db.execute(update(Notice).where(Notice.id.in_(list(notice_ids))).values(**outcome))


def _settle_of(visit: Visit, letter_id: UUID, **outcome: object) -> None:
    pending = Notice.sent_at.is_(None) & Notice.dropped_at.is_(None)
    visit.db.execute(update(Notice).where(Notice.letter_id == letter_id, pending).values(**outcome))
