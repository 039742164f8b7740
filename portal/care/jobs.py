"""What the clock does: where ‘clear’ has run out, the two leave it."""

from uuid import UUID

from portal.care import service
from portal.jobs.worker import Turn


def lapse_clear(turn: Turn, _subject_id: UUID) -> None:
    """Every hour: shared work is taken back where nobody renewed ‘clear’ in time."""
    with turn() as visit:
        service.lapse(visit)
