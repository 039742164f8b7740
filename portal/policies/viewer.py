"""Who is looking: one person, in one role, with the couples that are open to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portal.foundation.errors import NotAllowed
from portal.vocabulary import Role, Seat


@dataclass(frozen=True)
class Standing:
    """How a viewer stands to one couple: a partner has a seat and a day of joining."""

    seat: Seat | None = None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Viewer:
    """A person in one role; made once for each visit, from rows that are true now."""

    role: Role
    person_id: UUID | None = None
    account_id: UUID | None = None
    practice_id: UUID | None = None
    couples: Mapping[UUID, Standing] = field(default_factory=dict)

    @property
    def is_staff(self) -> bool:
        """Whether this viewer reads as counsellor or supervisor."""
        return self.role in (Role.COUNSELLOR, Role.SUPERVISOR)

    def me(self) -> UUID:
        """The person's id, for deeds that only somebody signed in can do."""
        if self.person_id is None:
            raise NotAllowed
        return self.person_id

    def practice(self) -> UUID:
        """The practice's id, for deeds inside one practice."""
        if self.practice_id is None:
            raise NotAllowed
        return self.practice_id


NOBODY = Viewer(role=Role.NOBODY)
SYSTEM = Viewer(role=Role.SYSTEM)


def require(allowed: bool) -> None:  # noqa: FBT001 - the one question a policy answers
    """Turn a policy's no into the domain's no."""
    if not allowed:
        raise NotAllowed
