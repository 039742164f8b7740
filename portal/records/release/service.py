"""Asking for a release, answering it, and handing the file out."""

import hashlib
import html
import re
from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy import select

from portal.audit import service as audit
from portal.foundation.errors import Refused
from portal.notices import service as notices
from portal.people.models import Couple
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.records.release.cards import CoupleFile
from portal.records.release.models import FileConsent, FileRelease
from portal.records.release.queries import couple_file, line_of, release_row
from portal.reports.paper import words_of
from portal.reports.protected import protected_passages
from portal.reports.reading_back import LETTERS, compare_form
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind, SummaryEdition

CONSENT_TEXT = 1
NET = "Something stands in the file that is not for both of them. It was not handed out."
Draw = Callable[[CoupleFile], str]


def ask(visit: Visit, couple_id: UUID, recipient: str, purpose: str) -> FileRelease:
    """The counsellor asks both whether the file may go to somebody."""
    require(deeds.may_care_for(visit.viewer, couple_id))
    couple = couple_card(visit, couple_id)
    row = FileRelease(couple_id=couple.id, asked_by_id=visit.viewer.me(), asked_at=visit.now)
    row.put(visit.vault, "recipient", recipient, couple.id)
    row.put(visit.vault, "purpose", purpose, couple.id)
    visit.db.add(row)
    visit.db.flush()  # answers point at it
    audit.record(visit, Act.ASKED_FOR_RELEASE, row.id, couple.id)
    asked = [member.person.id for member in couple.taking_part]
    notices.put(visit, asked, NoticeKind.FILE_ASKED, row.id)
    return row


def end(visit: Visit, release_id: UUID) -> UUID:
    """The counsellor asks no longer; the line stays in the log. Gives the couple."""
    row = _in_care(visit, release_id)
    row.require_waiting()
    row.ended_at = visit.now
    audit.record(visit, Act.ENDED_RELEASE, row.id, row.couple_id)
    return row.couple_id


def answer(visit: Visit, release_id: UUID, *, yes: bool) -> None:
    """A partner says yes or no, for themselves alone; until the file leaves they can say otherwise."""
    row = release_row(visit, release_id, lock=True)
    require(deeds.may_authorise(visit.viewer, row.couple_id))
    row.require_waiting()
    consent = FileConsent(
        release_id=row.id,
        person_id=visit.viewer.me(),
        says_yes=yes,
        text_version=CONSENT_TEXT,
        given_at=visit.now,
    )
    visit.db.add(consent)
    audit.record(visit, Act.CONSENTED if yes else Act.CONSENT_WITHDRAWN, row.id, row.couple_id)


def hand_out(visit: Visit, release_id: UUID, draw: Draw) -> FileRelease:
    """The file leaves: on everybody's yes, as it is now, and kept sealed as it left."""
    row = _in_care(visit, release_id)
    row.require_waiting()
    couple, line = line_of(visit, row.couple_id, row.id)
    if line.stays:
        raise Refused(line.stays)
    file = couple_file(visit, couple, line)
    text = draw(file)
    kept_out = protected_passages(visit, couple, SummaryEdition.COUPLE, None)
    if _leaks(text, tuple(_allowed(file)), kept_out):
        raise Refused(NET)
    content = text.encode()
    row.released_at, row.released_by_id = visit.now, visit.viewer.me()
    row.content_hash = hashlib.sha256(content).hexdigest()
    row.document = visit.vault.seal_bytes(row.couple_id, row.place, content)
    audit.record(visit, Act.RELEASED_FILE, row.id, row.couple_id)
    return row


def note_taken(visit: Visit, row: FileRelease) -> None:
    """The file that left was fetched once more; the trail says so."""
    audit.record(visit, Act.FETCHED_FILE, row.id, row.couple_id)


def _in_care(visit: Visit, release_id: UUID) -> FileRelease:
    row = release_row(visit, release_id)
    require(deeds.may_care_for(visit.viewer, row.couple_id))
    # The couple first, so that a hold that begins now is waited for; then the wish itself.
    visit.db.scalars(select(Couple.id).where(Couple.id == row.couple_id).with_for_update()).one()
    return release_row(visit, release_id, lock=True)


def _allowed(file: CoupleFile) -> Iterator[str]:
    """Every passage that stands in the file because both may see it."""
    yield from (file.line.recipient, file.line.purpose)
    for hour in file.hours:
        yield from (hour.shared_summary, *hour.agreed)
    for piece in file.pieces:
        yield from (piece.title, *piece.words, *(question.label for question in piece.questions))
        for each in (shown for question in piece.questions for _, shown in question.voices):
            yield from words_of(each)


def _leaks(page: str, allowed: tuple[str, ...], kept_out: tuple[str, ...]) -> bool:
    """Whether a passage that is not for both stands in the page and in nothing that is."""
    plain = compare_form(html.unescape(re.sub(r"<[^>]*>", "", page)))
    own = {part for text in allowed for part in _stretches(compare_form(text))}
    foreign = set(_stretches(plain)) - own
    return any(not foreign.isdisjoint(_stretches(compare_form(text))) for text in kept_out)


def _stretches(form: str) -> Iterator[str]:
    return (form[start : start + LETTERS] for start in range(len(form) - LETTERS + 1))
