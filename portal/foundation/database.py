"""The database: one declarative base, two column types, and engines that behave."""

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import NullPool

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


Query = TypeVar("Query", bound=sa.Select[*tuple[Any, ...]])


class Moment(sa.types.TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Store the instant as UTC without a zone, the same on both databases."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Give the instant back with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class SealedWords(sa.types.TypeDecorator[bytes]):
    """Words that only the vault can open."""

    impl = sa.LargeBinary
    cache_ok = True


class Base(DeclarativeBase):
    """What every table shares: a random id, named constraints, portable enums."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        bytes: SealedWords(),
        enum.Enum: sa.Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=32,
            values_callable=lambda e: [member.value for member in e],
        ),
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


@event.listens_for(Base, "init", propagate=True)
def _know_yourself(_row: Base, _args: Any, given: dict[str, Any]) -> None:
    # A row knows its own id before it is written, because its words are sealed to it.
    given.setdefault("id", uuid4())


def open_database(url: str) -> sa.Engine:
    """An engine that loses nothing: durable, strict about foreign keys, honest about locks."""
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url.replace("postgresql://", "postgresql+psycopg://"),
            pool_pre_ping=True,
            hide_parameters=True,
        )
    pool: dict[str, Any] = {} if ":memory:" in url else {"poolclass": NullPool}
    # What was asked for is in no trace and no log: it may be somebody's words.
    engine = sa.create_engine(url, connect_args={"timeout": 5}, hide_parameters=True, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def afresh(query: Query) -> Query:
    """Read these rows as they stand in the database, also where this session has read them before."""
    return query.execution_options(populate_existing=True)


def held(query: Query, *, read: bool = False, key_share: bool = False) -> Query:
    """Lock these rows until the transaction ends, and read them as they stand once they are locked.

    Without reading them afresh one would wait for somebody else and then go on from what was read before
    them. SQLite lets one writer in at a time and needs no lock of rows; it is left out there.
    """
    return afresh(query.with_for_update(read=read, key_share=key_share))


def sessions(engine: sa.Engine) -> sessionmaker[Session]:
    """Sessions upon this engine; rows stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def reading(engine: sa.Engine) -> sessionmaker[Session]:
    """Sessions that only read: they take no write lock."""
    return sessionmaker(engine.execution_options(writes=False), expire_on_commit=False)
