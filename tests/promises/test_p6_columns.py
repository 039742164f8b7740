"""P6: each column that could hold words is sealed, a word of the code's own, or looked at by name."""

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.throttle import COUNTERS
from portal.foundation.database import SealedWords
from portal.foundation.keyring import DATA_KEY, RING
from portal.foundation.vault import FORMAT, NONCE
from portal.tables import METADATA
from tests.promises.plain_columns import PLAIN
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

KEY_ID, TAG = 16, 16


class Kind(enum.Enum):
    """What a column may hold."""

    SEALED = "sealed"
    OWN_WORD = "a word of the code's own"
    PLAIN = "looked at and left plain"
    UNKNOWN = "nobody has looked at it"


def columns(*schemas: sa.MetaData) -> list[sa.Column[object]]:
    """Every column that could hold text or bytes."""
    tables = [table for schema in schemas for table in schema.sorted_tables]
    return [column for table in tables for column in table.columns if _holds_words(column.type)]


def kind_of(column: sa.Column[object]) -> Kind:
    """What was decided about a column."""
    if isinstance(column.type, SealedWords):
        return Kind.SEALED
    if isinstance(column.type, sa.Enum) and column.type.enum_class is not None:
        return Kind.OWN_WORD
    return Kind.PLAIN if str(column) in PLAIN else Kind.UNKNOWN


def _holds_words(kind: sa.types.TypeEngine[object]) -> bool:
    inner = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    return isinstance(inner, sa.String | sa.LargeBinary | sa.JSON | sa.ARRAY | sa.types.NullType)


EVERY = columns(METADATA, RING, COUNTERS)
SEALED = [column for column in EVERY if kind_of(column) is Kind.SEALED]


@pytest.fixture
def engine_name() -> str:
    """What the types promise holds on either database; the bytes are looked at on this one."""
    return "sqlite"


@pytest.fixture
def town(world: World, tmp_path: Path) -> Iterator[Town]:
    with running(world, tmp_path, StandingClock()) as app:
        yield build(world, app)


def test_every_column_is_accounted_for(town: Town) -> None:
    assert [str(column) for column in EVERY if kind_of(column) is Kind.UNKNOWN] == []
    assert sorted(PLAIN) == sorted(str(c) for c in EVERY if kind_of(c) is Kind.PLAIN)
    assert all(PLAIN.values())
    faults = {str(column): found for column in SEALED if (found := unsealed(town, column))}
    assert faults == {}
    says = f"{len(EVERY)} of {len(EVERY)} columns accounted for, {len(SEALED)} of them sealed"
    keep("P6", "columns", says)


def unsealed(town: Town, column: sa.Column[object]) -> list[str]:
    """What is wrong with the bytes of a sealed column, where anything is written in it."""
    with town.world.engine.connect() as connection:
        found = connection.scalars(sa.select(column).where(column.is_not(None))).all()
    with town.world.keyring.engine.connect() as connection:
        keys = {key.bytes for key in connection.scalars(sa.select(DATA_KEY.c.id))}
    words = [word.encode() for word in town.words.values()]
    faults = [] if found else ["nothing was written in it"]
    for sealed in found:
        assert isinstance(sealed, bytes)
        whole = len(sealed) >= len(FORMAT) + KEY_ID + NONCE + TAG
        if not (whole and sealed[:1] == FORMAT and sealed[1 : 1 + KEY_ID] in keys):
            faults.append("not in the vault's form")
        if any(word in sealed for word in words):
            faults.append("readable")
    return faults


class TestControls:
    def test_a_new_column_is_unknown(self) -> None:
        schema = sa.MetaData()
        types: tuple[sa.types.TypeEngine[Any], ...] = (
            *(sa.String(10), sa.Text(), sa.Unicode()),
            *(sa.LargeBinary(), sa.JSON()),
        )
        fresh: list[sa.Column[Any]] = [sa.Column(f"c{n}", kind) for n, kind in enumerate(types)]
        sa.Table("fresh", schema, *fresh, sa.Column("number", sa.Integer))
        assert [kind_of(column) for column in columns(schema)] == [Kind.UNKNOWN] * len(types)

    def test_a_list_of_loose_words_is_not_a_word_of_our_own(self) -> None:
        schema = sa.MetaData()
        sa.Table("loose", schema, sa.Column("mood", sa.Enum("good", "bad", native_enum=False)))
        assert [kind_of(column) for column in columns(schema)] == [Kind.UNKNOWN]

    def test_plain_text_in_a_sealed_column_is_noticed(self, town: Town) -> None:
        note = METADATA.tables["therapy_session"].c.progress_note
        with town.world.engine.begin() as connection:
            plain = town.words["progress note"].encode()
            connection.execute(sa.update(note.table).values(progress_note=plain))
        assert unsealed(town, note) == ["not in the vault's form", "readable"]

    def test_an_empty_sealed_column_is_noticed(self, town: Town) -> None:
        note = METADATA.tables["therapy_session"].c.process_note
        with town.world.engine.begin() as connection:
            connection.execute(sa.update(note.table).values(process_note=None))
        assert unsealed(town, note) == ["nothing was written in it"]
