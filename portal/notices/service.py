"""Putting messages into the outbox, in the same transaction as the deed."""

from collections.abc import Iterable
from uuid import UUID

from portal.notices.models import Notice
from portal.visit import Visit
from portal.vocabulary import NoticeKind


def put(visit: Visit, person_ids: Iterable[UUID], kind: NoticeKind, subject_id: UUID) -> None:
    """Owe each of these people the message that something is there."""
    for person_id in person_ids:
        visit.db.add(
            Notice(person_id=person_id, kind=kind, subject_id=subject_id, made_at=visit.now)
        )
