"""Ordering a summary, printing it in the worker, and letting it out only when it was read back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader
from sqlalchemy import or_, select

from portal.audit import service as audit
from portal.foundation.database import held
from portal.foundation.errors import NotFound, Refused, Stale
from portal.jobs import service as jobs
from portal.jobs.kinds import JobKind
from portal.notices import service as notices
from portal.people.models import Couple
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.reports.cards import Choice
from portal.reports.editions import edition
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.paper import Summary, passages, summary_hash
from portal.reports.protected import protected_passages
from portal.reports.queries import (
    chosen_edition,
    knows_hour,
    next_number,
    owner_of,
    place_of,
    readers_of,
    still_allowed,
    stuck_printings,
)
from portal.reports.reading_back import check_edition
from portal.sessions.queries import session_card
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind, SummaryEdition

OTHER_WORDS = (
    "Something on this paper has changed since you looked at it. "
    "Nothing was printed; this is how it reads now."
)
GIVEN_UP = "given_up"
Draw = Callable[[Summary], str]
Print = Callable[[str], bytes]


@dataclass(frozen=True)
class Paper:
    """A finished document and what it says of itself."""

    content: bytes
    content_hash: str
    pages: int
    read: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Proof:
    """One edition ready for the press, and what must and must not stand on it."""

    summary: Summary
    allowed: tuple[str, ...]
    protected: tuple[str, ...]


def order(visit: Visit, session_id: UUID, key: str) -> SummaryDocument:
    """The counsellor orders an edition; the worker prints it, and the page waits."""
    session = session_card(visit, session_id)
    require(deeds.may_care_for(visit.viewer, session.couple_id))
    choice = chosen_edition(visit, session_id, key)
    if choice.refused:
        raise Refused(choice.refused)
    for stuck in stuck_printings(visit, session.couple_id):
        # It is no version, and is not printed any more.
        stuck.state, stuck.fault = PrintState.FAILED, GIVEN_UP
    visit.db.flush()  # the numbers are counted without them
    number, version = next_number(visit, choice, session)
    row = SummaryDocument(
        couple_id=session.couple_id,
        therapy_session_id=session.id,
        edition=choice.edition,
        reader_id=choice.reader_id,
        state=PrintState.WAITING,
        number=number,
        version=version,
        ordered_by_id=visit.viewer.me(),
        ordered_at=visit.now,
    )
    visit.db.add(row)
    visit.db.flush()  # the job points at it
    jobs.owe(visit.db, JobKind.PRINT_SUMMARY.value, row.id, visit.now, visit.viewer.practice_id)
    audit.record(visit, Act.SUMMARY_ORDERED, row.id, session.couple_id)
    return row


def order_shown(visit: Visit, session_id: UUID, key: str, shown: str) -> SummaryDocument:
    """The counsellor orders the edition that they have before them; where it reads otherwise by now, nothing."""
    if mark_of(_as_of_now(visit, session_id, key)) != shown:
        raise Stale(OTHER_WORDS)
    return order(visit, session_id, key)


def mark_of(summary: Summary) -> str:
    """What a preview says, as a mark that its page brings back; the moment of its making aside."""
    return summary_hash(replace(summary, made_at=datetime.min.replace(tzinfo=UTC)))


def preview(visit: Visit, session_id: UUID, key: str) -> Summary:
    """The edition as it would be printed now; what its counsellor has before them so has been read."""
    summary = _as_of_now(visit, session_id, key)
    session = session_card(visit, session_id)
    audit.note_read(visit, summary.read, session.couple_id, visit.viewer.me())
    return summary


def _as_of_now(visit: Visit, session_id: UUID, key: str) -> Summary:
    session = session_card(visit, session_id)
    require(deeds.may_care_for(visit.viewer, session.couple_id))
    choice = chosen_edition(visit, session_id, key)
    if choice.refused:
        raise Refused(choice.refused)
    return edition(visit, session_id, choice, next_number(visit, choice, session))


def proof(visit: Visit, document_id: UUID) -> Proof:
    """Everything that the press needs, from rights and rows that are true at this moment."""
    row = _waiting(visit, document_id)
    if row is None:
        raise NotFound
    couple = couple_card(visit, row.couple_id)
    require(deeds.may_care_for(visit.viewer, couple.id))
    if not still_allowed(visit, couple, row):
        raise NotFound
    name = next((m.person.first_name for m in couple.members if m.person.id == row.reader_id), "")
    choice = Choice(row.edition, row.reader_id, name)
    if not knows_hour(readers_of(couple, choice), session_card(visit, row.therapy_session_id)):
        raise NotFound
    summary = edition(visit, row.therapy_session_id, choice, (row.number, row.version))
    protected = protected_passages(visit, couple, row.edition, row.reader_id)
    return Proof(summary, passages(summary), protected)


def press(ready: Proof, draw: Draw, printed: Print) -> Paper:
    """Print, read back by two readers, and refuse what holds a word it should not."""
    content = printed(draw(ready.summary))
    check_edition(content, ready.allowed, ready.protected, own_sentences(ready.summary))
    pages = len(PdfReader(BytesIO(content)).pages)
    return Paper(content, summary_hash(ready.summary), pages, ready.summary.read)


def own_sentences(summary: Summary) -> tuple[str, ...]:
    """What stands on every paper whoever wrote the rest: no word of anybody's."""
    amends = f"Version {summary.version}. It takes the place of version {summary.amends}."
    return (summary.footer, amends, "If you need somebody at once", "Brought to the session")


def is_still_so(visit: Visit, document_id: UUID, ready: Proof) -> bool:
    """Whether the paper would say the same if it were ordered now; the moment of printing aside.

    Whoever opens, holds or moves words between these two at this moment is waited for.
    """
    couple_id = select(SummaryDocument.couple_id).where(SummaryDocument.id == document_id)
    query = select(Couple).where(Couple.id == couple_id.scalar_subquery())
    visit.db.scalars(held(query, key_share=True)).one_or_none()
    now = proof(visit, document_id)
    same = replace(now.summary, made_at=ready.summary.made_at) == ready.summary
    return same and set(now.protected) <= set(ready.protected)


def finish(visit: Visit, document_id: UUID, paper: Paper) -> None:
    """Keep the finished paper, sealed, as it was printed; from now on it never changes."""
    row = _waiting(visit, document_id)
    if row is None:
        return
    row.state, row.finished_at = PrintState.FINISHED, visit.now
    row.content_hash, row.pages = paper.content_hash, paper.pages
    row.document = visit.vault.seal_bytes(owner_of(row), place_of(row), paper.content)
    audit.record(visit, Act.SUMMARY_FINISHED, row.id, row.couple_id)
    # From now on it can be taken out at any moment, so it counts from here and not from the first time.
    audit.note_read(visit, paper.read, row.couple_id, row.ordered_by_id)
    notices.put(visit, _readers(visit, row), NoticeKind.SUMMARY_READY, row.id)


def give_up(visit: Visit, document_id: UUID, fault: str, *, refused: bool) -> None:
    """Say on the page that this printing did not work, and never why in words of anybody's."""
    row = _waiting(visit, document_id)
    if row is None:
        return
    row.state = PrintState.REFUSED if refused else PrintState.FAILED
    row.fault = fault


def _readers(visit: Visit, row: SummaryDocument) -> list[UUID]:
    """The partners who find this paper on their page; nobody for the counsellor's own."""
    if row.edition is SummaryEdition.COUPLE:
        couple = couple_card(visit, row.couple_id)
        return [member.person.id for member in couple.taking_part]
    return [row.reader_id] if row.reader_id else []


def take_back(visit: Visit, couple_id: UUID, reader_id: UUID, since: datetime) -> None:
    """Papers for one reader that were printed since then, or still wait, are no longer theirs to take out.

    They hold words that turned out to be another's. The counsellor still finds them, marked as such.
    """
    waits = SummaryDocument.state == PrintState.WAITING
    is_printed = SummaryDocument.state == PrintState.FINISHED
    query = select(SummaryDocument).where(
        SummaryDocument.couple_id == couple_id,
        SummaryDocument.reader_id == reader_id,
        or_(waits, is_printed & (SummaryDocument.finished_at >= since)),
    )
    for row in visit.db.scalars(held(query)):
        row.state = PrintState.WITHDRAWN
        audit.record(visit, Act.SUMMARY_WITHDRAWN, row.id, couple_id)


def _waiting(visit: Visit, document_id: UUID) -> SummaryDocument | None:
    """What is still to be printed; nothing where it was taken back meanwhile."""
    query = select(SummaryDocument).where(SummaryDocument.id == document_id)
    row = visit.db.scalars(held(query)).one_or_none()
    if row is not None and row.state is PrintState.WITHDRAWN:
        return None
    if row is None or row.state is not PrintState.WAITING:
        raise NotFound
    return row
