"""A piece of work as it would change chairs: whose it seems to be, and whose it is. No words of it."""

from dataclasses import dataclass

from portal.homework.cards import TaskCard
from portal.people.cards import CoupleCard, MemberCard


@dataclass(frozen=True)
class MoveCard:
    """What the counsellor decides about: from whom to whom, what lies there, and what stands against it."""

    couple: CoupleCard
    task: TaskCard
    wrong: MemberCard
    right: MemberCard
    was_sent: bool
    is_exchange: bool
    reasons: tuple[str, ...]
    mark: str = ""  # what lay in the two chairs when the page was drawn
    lies_beside: bool = False
