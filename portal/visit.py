"""A visit: who is here, what they may read and write with, and what time it is."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.foundation.chest import Chest
from portal.foundation.vault import Vault
from portal.policies.viewer import Viewer
from portal.vocabulary import Act


@dataclass(frozen=True)
class Trace:
    """One line for the audit trail, written when the visit ends well."""

    act: Act
    object_id: UUID | None = None
    couple_id: UUID | None = None
    actor_id: UUID | None = None
    practice_id: UUID | None = None


@dataclass
class Visit:
    """What every service and query is given first."""

    db: Session
    viewer: Viewer
    now: datetime
    vault: Vault
    traces: list[Trace] = field(default_factory=list)

    @property
    def chest(self) -> Chest:
        """The keys for marks: blind indexes, tokens, the audit trail."""
        return self.vault.chest

    def as_viewer(self, viewer: Viewer) -> "Visit":
        """The same visit for somebody who has just become known, as at sign-in."""
        return Visit(self.db, viewer, self.now, self.vault, self.traces)
