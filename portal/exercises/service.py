"""Publishing: a changed text becomes a new edition, and what was given stays as it was."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.exercises.form.definition import content_hash, edition_content
from portal.exercises.models import Edition
from portal.exercises.queries import catalogue
from portal.vocabulary import EditionKind


def install_catalogue(db: Session, now: datetime) -> int:
    """Freeze every exercise whose text is new or has changed; gives how many there were."""
    newest: dict[str, Edition] = {}
    query = select(Edition).where(Edition.kind == EditionKind.EXERCISE).order_by(Edition.number)
    for row in db.scalars(query):
        newest[row.key] = row
    added = 0
    for key, exercise in catalogue().exercises.items():
        content = edition_content(exercise, catalogue().common)
        mark = content_hash(content)
        last = newest.get(key)
        if last is not None and last.content_hash == mark:
            continue
        db.add(
            Edition(
                kind=EditionKind.EXERCISE,
                key=key,
                number=(last.number if last else 0) + 1,
                content=content,
                content_hash=mark,
                published_at=now,
            )
        )
        added += 1
    return added
