"""The queue that hurries: it carries an id and nothing else, and may forget without harm."""

import logging
import sqlite3
from pathlib import Path
from uuid import UUID

from huey.storage import SqliteStorage
from sqlalchemy.orm import Session

from portal.jobs.service import OWED

log = logging.getLogger(__name__)


class Queue:
    """Wakes the worker sooner than the sweep would.

    Huey's storage is used without Huey's messages: those are pickled, and whoever can write to the
    queue's file could then run code. An id in plain text can only be looked up.
    """

    def __init__(self, file: Path) -> None:
        self.storage = SqliteStorage("weft", filename=str(file))

    def wake(self, job_id: UUID) -> None:
        """Tell the worker, after the commit, that something is owed; the sweep is the safety net."""
        try:
            self.storage.enqueue(str(job_id).encode())
        except sqlite3.OperationalError as problem:
            log.warning("job %s waits for the sweep: %s", job_id, type(problem).__name__)

    def take(self) -> UUID | None:
        """The next id to look at, or nothing."""
        data = self.storage.dequeue()
        try:
            return None if data is None else UUID(bytes(data).decode())
        except ValueError:
            log.warning("the queue held something that is no id")
            return None

    def close(self) -> None:
        """Let go of the queue's file."""
        self.storage.close()

    def announce(self, db: Session) -> None:
        """After the commit: wake the worker for everything that this transaction owed."""
        for job_id in db.info.pop(OWED, ()):
            self.wake(job_id)
