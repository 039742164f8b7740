"""The keyring: every data key, wrapped, apart from the rows that it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal.foundation.database import Moment

RING = sa.MetaData()
DATA_KEY = sa.Table(
    "data_key",
    RING,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("owner_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("practice_id", sa.Uuid, nullable=False, index=True),
    sa.Column("wrapped_by", sa.String(36), nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("destroyed_at", Moment),
)


@dataclass(frozen=True)
class WrappedKey:
    """One data key as it lies in the ring."""

    id: UUID
    owner_id: UUID
    practice_id: UUID
    wrapped_by: str
    wrapped: bytes


class Keyring:
    """Where wrapped keys are kept; each new one is committed before its first row is written."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def prepare(self) -> None:
        """Make the ring's one table where it is missing."""
        RING.create_all(self.engine)

    def add(self, key: WrappedKey, now: datetime) -> None:
        """Keep a new key, for good, before anything is sealed with it."""
        row = {
            "id": key.id,
            "owner_id": key.owner_id,
            "practice_id": key.practice_id,
            "wrapped_by": key.wrapped_by,
            "wrapped": key.wrapped,
            "made_at": now,
        }
        with self.engine.begin() as connection:
            connection.execute(DATA_KEY.insert(), row)

    def of_owners(self, owner_ids: Iterable[UUID]) -> list[WrappedKey]:
        """The living keys of these persons, couples or practices."""
        return self._find(DATA_KEY.c.owner_id.in_(list(owner_ids)))

    def by_ids(self, key_ids: Iterable[UUID]) -> list[WrappedKey]:
        """The living keys with these ids."""
        return self._find(DATA_KEY.c.id.in_(list(key_ids)))

    def destroy(self, owner_id: UUID, now: datetime) -> None:
        """Make everything sealed for this owner unreadable, for good."""
        change = DATA_KEY.update().where(DATA_KEY.c.owner_id == owner_id)
        with self.engine.begin() as connection:
            connection.execute(change.values(wrapped=b"", destroyed_at=now))

    def destroy_practice(self, practice_id: UUID) -> None:
        """Take out every key of one practice; used when the sample is removed."""
        with self.engine.begin() as connection:
            connection.execute(DATA_KEY.delete().where(DATA_KEY.c.practice_id == practice_id))

    def _find(self, where: sa.ColumnElement[bool]) -> list[WrappedKey]:
        columns = [
            DATA_KEY.c[n] for n in ("id", "owner_id", "practice_id", "wrapped_by", "wrapped")
        ]
        query = sa.select(*columns).where(where, DATA_KEY.c.destroyed_at.is_(None))
        with self.engine.execution_options(writes=False).connect() as connection:
            return [WrappedKey(*row) for row in connection.execute(query)]
