"""What stands in the tables, as one fingerprint a table, so that nothing changes unseen."""

import hashlib

import sqlalchemy as sa

from portal.foundation.keyring import DATA_KEY
from portal.tables import METADATA
from tests.support.world import World

# Reading a page leaves a trace, and a sign-in remembers when its person was last there.
TRACES = ("audit_entry", "audit_head")
TOUCHES = {"auth_session": ("seen_at",)}


def ledger(world: World, leaving_out: tuple[str, ...] = TRACES) -> dict[str, str]:
    """A fingerprint of every table, without the traces that reading leaves."""
    found = {"data_key": _fingerprint(world.keyring.engine, DATA_KEY)}
    for table in METADATA.sorted_tables:
        if table.name not in leaving_out:
            found[table.name] = _fingerprint(world.engine, table)
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    return [name for name in before if before[name] != after[name]]


def _fingerprint(engine: sa.Engine, table: sa.Table) -> str:
    passed_over = TOUCHES.get(table.name, ())
    columns = [column for column in table.columns if column.name not in passed_over]
    query = sa.select(*columns).order_by(table.c.id)
    with engine.execution_options(writes=False).connect() as connection:
        rows = connection.execute(query).all()
        connection.rollback()
    return hashlib.sha256(repr(rows).encode()).hexdigest()
