"""The whole portal, asked about its pages and never visited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Config
from portal import create_app
from portal.foundation.chest import make_chest
from portal.web.visits import house


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("house")
    built = create_app(
        Config(data_dir=folder, keys_dir=folder / "keys", testing=True), None, make_chest()
    )
    yield built
    with built.app_context():
        for engine in (house().engine, house().keyring.engine):
            engine.dispose()
