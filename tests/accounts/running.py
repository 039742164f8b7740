"""A running portal for the tests of the door: cheap hashes, a standing clock."""

from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import Flask

from config import Argon2Cost, Config
from portal import create_app
from portal.accounts.passwords import Hashing, Terms
from portal.care.service import change_terms
from portal.foundation.chest import Chest
from portal.people.routes import CHANGE_TERMS
from portal.web.access import public
from portal.web.pages import page
from portal.web.visits import Clock
from tests.support.moments import StandingClock

CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
TERMS = Terms(Hashing(CHEAP))
ELSEWHERE = {
    "desk.home": "/",
    "desk.week": "/desk/week",
    "desk.today": "/desk/today",
    "today.couple": "/desk/couples/<uuid:couple_id>",
    "reflections.writing": "/reflections/writing",
    "review.queue": "/review/queue",
    "exercises.library": "/exercises/library",
}


def running(
    tmp_path: Path,
    engine: sa.Engine,
    chest: Chest,
    clock: StandingClock,
    config: Config | None = None,
) -> Flask:
    """The whole portal upon this database."""
    app = create_app(config or settings(tmp_path, engine), cast(Clock, clock), chest)
    app.extensions.setdefault(CHANGE_TERMS, change_terms)
    for name, rule in ELSEWHERE.items():
        if name not in app.view_functions:
            app.add_url_rule(rule, name, public(lambda **_ids: page("accounts/leave.html")))
    return app


def settings(tmp_path: Path, engine: sa.Engine) -> Config:
    return Config(
        data_dir=tmp_path,
        keys_dir=tmp_path.with_name("keys"),
        database_url=engine.url.render_as_string(hide_password=False),
        keyring_url=f"sqlite:///{tmp_path / 'keyring.db'}",
        argon2=CHEAP,
        base_url="http://localhost:8000",
        testing=True,
    )
