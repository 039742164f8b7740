"""P41: every step of the schema goes up, down and up again, on either database, and loses nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.exercises.service import install_catalogue
from portal.foundation.chest import Chest
from portal.foundation.database import open_database, sessions
from portal.foundation.keyring import Keyring
from portal.tables import METADATA
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.databases import HERE, alembic
from tests.support.moments import START, StandingClock
from tests.support.postgres import postgres_url
from tests.support.promises import keep
from tests.support.world import World

# All of it, so that it stays in its order: each test goes on where the one before it stopped.
pytestmark = pytest.mark.heavy
# These lie beside the models' tables where all share one server.
APART = ("alembic_version", "guess_count", "known_device", "spend_once", "data_key")
Rows = dict[str, list[dict[str, Any]]]
BREAKS = '''"""a step that breaks in the middle"""

import sqlalchemy as sa
from alembic import op

revision = "broken"
down_revision = {before!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE person SET theme = 'broken'")
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("half_made", sa.Integer(), nullable=True))
    raise RuntimeError("the lights went out")


def downgrade() -> None:
    op.drop_table("half_made")
'''


@pytest.fixture(scope="module")
def engine(database: str, folder: Path, worker_id: str) -> Iterator[sa.Engine]:
    """An empty database of this test's own."""
    made = f"sqlite:///{folder / 'steps.db'}"
    url = postgres_url(f"{worker_id}_steps") if database == "postgresql" else made
    engine = open_database(url)
    yield engine
    engine.dispose()


def go(engine: sa.Engine, way: str, to: str, script: Path | None = None) -> None:
    """Bring the schema up or down to a revision."""
    given = alembic()
    if script is not None:
        given.set_main_option("script_location", str(script))
    with engine.connect() as connection:
        given.attributes["connection"] = connection
        getattr(command, way)(given, to)
        connection.commit()


def revisions() -> list[str]:
    """Every revision there is, the oldest first."""
    script = ScriptDirectory.from_config(alembic())
    return [each.revision for each in reversed(list(script.walk_revisions()))]


def shape(engine: sa.Engine) -> dict[str, Any]:
    """The whole form of a database: columns, keys, constraints and indexes of every table."""
    asked = sa.inspect(engine)
    columns, keys = asked.get_multi_columns(), asked.get_multi_pk_constraint()
    points, alone = asked.get_multi_foreign_keys(), asked.get_multi_unique_constraints()
    found_by, checked = asked.get_multi_indexes(), asked.get_multi_check_constraints()
    return {
        where[1]: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], str(c.get("default")))
                for c in columns[where]
            ],
            "key": keys[where],
            "points": sorted(map(str, points[where])),
            "alone": sorted(map(str, alone[where])),
            "found by": sorted(map(str, found_by[where])),
            "checked": sorted(map(str, checked[where])),
        }
        for where in sorted(columns, key=str)
        if where[1] not in APART
    }


def rows(engine: sa.Engine) -> Rows:
    """Every row of every table, as the database has it, in the columns that it has now."""
    known = sa.MetaData()
    known.reflect(engine, only=lambda name, _known: name not in APART)
    found: Rows = {}
    with engine.connect() as connection:
        for name, table in known.tables.items():
            ordered = sorted(connection.execute(sa.select(table)).mappings(), key=str)
            found[name] = [dict(row) for row in ordered]
    return found


def differences(engine: sa.Engine) -> list[Any]:
    """Where the database is not what the models say."""
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return [each for each in compare_metadata(context, METADATA) if not _counters(each)]


def _counters(difference: Any) -> bool:
    if isinstance(difference, list) or not difference[0].startswith("remove_"):
        return False
    table = getattr(difference[1], "table", difference[1])
    return getattr(table, "name", "") in APART


def kept(before: Rows, after: Rows) -> bool:
    """Whether everything that still has a place is as it was."""
    for name in before.keys() & after.keys():
        if len(before[name]) != len(after[name]):
            return False
        columns = set().union(*before[name]) & set().union(*after[name])
        if _only(before[name], columns) != _only(after[name], columns):
            return False
    return True


def _only(found: list[dict[str, Any]], columns: set[str]) -> list[str]:
    return sorted(str({name: row[name] for name in sorted(columns)}) for row in found)


@contextmanager
def filled(engine: sa.Engine, folder: Path, chest: Chest) -> Iterator[Town]:
    """A town in a database at the newest revision."""
    with sessions(engine).begin() as db:
        install_catalogue(db, START)
    ring = Keyring(open_database(f"sqlite:///{folder / 'keyring.db'}"))
    ring.prepare()
    with running(World(engine, ring, chest), folder, StandingClock()) as app:
        yield build(World(engine, ring, chest), app)
    ring.engine.dispose()


def opened(town: Town) -> list[str]:
    """Everything that was sealed, as it opens now."""
    pages = ("/desk/couples/{couple}", "/review/{waiting}", "/sessions/{session}")
    ids = {
        "couple": town.couple.id,
        "waiting": town.ids["waiting round"],
        "session": town.ids["session_id"],
    }
    client = town.sits("counsellor")
    shown = [client.get(page.format(**ids)).get_data(as_text=True) for page in pages]
    return [word for word in town.words.values() if any(word in text for text in shown)]


def test_every_step_goes_up_down_and_up(
    engine: sa.Engine, folder: Path, chest: Chest, database: str
) -> None:
    steps = revisions()
    shapes: dict[str, Any] = {"base": {}}
    for step in steps:
        go(engine, "upgrade", step)
        shapes[step] = shape(engine)
    assert differences(engine) == []
    with filled(engine, folder, chest) as town:
        before, words = rows(engine), opened(town)
        assert len(words) > 10
        for step, earlier in reversed(list(zip(steps, ["base", *steps], strict=False))):
            down(engine, earlier, shapes[earlier])
            go(engine, "upgrade", step)
            assert shape(engine) == shapes[step]
            go(engine, "downgrade", earlier)
        assert set(sa.inspect(engine).get_table_names()) <= set(APART)
        for step in steps:
            go(engine, "upgrade", step)
            assert shape(engine) == shapes[step]
        assert differences(engine) == []
        put_back(engine, before)
        assert rows(engine) == before
        assert opened(town) == words
    says = f"{len(steps)} of {len(steps)} revisions up, down and up with data ({database})"
    keep("P41", f"migrations-{database}", says)


def down(engine: sa.Engine, to: str, wanted: dict[str, Any]) -> None:
    """One step down: the earlier form, and everything that still has a place as it was."""
    before = rows(engine)
    go(engine, "downgrade", to)
    assert shape(engine) == wanted
    assert kept(before, rows(engine))


def put_back(engine: sa.Engine, found: Rows) -> None:
    """Every row again, as from a copy that was taken before."""
    with engine.begin() as connection:
        for ordered in METADATA.sorted_tables:
            table = sa.Table(ordered.name, sa.MetaData(), autoload_with=connection)
            connection.execute(table.delete())
            if found[ordered.name]:
                connection.execute(table.insert(), found[ordered.name])


class TestHalfWay:
    def test_a_step_that_breaks_leaves_nothing_behind(
        self, engine: sa.Engine, tmp_path: Path
    ) -> None:
        script, newest = tmp_path / "migrations", revisions()[-1]
        go(engine, "upgrade", newest)
        shutil.copytree(HERE / "migrations", script)
        (script / "versions" / "broken.py").write_text(BREAKS.format(before=newest))
        before, form = rows(engine), shape(engine)
        assert before["person"]
        with pytest.raises(RuntimeError, match="the lights went out"):
            go(engine, "upgrade", "broken", script)
        assert shape(engine) == form
        assert rows(engine) == before
        with engine.connect() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == newest

    def test_a_change_is_noticed(self, engine: sa.Engine) -> None:
        before, form = rows(engine), shape(engine)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE person SET theme = 'dark'"))
            connection.execute(sa.text("ALTER TABLE person ADD COLUMN mood VARCHAR(10)"))
        assert not kept(before, rows(engine))
        assert shape(engine) != form
        assert [each[0] for each in differences(engine)] == ["remove_column"]
