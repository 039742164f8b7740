"""Starting: the web side and the worker as two children, which live and end together."""

import ctypes
import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click
from sqlalchemy import select

from config import Config
from portal.commands.home import Home, TroubleError, migrate_to_head
from portal.foundation.chest import open_chest
from portal.foundation.database import open_database, sessions
from portal.practice.models import Practice
from portal.practice.service import setup_link

PATIENCE_SECONDS = 40
ENDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


def where_to_look(config: Config) -> str:
    """The one line that a fresh start prints: the portal, and on an empty install its set-up."""
    engine = open_database(config.database)
    chest = open_chest(config.keys_dir, config.data_dir)
    with sessions(engine).begin() as db:
        own = db.scalars(select(Practice.id).where(Practice.is_sample.is_(False)).limit(1)).first()
        if own is not None:
            return f"Weft is at {config.base_url}"
        code = setup_link(db, chest, datetime.now(UTC))  # noqa: TID251 - nobody visits yet
        return (
            f"Weft is at {config.base_url}; set it up at {config.base_url}/practice/set-up/{code}"
        )


def start(data: Path | None, host: str, port: int) -> int:
    """Prepare the install, start both children, and stay until one ends or a signal comes."""
    os.environ.setdefault("WEFT_BASE_URL", f"http://{_written(host)}:{port}")
    home = Home.here(data)
    _refuse_open_line(home.config, host)
    home.prepare()
    _refuse_taken(host, port)
    migrate_to_head(home)
    return _Pair(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py"]
        + ["--bind", f"{_written(host)}:{port}", "portal.wsgi:app"],
        [sys.executable, "-m", "portal.commands.worker"],
    ).live(home.config, host, port)


class _Pair:
    """The two children, under one roof."""

    def __init__(self, web: Sequence[str], worker: Sequence[str]) -> None:
        self.is_ending = False
        for sign in ENDED:
            signal.signal(sign, self._end)
        self.children = [_child(web), _child(worker)]

    def live(self, config: Config, host: str, port: int) -> int:
        """Say where to look once the door opens; end both as soon as one is gone."""
        is_announced = False
        while not self.is_ending and all(child.poll() is None for child in self.children):
            if not is_announced and _answers(host, port):
                click.echo(where_to_look(config))
                is_announced = True
            time.sleep(0.1)
        was_told = self.is_ending
        codes = [self._let_go(child) for child in self.children]
        if was_told and not any(codes):
            return 0
        if not was_told:
            click.echo("run: a part of the portal ended by itself, so all of it ends.", err=True)
        return 1

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self.is_ending = True

    def _let_go(self, child: subprocess.Popen[bytes]) -> int:
        if child.poll() is None:
            child.terminate()
        try:
            return child.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()


def _child(words: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: a signal from the keyboard reaches the parent, who ends both in order.
    return subprocess.Popen(  # noqa: S603 - our own words
        words,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse_open_line(config: Config, host: str) -> None:
    if config.is_https or _is_loopback(host):
        return
    raise TroubleError(
        f"Others could listen on {host}: set WEFT_BASE_URL to the https address that people use, "
        "and let a proxy with a certificate stand before the portal."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_taken(host: str, port: int) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(found[0][4])
    except OSError as problem:
        raise TroubleError(
            f"The portal cannot listen on {host}, port {port}: {problem.strerror}."
        ) from problem


def _answers(host: str, port: int) -> bool:
    # Any answer will do: the port is bound long before the first page can be given.
    place = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    line = http.client.HTTPConnection(place, port, timeout=2)
    try:
        line.request("HEAD", "/")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True
