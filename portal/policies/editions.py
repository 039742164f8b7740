"""Which editions of a summary there may be, for a couple and an hour as they are."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from portal.policies.gates import CoupleFacts
from portal.vocabulary import ContactLevel, SummaryEdition

NO_COUPLE_EDITION_ALONE = "There is no edition for both, because one person takes part."
NO_COUPLE_EDITION_APART = "There is no edition for both while there is no contact."
NO_COUPLE_EDITION_HELD = "There is no edition for both while you hold everything between them."
NO_COUPLE_EDITION_PARTED = "There is no edition for both, because these two have come apart."
FILE_NEEDS_ALL = "The file stays until everybody whom it is about has said yes to this."
FILE_IS_HELD = "The file stays while you hold everything between them."
NOT_THERE = "An edition is made for those who were in the session."


def why_no_couple_edition(couple: CoupleFacts) -> str:
    """Why nothing is printed for both; nothing where it may be."""
    if couple.is_alone:
        return NO_COUPLE_EDITION_ALONE
    if couple.have_parted:
        return NO_COUPLE_EDITION_PARTED
    if couple.is_held:
        return NO_COUPLE_EDITION_HELD
    return NO_COUPLE_EDITION_APART if couple.is_apart else ""


def may_ask_for_totals(contact: ContactLevel, *, is_alone: bool, have_parted: bool) -> bool:
    """Whether a partner is asked for their yes to totals on paper for both: only where there can be one.

    A hold and joint work play no part. Nobody is told of them, so that the question must not tell of them either.
    """
    return not is_alone and not have_parted and contact is not ContactLevel.NO_CONTACT


# What the sentence beside a yes spoke of, by the number of its text.
TOTALS_TEXT, PARTS_TEXT, SAME_WEEKS_TEXT = 1, 2, 3


def holds_totals(edition: SummaryEdition, agreed: int) -> bool:
    """Whether a check-in's total may stand on this paper: for both only where each said yes to it.

    `agreed` is the oldest text that each of the two last said yes to, and 0 where not both did.
    """
    if edition is SummaryEdition.COUPLE:
        return agreed >= TOTALS_TEXT
    return edition in (SummaryEdition.CLINICAL, SummaryEdition.PARTNER)


def holds_parts(edition: SummaryEdition, agreed: int) -> bool:
    """Whether the parts of that total may stand there too: for both only where the yes spoke of them."""
    if edition is SummaryEdition.COUPLE:
        return agreed >= PARTS_TEXT
    return holds_totals(edition, agreed)


def holds_only_shared_weeks(edition: SummaryEdition) -> bool:
    """Whether a week of check-ins stands on this paper only where each of the two has a total in it.

    A week that one of them left out is theirs: an empty place beside the other's number would hold it up
    to both.
    """
    return edition is SummaryEdition.COUPLE


def holds_whole_check_ins(edition: SummaryEdition) -> bool:
    """Whether single answers, wellbeing and the comment of a check-in may stand on this paper.

    They were given to the counsellor alone; on the other papers a check-in is its scores or nothing,
    but for what its reader added in their own words.
    """
    return edition is SummaryEdition.CLINICAL


def holds_line(edition: SummaryEdition, *, never_print: bool) -> bool:
    """Whether one line of a check-in may stand on this paper, question and answer: safety on none."""
    return holds_whole_check_ins(edition) and not never_print


def holds_own_comments(edition: SummaryEdition) -> bool:
    """Whether what its reader added to their own weeks may stand on this paper: on one's own copy."""
    return edition is SummaryEdition.PARTNER


def holds_figures(edition: SummaryEdition) -> bool:
    """Whether what homework came to in numbers may stand on this paper: only on the counsellor's own."""
    return edition is SummaryEdition.CLINICAL


def looks_back(edition: SummaryEdition) -> bool:
    """Whether numbers from before its span stand beside the new ones, as earlier: the counsellor's own."""
    return edition is SummaryEdition.CLINICAL


def why_file_stays(says: Mapping[UUID, bool], *, is_held: bool) -> str:
    """Why the file of both may not leave now, given what everybody whom it is about has said."""
    if not says or not all(says.values()):
        return FILE_NEEDS_ALL
    return FILE_IS_HELD if is_held else ""


def was_there(
    person_id: UUID, joined_at: datetime | None, attended: Collection[UUID], starts_at: datetime
) -> bool:
    """Whether an hour exists for this partner: they had joined, and were in the room."""
    return joined_at is not None and joined_at <= starts_at and person_id in attended


Joined = Mapping[UUID, datetime | None]


def exists_for_all(readers: Joined, attended: Collection[UUID], starts_at: datetime) -> bool:
    """Whether an hour is one that every reader of an edition knows of; without readers, any hour."""
    return all(was_there(who, at, attended, starts_at) for who, at in readers.items())


def reaches_back_to(readers: Joined) -> datetime | None:
    """From when on an edition holds anything: from the day that the last of its readers joined.

    For the counsellor's own there is no such day.
    """
    return max((at for at in readers.values() if at is not None), default=None)
