"""A portal for one promise, with the settings that the promise is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from config import Config
from portal import create_app
from portal.web.visits import house
from tests.support.moments import StandingClock
from tests.support.portal import CHEAP
from tests.support.world import World


@contextmanager
def running(world: World, folder: Path, clock: StandingClock, **settings: Any) -> Iterator[Flask]:
    """The portal upon this world; its engines are put away afterwards."""
    given: dict[str, Any] = {
        "data_dir": folder,
        "keys_dir": folder / "keys",
        "database_url": world.engine.url.render_as_string(hide_password=False),
        "keyring_url": world.keyring.engine.url.render_as_string(hide_password=False),
        "argon2": CHEAP,
        "base_url": "http://localhost",
        "testing": True,
    }
    app = create_app(Config(**(given | settings)), clock, world.chest)
    yield app
    with app.app_context():
        engines = [house().engine, house().keyring.engine]
    counters = app.extensions.get("weft_counters")
    for engine in [*engines, *([counters.engine] if counters else [])]:
        engine.dispose()
