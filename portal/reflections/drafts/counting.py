"""How often each field of a draft was changed: by this a page that is behind is told from one that is not."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.foundation.database import afresh
from portal.reflections.models import DraftField, Reflection
from portal.visit import Visit

BEFORE_EVERYTHING = datetime(2020, 1, 1, tzinfo=UTC)


def first_count(begun_at: datetime) -> int:
    """Where the counts of a draft begin: in seconds, so above all that an earlier draft counted.

    A draft may be thrown away or go to its real writer while a page of it is still open somewhere.
    Counted from nought, the next draft would one day reach the number on that page, whose old words
    could then take the place of new ones and nobody would be asked.
    """
    return int((begun_at - BEFORE_EVERYTHING).total_seconds())


def is_untouched(reflection: Reflection, field: DraftField) -> bool:
    """Whether a field stands as it was begun: empty, or with what the week before had in it."""
    return field.counter == first_count(reflection.started_at)


def counted(visit: Visit, reflection: Reflection) -> dict[str, DraftField]:
    """The counts of this draft as they are now, by the field's key, never as they were read before."""
    query = select(DraftField).where(
        DraftField.reflection_id == reflection.id,
        DraftField.respondent_id == reflection.respondent_id,
    )
    rows = visit.db.scalars(afresh(query))
    return {row.field_key: row for row in rows}
