"""Which summaries there are, which can be made, and what each covers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from portal.foundation.errors import NotFound
from portal.foundation.vault import Place
from portal.homework.queries import couple_facts
from portal.jobs.kinds import JobKind
from portal.jobs.queries import given_up
from portal.people.cards import CoupleCard, MemberCard
from portal.people.models import Couple
from portal.people.queries import contact_level_of, couple_card, person_cards
from portal.policies.deeds import may_care_for, may_read_file, may_take_out
from portal.policies.editions import (
    NOT_THERE,
    exists_for_all,
    reaches_back_to,
    was_there,
    why_no_couple_edition,
)
from portal.policies.sight import may_enter
from portal.policies.viewer import require
from portal.reports.cards import Choice, DocumentCard, Span
from portal.reports.models import PrintState, SummaryDocument
from portal.sessions.cards import SessionCard
from portal.sessions.models import TherapySession
from portal.sessions.queries import attended_in, session_card, sessions_of
from portal.visit import Visit
from portal.vocabulary import ContactLevel, Role, SummaryEdition


class _Hour(NamedTuple):
    """When the hour of a paper was, and who was there."""

    held_at: datetime
    attended: tuple[UUID, ...]


# A number is never given twice, not even where the paper was taken back.
COUNTED = (PrintState.FINISHED, PrintState.WAITING, PrintState.WITHDRAWN)


def choices(visit: Visit, session_id: UUID, chosen: str = "clinical") -> list[Choice]:
    """The editions that this session can have, each with its reader."""
    session = session_card(visit, session_id)
    require(may_care_for(visit.viewer, session.couple_id))
    couple = couple_card(visit, session.couple_id)
    there = [m for m in couple.taking_part if _was_there(m, session)]
    refused = why_no_couple_edition(couple_facts(couple))
    if not refused and len(there) < len(couple.taking_part):
        refused = NOT_THERE
    found = [
        Choice(SummaryEdition.CLINICAL, None, ""),
        Choice(SummaryEdition.COUPLE, None, "", refused),
        *(Choice(SummaryEdition.PARTNER, m.person.id, m.person.first_name) for m in there),
    ]
    return [
        Choice(c.edition, c.reader_id, c.reader_name, c.refused, c.key == chosen) for c in found
    ]


def chosen_edition(visit: Visit, session_id: UUID, key: str) -> Choice:
    """The one that was chosen; whatever is unknown is not found."""
    found = [choice for choice in choices(visit, session_id, key) if choice.is_chosen]
    if not found:
        raise NotFound
    return found[0]


def readers_of(couple: CoupleCard, choice: Choice) -> tuple[MemberCard, ...]:
    """For whom of the two an edition is made; the counsellor's own is for neither."""
    if choice.edition is SummaryEdition.CLINICAL:
        return ()
    here = couple.taking_part
    return tuple(m for m in here if choice.reader_id in (None, m.person.id))


def span_of(visit: Visit, session: SessionCard, readers: Sequence[MemberCard]) -> Span:
    """From the end of the last session that all these readers attended to the end of this one.

    An hour with one of the two alone, or from before one of them joined, is none of the other's.
    """
    joined = {m.person.id: m.joined_at for m in readers}
    earlier = [
        card
        for card in sessions_of(visit, session.couple_id)
        if card.starts_at < session.starts_at
        and card.attended
        and exists_for_all(joined, card.attended, card.starts_at)
    ]
    after = max((end_of(card) for card in earlier), default=None)
    return Span(after, end_of(session), reaches_back_to(joined))


def end_of(session: SessionCard) -> datetime:
    """When the hour ended."""
    return session.starts_at + timedelta(minutes=session.minutes)


def documents_of(visit: Visit, couple_id: UUID) -> list[DocumentCard]:
    """The summaries of a couple that this viewer may take out, newest first."""
    query = (
        select(SummaryDocument, TherapySession.starts_at)
        .join(TherapySession, TherapySession.id == SummaryDocument.therapy_session_id)
        .where(SummaryDocument.couple_id == couple_id)
        .order_by(SummaryDocument.ordered_at.desc(), SummaryDocument.id)
    )
    contact = _contact_of(visit, couple_id)
    found = visit.db.execute(query).all()
    there = attended_in(visit, {row.therapy_session_id for row, _held_at in found})
    seen = [
        row
        for row, held_at in found
        if _is_for(visit, row, _Hour(held_at, there.get(row.therapy_session_id, ())), contact)
    ]
    if visit.viewer.role is Role.PARTNER:
        seen = _newest(seen)
    names = person_cards(visit, {row.reader_id for row in seen if row.reader_id})
    stuck = _given_up(visit, seen)
    return [
        _card(
            row, names[row.reader_id].first_name if row.reader_id else "", is_stuck=row.id in stuck
        )
        for row in seen
    ]


def document_row(visit: Visit, document_id: UUID) -> SummaryDocument:
    """One summary, where this viewer may take it out."""
    row = visit.db.get(SummaryDocument, document_id)
    if row is None or not may_enter(visit.viewer, row.couple_id):
        raise NotFound
    held_at = visit.db.get_one(TherapySession, row.therapy_session_id).starts_at
    there = attended_in(visit, [row.therapy_session_id]).get(row.therapy_session_id, ())
    if not _is_for(visit, row, _Hour(held_at, there), _contact_of(visit, row.couple_id)):
        raise NotFound
    if visit.viewer.role is Role.PARTNER and _was_replaced(visit, row):
        raise NotFound
    return row


def _newest(rows: Sequence[SummaryDocument]) -> list[SummaryDocument]:
    """Of each paper the version that holds: what was put right is not given out any more."""
    newest: dict[tuple[UUID, SummaryEdition, UUID | None], SummaryDocument] = {}
    for row in sorted(rows, key=lambda each: each.version):
        newest[row.therapy_session_id, row.edition, row.reader_id] = row
    held = {row.id for row in newest.values()}
    return [row for row in rows if row.id in held]


def _was_replaced(visit: Visit, row: SummaryDocument) -> bool:
    """Whether a newer version of this very paper is there: its readers find that one in its place."""
    newer = select(SummaryDocument.id).where(
        SummaryDocument.therapy_session_id == row.therapy_session_id,
        SummaryDocument.edition == row.edition,
        SummaryDocument.reader_id == row.reader_id
        if row.reader_id
        else SummaryDocument.reader_id.is_(None),
        SummaryDocument.state == PrintState.FINISHED,
        SummaryDocument.version > row.version,
    )
    return visit.db.scalars(newer.limit(1)).first() is not None


def document_card(visit: Visit, document_id: UUID) -> DocumentCard:
    """How far one summary is."""
    row = document_row(visit, document_id)
    names = person_cards(visit, [row.reader_id] if row.reader_id else [])
    is_stuck = bool(_given_up(visit, [row]))
    return _card(row, names[row.reader_id].first_name if row.reader_id else "", is_stuck=is_stuck)


def document_bytes(visit: Visit, document_id: UUID) -> bytes:
    """The finished paper as it was printed."""
    row = document_row(visit, document_id)
    if row.document is None:
        raise NotFound
    return visit.vault.open_bytes(place_of(row), row.document)


def place_of(row: SummaryDocument) -> Place:
    """Where a finished paper lies, as its seal knows it."""
    return Place("summary_document", row.id, "document", owner_of(row), row.version)


def owner_of(row: SummaryDocument) -> UUID:
    """Under whose key it lies: its reader's, or the couple's."""
    return row.reader_id or row.couple_id


def kind_of(couple: CoupleCard, row: SummaryDocument) -> str:
    """Which edition a paper is, in a word that tells it from the others and names nobody."""
    seats = [m.seat.value for m in couple.members if m.person.id == row.reader_id]
    return "-".join([row.edition.value, *seats])


def next_number(visit: Visit, like: Choice, session: SessionCard) -> tuple[int, int]:
    """Number and version: an amendment keeps its number and counts its versions."""
    query = select(SummaryDocument).where(
        SummaryDocument.couple_id == session.couple_id,
        SummaryDocument.edition == like.edition,
        SummaryDocument.reader_id == like.reader_id
        if like.reader_id
        else SummaryDocument.reader_id.is_(None),
        SummaryDocument.state.in_(COUNTED),
    )
    rows = visit.db.scalars(query).all()
    same = [row for row in rows if row.therapy_session_id == session.id]
    if same:
        return same[0].number, max(row.version for row in same) + 1
    return max((row.number for row in rows), default=0) + 1, 1


def still_allowed(visit: Visit, couple: CoupleCard, row: SummaryDocument) -> bool:
    """Whether this edition may still be made and given out for the couple as it is now."""
    if row.edition is SummaryEdition.COUPLE:
        return not why_no_couple_edition(couple_facts(couple))
    return may_read_file(visit.viewer, couple.id)


def knows_hour(readers: Sequence[MemberCard], session: SessionCard) -> bool:
    """Whether everybody for whom an edition is made was in this hour, as it is written down by now."""
    joined = {m.person.id: m.joined_at for m in readers}
    return exists_for_all(joined, session.attended, session.starts_at)


def _was_there(member: MemberCard, session: SessionCard) -> bool:
    person = member.person.id
    return was_there(person, member.joined_at, session.attended, session.starts_at)


def _is_for(visit: Visit, row: SummaryDocument, hour: _Hour, contact: ContactLevel) -> bool:
    """Whether it may be taken out now; an edition for both needs contact between the two.

    A hold lets nothing new be made, but a paper that was there already stays: its going would show the hold.
    """
    edition, reader_id = row.edition, row.reader_id
    if not may_take_out(visit.viewer, row.couple_id, edition, reader_id, *hour):
        return False
    if visit.viewer.role is not Role.PARTNER:
        return True
    for_one = row.edition is not SummaryEdition.COUPLE
    in_touch = contact is not ContactLevel.NO_CONTACT
    return row.state is PrintState.FINISHED and (for_one or in_touch)


def stuck_printings(visit: Visit, couple_id: UUID) -> list[SummaryDocument]:
    """The printings of a couple that wait, and that nobody is at any more."""
    query = select(SummaryDocument).where(
        SummaryDocument.couple_id == couple_id, SummaryDocument.state == PrintState.WAITING
    )
    rows = visit.db.scalars(query).all()
    stuck = _given_up(visit, rows)
    return [row for row in rows if row.id in stuck]


def _given_up(visit: Visit, rows: Sequence[SummaryDocument]) -> set[UUID]:
    """Those of them that nobody prints any more, though nobody could say why on them."""
    waiting = [row.id for row in rows if row.state is PrintState.WAITING]
    return given_up(visit.db, JobKind.PRINT_SUMMARY.value, waiting)


def _card(row: SummaryDocument, reader_name: str, *, is_stuck: bool) -> DocumentCard:
    return DocumentCard(
        id=row.id,
        session_id=row.therapy_session_id,
        edition=row.edition,
        reader_id=row.reader_id,
        reader_name=reader_name,
        number=row.number,
        version=row.version,
        state=PrintState.FAILED if is_stuck else row.state,
        ordered_at=row.ordered_at,
        finished_at=row.finished_at,
        fault=row.fault,
        pages=row.pages,
        content_hash=row.content_hash,
    )


def _contact_of(visit: Visit, couple_id: UUID) -> ContactLevel:
    return contact_level_of(visit, visit.db.get_one(Couple, couple_id))
