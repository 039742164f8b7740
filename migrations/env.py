"""How the schema is brought up to date: one transaction a step, on either database."""

import os
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from config import Config
from portal.foundation.database import open_database
from portal.tables import METADATA


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write the plain column type, so that an old migration never imports the portal."""
    if kind == "type" and isinstance(thing, sa.types.TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def migrate(connection: sa.Connection) -> None:
    """Run the steps that are asked for upon this connection."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_item=plain_type,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with open_database(Config.from_environment(os.environ).database).connect() as opened:
        migrate(opened)
