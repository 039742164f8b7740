"""One town for all the tests of a file, on each of the two databases."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.foundation.chest import Chest
from portal.foundation.database import open_database
from portal.foundation.keyring import Keyring
from tests.support.databases import emptied_postgres
from tests.support.postgres import ENGINES
from tests.support.world import World

# Proofs that are asked in every run of the tests; the others have a step of their own in .ci/run.
IN_EVERY_RUN = (
    *("test_p1_deeds", "test_p1_matrix", "test_p6_columns"),
    *("test_p21_start", "test_p26_releases"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as a proof whatever lies in this folder."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem not in IN_EVERY_RUN:
            item.add_marker("proof")


@contextmanager
def a_world(name: str, folder: Path, template: Path, worker: str, chest: Chest) -> Iterator[World]:
    """An empty world on this database, with its ring of keys in the folder."""
    if name == "postgresql":
        engine = emptied_postgres(worker)
    else:
        shutil.copy(template, folder / "weft.db")
        engine = open_database(f"sqlite:///{folder / 'weft.db'}")
    ring = Keyring(open_database(f"sqlite:///{folder / 'keyring.db'}"))
    ring.prepare()
    yield World(engine, ring, chest)
    engine.dispose()
    ring.engine.dispose()


@pytest.fixture(scope="module", params=ENGINES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, database: str) -> Path:
    return tmp_path_factory.mktemp(database)


@pytest.fixture(scope="module")
def one_world(
    database: str, folder: Path, sqlite_template: Path, worker_id: str, chest: Chest
) -> Iterator[World]:
    with a_world(database, folder, sqlite_template, worker_id, chest) as made:
        yield made
