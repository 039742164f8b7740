"""Who may do what; every deed asks one of these before it changes anything."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from portal.policies.sight import is_before_joining, may_enter
from portal.policies.viewer import Viewer
from portal.vocabulary import Role, SummaryEdition


def may_lead_practice(viewer: Viewer) -> bool:
    """Change the practice's settings and its staff."""
    return viewer.role is Role.OWNER and viewer.practice_id is not None


def may_hand_over(viewer: Viewer, to_id: UUID) -> bool:
    """Give what is in one colleague's care to another: the owner, and never to themself.

    Owning a practice opens nobody's words, so a second person always stands at the end of it.
    """
    return may_lead_practice(viewer) and to_id != viewer.person_id


def may_add_couple(viewer: Viewer) -> bool:
    """Take a new couple into care."""
    return viewer.role is Role.COUNSELLOR and viewer.practice_id is not None


def may_care_for(viewer: Viewer, couple_id: UUID) -> bool:
    """Assign, read, answer, write notes and print for this couple."""
    return viewer.role is Role.COUNSELLOR and may_enter(viewer, couple_id)


def may_end_shared(viewer: Viewer, couple_id: UUID) -> bool:
    """Take homework back: the counsellor, and the clock where ‘clear’ has lapsed."""
    by_clock = viewer.role is Role.SYSTEM and may_enter(viewer, couple_id)
    return by_clock or may_care_for(viewer, couple_id)


def may_read_file(viewer: Viewer, couple_id: UUID) -> bool:
    """Read this couple's file, as its counsellor or its supervisor."""
    return viewer.is_staff and may_enter(viewer, couple_id)


def may_write(viewer: Viewer, couple_id: UUID, *, is_recipient: bool) -> bool:
    """Write one's own reflection: only who was given it."""
    return viewer.role is Role.PARTNER and may_enter(viewer, couple_id) and is_recipient


def may_check_in(viewer: Viewer, couple_id: UUID) -> bool:
    """Answer the weekly check-in, and say whether one's totals may stand on paper for both."""
    return viewer.role is Role.PARTNER and may_enter(viewer, couple_id)


def may_note_check_in(viewer: Viewer, couple_id: UUID) -> bool:
    """Mark a check-in as seen: who looks after this couple, and no supervisor in their place."""
    return may_care_for(viewer, couple_id)


def may_ask_to_talk(viewer: Viewer, couple_id: UUID) -> bool:
    """Say quietly that one would like to speak with the counsellor alone."""
    return viewer.role is Role.PARTNER and may_enter(viewer, couple_id)


def may_authorise(viewer: Viewer, couple_id: UUID) -> bool:
    """Say whether the file of both may leave: each partner, for themselves alone."""
    return viewer.role is Role.PARTNER and may_enter(viewer, couple_id)


def may_take_out(
    viewer: Viewer,
    couple_id: UUID,
    edition: SummaryEdition,
    reader_id: UUID | None,
    held_at: datetime,
    attended: Collection[UUID],
) -> bool:
    """Download a finished summary: the counsellor any, a partner their own and the couple's.

    For a partner the summary of an hour from before they joined does not exist, nor of one in which
    they were not: who was there is asked as it is written down by now.
    """
    if not may_enter(viewer, couple_id):
        return False
    if viewer.is_staff:
        return True
    if viewer.role is not Role.PARTNER or is_before_joining(viewer, couple_id, held_at):
        return False
    if viewer.person_id not in attended:
        return False
    if edition is SummaryEdition.PARTNER:
        return reader_id == viewer.person_id
    return edition is SummaryEdition.COUPLE
