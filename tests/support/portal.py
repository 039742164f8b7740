"""The whole portal upon a made-up world, in this process or behind a real door on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.serving import WSGIRequestHandler, make_server

from config import Argon2Cost, Config
from portal import create_app
from portal.web.visits import house
from tests.support.moments import StandingClock
from tests.support.world import World


class Remembered(BytecodeCache):
    """Templates that were compiled once in this process; every portal of a test is told."""

    known: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)


@contextmanager
def portal_upon(world: World, folder: Path, clock: StandingClock) -> Iterator[Flask]:
    """The portal with this world's database and keys; its engines are put away afterwards."""
    config = Config(
        data_dir=folder,
        keys_dir=folder / "keys",
        fonts_dir=folder / "fonts",
        database_url=world.engine.url.render_as_string(hide_password=False),
        keyring_url=world.keyring.engine.url.render_as_string(hide_password=False),
        argon2=CHEAP,
        base_url="http://localhost:8000",
        testing=True,
    )
    app = create_app(config, clock, world.chest)
    app.jinja_env.bytecode_cache = Remembered()
    yield app
    with app.app_context():
        engines = [house().engine, house().keyring.engine]
    counters = app.extensions.get("weft_counters")
    for engine in [*engines, *([counters.engine] if counters else [])]:
        engine.dispose()


class Quiet(WSGIRequestHandler):
    """Answers without writing every request down."""

    def log(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def opened(app: Flask) -> Iterator[str]:
    """The portal behind a real door on loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
