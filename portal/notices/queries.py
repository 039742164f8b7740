"""Finding what is owed, who wants to be written to, and what could not be delivered."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.foundation.chest import Chest
from portal.foundation.database import held
from portal.notices.cards import ChoiceFacts, LetterCard, MailCard, OwedCard
from portal.notices.models import Letter, MailChoice, Notice
from portal.visit import Visit
from portal.vocabulary import NoticeKind


def own_choice(visit: Visit) -> MailCard:
    """How the viewer wants to be written to; off until they choose."""
    row = choice_row(visit, visit.viewer.me())
    if row is None:
        return MailCard()
    return MailCard(
        address=row.words(visit.vault, "address", row.person_id),
        shares=row.shares,
        from_hour=row.from_hour,
        until_hour=row.until_hour,
        failed_at=undelivered(visit, [row.person_id]).get(row.person_id),
    )


def choice_row(visit: Visit, person_id: UUID, *, lock: bool = False) -> MailChoice | None:
    """Somebody's choice as it stands; locked while a letter of theirs is made ready."""
    query = select(MailChoice).where(MailChoice.person_id == person_id)
    if lock:
        query = held(query)
    return visit.db.scalars(query).one_or_none()


def choice_facts(visit: Visit, person_id: UUID) -> ChoiceFacts | None:
    """What a letter needs to know of somebody's choice; None where they chose nothing."""
    row = choice_row(visit, person_id, lock=True)
    if row is None:
        return None
    same = select(func.count(), func.count().filter(MailChoice.shares)).where(
        MailChoice.address_mark == row.address_mark
    )
    count, sharing = visit.db.execute(same).one()
    return ChoiceFacts(
        address=row.words(visit.vault, "address", row.person_id),
        from_hour=row.from_hour,
        until_hour=row.until_hour,
        chosen_at=row.chosen_at,
        is_shared=count > 1,
        all_share=count == sharing,
    )


def who_chose(visit: Visit, person_ids: Iterable[UUID] | None = None) -> set[UUID]:
    """Those of these people, or of everybody, who want to be written to."""
    query = select(MailChoice.person_id)
    if person_ids is not None:
        query = query.where(MailChoice.person_id.in_(list(person_ids)))
    return set(visit.db.scalars(query))


def owed(visit: Visit, person_id: UUID, since: datetime) -> list[OwedCard]:
    """What somebody should still hear of, the oldest first."""
    query = select(Notice).where(
        Notice.person_id == person_id,
        Notice.sent_at.is_(None),
        Notice.dropped_at.is_(None),
        Notice.made_at >= since,
    )
    rows = visit.db.scalars(query.order_by(Notice.made_at, Notice.id))
    return [OwedCard(row.id, row.person_id, row.kind, row.subject_id, row.made_at) for row in rows]


def owed_one(visit: Visit, notice_id: UUID) -> OwedCard | None:
    """One thing, while it is still owed."""
    row = visit.db.get(Notice, notice_id)
    if row is None or row.is_settled:
        return None
    return OwedCard(row.id, row.person_id, row.kind, row.subject_id, row.made_at)


def was_told(visit: Visit, kind: NoticeKind, subject_ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Who has been owed a message of this kind about these things before: person and thing."""
    query = select(Notice.person_id, Notice.subject_id).where(
        Notice.kind == kind, Notice.subject_id.in_(list(subject_ids))
    )
    return {(row.person_id, row.subject_id) for row in visit.db.execute(query)}


def letters_of(visit: Visit, person_id: UUID) -> Sequence[Letter]:
    """Somebody's letters, the newest day first; the last two are all that is ever asked about."""
    query = select(Letter).where(Letter.person_id == person_id)
    return visit.db.scalars(query.order_by(Letter.meant_on.desc()).limit(2)).all()


def own_letter(visit: Visit, code: str) -> LetterCard | None:
    """Where the link of one's own letter leads; somebody else's letter does not exist."""
    query = select(Letter).where(
        Letter.code_mark == link_mark(visit.chest, code), Letter.person_id == visit.viewer.me()
    )
    row = visit.db.scalars(query).one_or_none()
    if row is None:
        return None
    return LetterCard(row.kind, row.subject_id, row.expires_at <= visit.now)


def undelivered(visit: Visit, person_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Whose newest letter could not be delivered, and since when; a fresh choice starts afresh."""
    newest = (
        select(Letter.person_id, func.max(Letter.meant_on).label("on"))
        .where(Letter.person_id.in_(list(person_ids)), Letter.dropped_at.is_(None))
        .group_by(Letter.person_id)
        .subquery()
    )
    query = (
        select(Letter.person_id, Letter.failed_at)
        .join(newest, (newest.c.person_id == Letter.person_id) & (newest.c.on == Letter.meant_on))
        .join(MailChoice, MailChoice.person_id == Letter.person_id)
        .where(Letter.failed_at.is_not(None), Letter.failed_at >= MailChoice.chosen_at)
    )
    return {row.person_id: row.failed_at for row in visit.db.execute(query)}


def link_mark(chest: Chest, code: str) -> str:
    """By what the link of a letter is found."""
    return chest.mark("tokens", "letter", code)


def address_mark(chest: Chest, address: str) -> str:
    """By what two accounts with one address are found, without the address."""
    return chest.mark("index", "mail", address.casefold())
