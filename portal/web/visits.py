"""This request's visit: one transaction from door to door, and the one place that knows the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, cast
from uuid import UUID

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager, current_user  # noqa: TID251 - the one place that asks
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config import Config
from portal.foundation.chest import Chest
from portal.foundation.database import reading, sessions
from portal.foundation.keyring import Keyring
from portal.foundation.vault import Vault
from portal.visit import Visit
from portal.vocabulary import Act
from portal.web.headers import is_file
from portal.web.signed_in import Asking, SignedIn, Stranger, Way

TOUCH_EVERY = timedelta(seconds=30)
READS = ("GET", "HEAD", "OPTIONS")
EXTENSION = "weft"


@dataclass(frozen=True)
class Rooms:
    """What the front hall hands in, so that the door stays below the rooms."""

    recognise: Callable[[Asking], SignedIn | None]
    touch: Callable[[Session, UUID, datetime], None]
    write_traces: Callable[[Visit], None]
    wake: Callable[[Session], None]
    shell: Callable[[Visit], object]
    shell_in_trouble: Callable[[], object]
    welcome_at: Callable[[Visit], Way | None]


@dataclass
class House:
    """What one running portal holds: settings, engines, keys."""

    config: Config
    engine: Engine
    keyring: Keyring
    chest: Chest
    rooms: Rooms
    clock: "Clock"

    def vault(self) -> Vault:
        """A fresh vault that has unwrapped nothing yet."""
        return Vault(self.chest, self.keyring)


class Clock(Protocol):
    """Something that tells the time; tests hand in one that stands still."""

    def now(self) -> datetime:
        """This moment, with its zone."""


class WallClock:
    """The clock on the wall."""

    def now(self) -> datetime:
        """This moment, with its zone."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place that looks at the wall


def house() -> House:
    """The running portal."""
    return cast(House, current_app.extensions[EXTENSION])


def visit() -> Visit:
    """This request's visit, opened at the first question."""
    if "visit" not in g:
        _open()
    return cast(Visit, g.visit)


def signed_in() -> SignedIn | Stranger:
    """Whose cookie this is."""
    return cast("SignedIn | Stranger", current_user._get_current_object())


def cookie_name(config: Config) -> str:
    """The sign-in cookie; on an encrypted line it is bound to this host."""
    return "__Host-weft" if config.is_https else "weft"


def keep_quiet() -> None:
    """This request is a page asking by itself: it does not keep the sign-in alive."""
    g.is_quiet = True


def install(app: Flask, running: House) -> None:
    """Give the portal its visits."""
    app.extensions[EXTENSION] = running
    manager = LoginManager()
    manager.session_protection = None
    manager.anonymous_user = Stranger
    manager.init_app(app)
    manager.request_loader(_recognise)
    app.after_request(_settle)
    app.teardown_request(_leave)


def _open() -> None:
    running = house()
    maker = reading if request.method in READS else sessions
    db = maker(running.engine)()
    g.db = db
    g.visit = Visit(db, Stranger().viewer, running.clock.now(), running.vault())
    g.visit.viewer = signed_in().viewer


def _recognise(_request: object) -> SignedIn | None:
    if "visit" not in g:
        return None
    token = request.cookies.get(cookie_name(house().config), "")
    if not token:
        return None
    here = cast(Visit, g.visit)
    return house().rooms.recognise(Asking(here.db, here.chest, token, here.now))


def _settle(response: Response) -> Response:
    here: Visit | None = g.get("visit")
    if here is None or is_file(request):
        return response
    if response.status_code >= 400:
        here.db.rollback()
        _note_what_was_shown(here, response)
        return response
    if request.method in READS:
        here.db.rollback()
        _note_reading(here)
        return response
    house().rooms.write_traces(here)
    _touch(here.db, here.now)
    here.db.commit()
    house().rooms.wake(here.db)
    return response


def _note_reading(here: Visit) -> None:
    """A page that only read leaves its trace in a short transaction of its own."""
    who = signed_in()
    needs_touch = _due(who, here.now)
    if not here.traces and not needs_touch:
        return
    with sessions(house().engine)() as db:
        later = Visit(db, here.viewer, here.now, here.vault, here.traces)
        house().rooms.write_traces(later)
        _touch(db, here.now)
        db.commit()


def _note_what_was_shown(here: Visit, response: Response) -> None:
    """A form that is drawn once more shows what stands around it: that much was read, and nothing was done."""
    if response.status_code == 422:
        here.traces[:] = [trace for trace in here.traces if trace.act is Act.READ]
        _note_reading(here)


def _touch(db: Session, now: datetime) -> None:
    who = signed_in()
    if _due(who, now) and isinstance(who, SignedIn):
        house().rooms.touch(db, who.sign_in_id, now)


def _due(who: SignedIn | Stranger, now: datetime) -> bool:
    if not isinstance(who, SignedIn) or not who.is_authenticated or g.get("is_quiet"):
        return False
    return now - who.seen_at >= TOUCH_EVERY


def _leave(_problem: BaseException | None) -> None:
    db: Session | None = g.pop("db", None)
    if db is not None:
        db.close()
    g.pop("visit", None)
