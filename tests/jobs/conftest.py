"""A worker with a queue of its own, upon the test database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from os import environ
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.foundation.database import open_database
from portal.jobs.models import Job
from tests.jobs.crash_site import EFFECT, EFFECTS
from tests.support.postgres import ENGINES, postgres_url

JOB = Job.metadata.tables["job"]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=ENGINES)
def jobs_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "postgresql":
        return postgres_url(f"{environ.get('PYTEST_XDIST_WORKER', 'main')}_jobs")
    return f"sqlite:///{tmp_path_factory.mktemp('jobs') / 'rows.db'}"


@pytest.fixture(scope="module")
def tables(jobs_url: str) -> Iterator[sa.Engine]:
    engine = open_database(jobs_url)
    JOB.create(engine)
    EFFECTS.create_all(engine)
    yield engine
    EFFECTS.drop_all(engine)
    JOB.drop(engine)
    engine.dispose()


@pytest.fixture
def rows(tables: sa.Engine) -> sa.Engine:
    """Empty tables; what a test writes is committed for real, for other processes to see."""
    with tables.begin() as connection:
        connection.execute(JOB.delete())
        connection.execute(EFFECT.delete())
    return tables


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def queue_file(tmp_path: Path) -> Path:
    return tmp_path / "queue.db"
