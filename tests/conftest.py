"""What every test can ask for: a database of its own on either engine, and a made-up world."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from portal.foundation.chest import Chest, make_chest
from portal.foundation.database import open_database
from portal.foundation.keyring import Keyring
from tests.support.chromium import a_chromium
from tests.support.databases import built_sqlite, emptied_postgres
from tests.support.postgres import ENGINES, start_postgres
from tests.support.worked_out import share_what_is_known
from tests.support.world import World


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, before any worker is born."""
    share_what_is_known()
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        start_postgres()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("heavy") is None)


@pytest.fixture(scope="session")
def chest() -> Chest:
    return make_chest()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with a_chromium() as browser:
        yield browser


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(
    engine_name: str, sqlite_template: Path, tmp_path: Path, worker_id: str
) -> Iterator[sa.Engine]:
    if engine_name == "postgresql":
        found = emptied_postgres(worker_id)
    else:
        shutil.copy(sqlite_template, tmp_path / "weft.db")
        found = open_database(f"sqlite:///{tmp_path / 'weft.db'}")
    yield found
    found.dispose()


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[Keyring]:
    ring = Keyring(open_database(f"sqlite:///{tmp_path / 'keyring.db'}"))
    ring.prepare()
    yield ring
    ring.engine.dispose()


@pytest.fixture
def world(engine: sa.Engine, keyring: Keyring, chest: Chest) -> World:
    return World(engine, keyring, chest)
