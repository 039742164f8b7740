"""Databases for tests: built once by the migrations, then copied or emptied for each test."""

import sqlite3
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as Alembic

from portal.accounts.throttle import COUNTERS
from portal.exercises.service import install_catalogue
from portal.foundation.database import open_database, sessions
from portal.tables import METADATA
from tests.support.moments import START
from tests.support.postgres import postgres_url

HERE = Path(__file__).parent.parent.parent
KEPT = ("edition", "audit_head")


def alembic() -> Alembic:
    """The migrations' settings, as pyproject has them."""
    return Alembic(toml_file=str(HERE / "pyproject.toml"))


def build(engine: sa.Engine) -> None:
    """Bring an empty database to head and publish the catalogue in it."""
    settings = alembic()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()
    with sessions(engine).begin() as db:
        install_catalogue(db, START)


def built_sqlite(folder: Path) -> Path:
    """A built database in one file, to be copied."""
    engine = open_database(f"sqlite:///{folder / 'weft.db'}")
    build(engine)
    engine.dispose()
    plain = sqlite3.connect(folder / "weft.db")
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    return folder / "weft.db"


@cache
def _built_postgres(worker: str) -> str:
    url = postgres_url(worker)
    engine = open_database(url)
    build(engine)
    engine.dispose()
    return url


@cache
def _emptying() -> bytes:
    """All that a test may leave behind, cleared in one errand to the server."""
    gone = [table.name for table in COUNTERS.sorted_tables]
    cleared = [table.name for table in reversed(METADATA.sorted_tables) if table.name not in KEPT]
    statements = [
        *(f'DROP TABLE IF EXISTS "{name}"' for name in gone),
        *(f'DELETE FROM "{name}"' for name in cleared),
        "UPDATE audit_head SET number = 0, mark = ''",
        "DELETE FROM edition WHERE practice_id IS NOT NULL",
    ]
    return "; ".join(statements).encode()


def emptied_postgres(worker: str) -> sa.Engine:
    """This worker's own built database, with nothing in it but the catalogue."""
    engine = open_database(_built_postgres(worker))
    with engine.begin() as connection:
        plain = connection.connection.driver_connection
        assert plain is not None
        plain.execute(_emptying())
    return engine
