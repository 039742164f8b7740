"""Where an install lives: its settings, its folders and keys, and the form of its database."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import sqlalchemy as sa
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from config import Config
from portal.exercises.service import install_catalogue
from portal.foundation.chest import ChestError, open_chest
from portal.foundation.database import open_database, sessions
from portal.foundation.keyring import Keyring

OURS_ALONE = 0o700


class TroubleError(Exception):
    """What hinders the install, in one sentence for whoever runs it."""


@dataclass(frozen=True)
class Home:
    """One install: its settings, as this process and its children see them."""

    config: Config

    @classmethod
    def here(cls, data: Path | None = None) -> "Home":
        """The install in this folder, with its data where the caller wants it."""
        os.umask(0o077)
        if data is not None:
            # The path was typed where the caller stands, not where the portal lies.
            place = (Path(os.environ.get("WEFT_CALLED_FROM", ".")) / data).resolve()
            os.environ["WEFT_DATA_DIR"] = str(place)
            os.environ.setdefault("WEFT_KEYS_DIR", str(place.with_name(f"{place.name}-keys")))
        return cls(Config.from_environment(os.environ))

    def prepare(self) -> None:
        """Make the folders and, for an empty install, the keys; refuse what others could read."""
        for folder in (self.config.data_dir, self.config.keys_dir):
            _own(folder)
        try:
            open_chest(self.config.keys_dir, self.config.data_dir, may_make=self.is_empty())
        except ChestError as problem:
            raise TroubleError(str(problem)) from problem

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here, so that fresh keys can do no harm."""
        return self.form()[0] is None

    def form(self) -> tuple[str | None, str | None]:
        """The form the database has, and the newest form there is."""
        newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
        if self._has_no_file():
            return None, newest
        engine = open_database(self.config.database)
        try:
            with engine.connect() as connection:
                found = MigrationContext.configure(connection).get_current_revision()
        except sa.exc.OperationalError as problem:
            raise TroubleError(
                f"The database does not answer: {str(problem.orig).splitlines()[0]}"
            ) from problem
        finally:
            engine.dispose()
        return found, newest

    def _has_no_file(self) -> bool:
        # Asking SQLite about a missing file would make it.
        file = sa.make_url(self.config.database).database
        return self.config.database.startswith("sqlite") and not Path(file or "").exists()


def alembic_config() -> AlembicConfig:
    """How migrations are found: by pyproject.toml alone."""
    return AlembicConfig(toml_file="pyproject.toml")


def migrate_to_head(home: Home) -> None:
    """Bring the rows and the ring of keys to the newest form, and publish what is new."""
    alembic.command.upgrade(alembic_config(), "head")
    rows = open_database(home.config.database)
    with sessions(rows).begin() as db:
        install_catalogue(db, datetime.now(UTC))  # noqa: TID251 - no visit, so no clock but the wall
    rows.dispose()
    engine = open_database(home.config.keyring)
    try:
        Keyring(engine).prepare()
    finally:
        engine.dispose()


def _own(folder: Path) -> None:
    try:
        folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
        folder.chmod(OURS_ALONE)
    except OSError as problem:
        raise TroubleError(f"The folder {folder} cannot be used: {problem.strerror}.") from problem
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise TroubleError(f"The folder {folder} cannot be written.")
