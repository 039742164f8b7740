"""The worker as a process of its own: it is given its visits, its handlers and the time."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from config import Config, ConfigError
from portal.audit.service import write_traces
from portal.commands.timetable import TIMETABLE, handlers
from portal.foundation.chest import ChestError, open_chest
from portal.foundation.database import open_database, reading, sessions
from portal.foundation.keyring import Keyring
from portal.foundation.vault import Vault
from portal.jobs.queue import Queue
from portal.jobs.worker import Stop, Worker
from portal.policies.viewer import SYSTEM
from portal.reports.printer import Printer
from portal.visit import Visit


def wall_clock() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)  # noqa: TID251 - the worker has no request to ask for the time


def make_worker(config: Config, stop: Stop, printer: Printer) -> Worker:
    """A worker for this install, ready to run."""
    engine = open_database(config.database)
    queue = Queue(config.queue_file)
    chest = open_chest(config.keys_dir, config.data_dir)
    keyring = Keyring(open_database(config.keyring))

    @contextmanager
    def visiting(now: datetime) -> Iterator[Visit]:
        with sessions(engine)() as db:
            visit = Visit(db, SYSTEM, now, Vault(chest, keyring))
            yield visit
            write_traces(visit)
            db.commit()
        queue.announce(db)

    return Worker(
        sessions=sessions(engine),
        reading=reading(engine),
        queue=queue,
        visiting=visiting,
        handlers=handlers(printer, config),
        clock=wall_clock,
        timetable=TIMETABLE,
        stop=stop,
    )


def run_worker(config: Config) -> None:
    """Work until a signal says that it is enough; what is in hand is ended first."""
    stop = Stop()

    def enough(_sign: int, _frame: FrameType | None) -> None:
        stop.say()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, enough)
    with Printer() as printer:
        make_worker(config, stop, printer).run()


if __name__ == "__main__":
    os.umask(0o077)
    try:
        run_worker(Config.from_environment(os.environ))
    except (ConfigError, ChestError) as problem:
        sys.exit(f"run: {problem}")
