"""Who holds this browser's cookie: an account, one of its sign-ins, and the role it acts in."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy.orm import Session

from portal.foundation.chest import Chest
from portal.policies.viewer import NOBODY, Viewer


class Standing(Enum):
    """What a cookie is worth now."""

    NONE = "none"
    LIVE = "live"
    RESTED = "rested"  # idle too long: nothing can be read, words can still be left
    ENDED = "ended"


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A cookie that was recognised."""

    sign_in_id: UUID
    account_id: UUID
    viewer: Viewer
    standing: Standing
    seen_at: datetime
    from_setup: bool = False

    def get_id(self) -> str:
        """The id of the sign-in, as Flask-Login wants it."""
        return str(self.sign_in_id)

    @property
    def is_authenticated(self) -> bool:
        """Whether the sign-in is alive."""
        return self.standing is Standing.LIVE


@dataclass(frozen=True)
class Stranger:
    """No cookie, or none that is known."""

    viewer: Viewer = NOBODY
    standing: Standing = Standing.NONE
    is_authenticated: bool = False
    is_active: bool = False
    is_anonymous: bool = True
    from_setup: bool = False

    def get_id(self) -> None:
        """A stranger has no id."""


@dataclass(frozen=True)
class Asking:
    """A token that a browser showed, with what is needed to judge it."""

    db: Session
    chest: Chest
    token: str
    now: datetime


@dataclass(frozen=True)
class Way:
    """Where somebody is asked to go first, and whether that may wait."""

    to: str
    may_wait: bool = False
