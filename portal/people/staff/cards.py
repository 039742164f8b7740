"""The staff of a practice, as its owner and its counsellors may see them."""

from dataclasses import dataclass

from portal.people.cards import PersonCard
from portal.vocabulary import Role


@dataclass(frozen=True)
class StaffCard:
    """One of the practice's staff, with the roles they may act in."""

    person: PersonCard
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class CareNews:
    """How many couples came into somebody's care of late by another's hand, and how many left it."""

    came: int = 0
    left: int = 0


@dataclass(frozen=True)
class CareCard:
    """In whose care a couple is, or with whom it is shared to read."""

    person: PersonCard
    role: Role
    is_me: bool
