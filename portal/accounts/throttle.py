"""Slowing guesses down, and spending things that count once: kept apart from everybody's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from portal.foundation.chest import Chest

FREE_TRIES = 5
WAITS = (30, 60, 120, 240, 480, 960, 1920, 3600)
FORGOTTEN_AFTER = timedelta(hours=24)
KNOWN_FOR = timedelta(days=180)

COUNTERS = sa.MetaData()
GUESS = sa.Table(
    "guess_count",
    COUNTERS,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_at", sa.BigInteger, nullable=False),
    sa.Column("last_at", sa.BigInteger, nullable=False, index=True),
)
KNOWN_DEVICE = sa.Table(
    "known_device",
    COUNTERS,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("seen_at", sa.BigInteger, nullable=False, index=True),
)
ONCE = sa.Table(
    "spend_once",
    COUNTERS,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("until_at", sa.BigInteger, nullable=False, index=True),
)


@dataclass(frozen=True)
class Wait:
    """How long somebody has to wait before the next try; zero means go on."""

    seconds: int = 0


class Counters:
    """The counters of one install, each taken in one statement of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    def prepare(self) -> None:
        """Make the counters' tables where they are missing, however many processes try."""
        with self.engine.begin() as connection:
            for table in COUNTERS.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))

    def take(self, mark: str, now: datetime) -> Wait:
        """Take one try before the guess is looked at, so that guesses at once count as many."""
        moment = int(now.timestamp())
        forgotten = moment - int(FORGOTTEN_AFTER.total_seconds())
        tries = sa.case((GUESS.c.last_at <= forgotten, 1), else_=GUESS.c.tries + 1)
        first = self._insert(GUESS).values(mark=mark, tries=1, next_at=moment, last_at=moment)
        taken = first.on_conflict_do_update(
            index_elements=["mark"],
            set_={"tries": tries, "next_at": moment + _wait_after(tries), "last_at": moment},
            where=GUESS.c.next_at <= moment,
        ).returning(GUESS.c.tries)
        with self.engine.begin() as connection:
            if connection.execute(taken).first() is not None:
                connection.execute(GUESS.delete().where(GUESS.c.last_at < forgotten))
                return Wait()
            ready_at = connection.scalar(sa.select(GUESS.c.next_at).where(GUESS.c.mark == mark))
        return Wait(max((ready_at or moment) - moment, 1))

    def forget(self, mark: str) -> None:
        """The guess was right: the next one starts afresh."""
        with self.engine.begin() as connection:
            connection.execute(GUESS.delete().where(GUESS.c.mark == mark))

    def know(self, mark: str, now: datetime) -> None:
        """Remember that somebody has signed in from this device."""
        moment = int(now.timestamp())
        row = self._insert(KNOWN_DEVICE).values(mark=mark, seen_at=moment)
        old = moment - int(KNOWN_FOR.total_seconds())
        with self.engine.begin() as connection:
            connection.execute(
                row.on_conflict_do_update(index_elements=["mark"], set_={"seen_at": moment})
            )
            connection.execute(KNOWN_DEVICE.delete().where(KNOWN_DEVICE.c.seen_at < old))

    def knows(self, mark: str) -> bool:
        """Whether this account has been signed in from this device before."""
        found = sa.select(KNOWN_DEVICE.c.mark).where(KNOWN_DEVICE.c.mark == mark)
        with self.engine.execution_options(writes=False).connect() as connection:
            return connection.execute(found).first() is not None

    def issue(self, mark: str, until_at: datetime, now: datetime) -> None:
        """Write down something that may be spent once, until then."""
        with self.engine.begin() as connection:
            connection.execute(ONCE.delete().where(ONCE.c.until_at < int(now.timestamp())))
            connection.execute(ONCE.insert().values(mark=mark, until_at=int(until_at.timestamp())))

    def spend(self, mark: str, now: datetime) -> bool:
        """Spend it; false where it was never issued, is spent already, or has rested too long."""
        gone = ONCE.delete().where(ONCE.c.mark == mark, ONCE.c.until_at >= int(now.timestamp()))
        with self.engine.begin() as connection:
            return connection.execute(gone.returning(ONCE.c.mark)).first() is not None


def _wait_after(tries: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    steps = [(tries <= FREE_TRIES + n, seconds) for n, seconds in enumerate(WAITS)]
    return sa.case((tries < FREE_TRIES, 0), *steps, else_=WAITS[-1])


def device_mark(chest: Chest, login: str, device: str) -> str:
    """By what one account's known device is found; `login` is the account's own mark."""
    return chest.mark("tokens", "device", login, device)


def guess_mark(chest: Chest, login: str, device: str = "") -> str:
    """Where guesses are counted: for a known device apart, so that nobody else slows it down."""
    return chest.mark("index", "guess", login, device)
