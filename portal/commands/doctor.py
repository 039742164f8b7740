"""Is this install well? One line for each thing looked at, and what to do where it is not."""

import ctypes
import stat
import sys
from datetime import UTC, datetime, timedelta

import click
import sqlalchemy as sa

from portal.commands.home import Home, TroubleError
from portal.foundation.chest import ChestError, open_chest
from portal.foundation.database import open_database, reading
from portal.jobs.queries import lag, parked
from portal.notices.courier import Post, Undelivered, greet

PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib")
SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib")
OLDEST_PANGO = 14400
LATE = timedelta(minutes=5)
SKEW = timedelta(seconds=5)
BUILT_AT = datetime(2026, 11, 1, tzinfo=UTC)


def examine(home: Home) -> int:
    """Look at everything, even where something before it was not well."""
    unwell = 0
    for look in (
        _python,
        _pango,
        _subset,
        _fonts,
        _folders,
        _keys,
        _database,
        _form,
        _queue,
        _mail,
        _clock,
    ):
        try:
            click.echo(f"ok  {look(home)}")
        except (TroubleError, ChestError, OSError, sa.exc.DBAPIError) as problem:
            unwell += 1
            words = str(problem).splitlines()[0]
            click.echo(f"NO  {look.__name__.strip('_')}: {words}")
    return 1 if unwell else 0


def _python(_home: Home) -> str:
    return f"Python {sys.version.split()[0]}"


def _pango(_home: Home) -> str:
    version = _library(PANGO).pango_version()
    if version < OLDEST_PANGO:
        raise TroubleError(f"Pango 1.44 or newer is needed, not {version}.")
    return f"Pango {version // 10000}.{version // 100 % 100}.{version % 100}"


def _subset(_home: Home) -> str:
    _library(SUBSET)
    return "harfbuzz-subset"


def _library(names: tuple[str, ...]) -> ctypes.CDLL:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise TroubleError(f"the library {names[0]} is missing; ./run setup brings it.")


def _fonts(home: Home) -> str:
    folder = home.config.fonts_dir
    found = sorted(folder.glob("*.woff2")) if folder.is_dir() else []
    if not found:
        raise TroubleError("the fonts were not cut yet; ./run setup does it.")
    return f"{len(found)} fonts in {folder}"


def _folders(home: Home) -> str:
    for folder in (home.config.data_dir, home.config.keys_dir):
        if not folder.is_dir():
            raise TroubleError(f"{folder} is not there yet; ./run makes it.")
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & 0o077:
            raise TroubleError(f"others can look into {folder} (mode {mode:o}); set it to 700.")
        probe = folder / ".doctor"
        probe.touch()
        probe.unlink()
    return f"data in {home.config.data_dir}, for its owner alone"


def _keys(home: Home) -> str:
    open_chest(home.config.keys_dir, home.config.data_dir)
    return f"keys in {home.config.keys_dir}, for their owner alone"


def _database(home: Home) -> str:
    home.form()
    return f"database reached ({sa.make_url(home.config.database).get_backend_name()})"


def _form(home: Home) -> str:
    found, newest = home.form()
    if found != newest:
        raise TroubleError(
            f"the database is at {found}, the newest form is {newest}: ./run migrate"
        )
    return f"database at its newest form ({newest})"


def _queue(home: Home) -> str:
    engine = open_database(home.config.database)
    try:
        with reading(engine)() as db:
            waiting, given_up = lag(db, _now()), parked(db)
    finally:
        engine.dispose()
    if waiting > LATE:
        raise TroubleError(f"something owed waits since {waiting}; is the worker running?")
    if given_up:
        kinds = ", ".join(sorted({job.kind for job in given_up}))
        raise TroubleError(f"{len(given_up)} things owed were given up ({kinds}).")
    return f"nothing owed waits longer than {waiting.seconds} s"


def _mail(home: Home) -> str:
    post = Post.of(home.config)
    if post is None:
        return "no mail server is set, and nobody is written to"
    try:
        greet(post)
    except Undelivered as problem:
        raise TroubleError(
            f"the mail server {post.host}, port {post.port}, does not let us in: "
            f"{type(problem.__cause__).__name__}."
        ) from problem
    return f"mail server {post.host}, port {post.port}, lets us in as {post.sender}"


def _clock(home: Home) -> str:
    if _now() < BUILT_AT:
        raise TroubleError(f"the clock says {_now():%Y-%m-%d}, which was before this release.")
    if not home.config.database.startswith("postgresql"):
        return f"clock says {_now():%Y-%m-%d %H:%M} UTC"
    engine = open_database(home.config.database)
    try:
        with engine.connect() as connection:
            apart = abs(connection.execute(sa.select(sa.func.now())).scalar_one() - _now())
    finally:
        engine.dispose()
    if apart > SKEW:
        raise TroubleError(f"the database's clock is {apart} away from this one.")
    return f"clock says {_now():%Y-%m-%d %H:%M} UTC, and the database agrees"


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the doctor looks at the wall on purpose
