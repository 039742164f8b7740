"""P19: the server itself, as it is started, says nothing of what it is made of."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.foundation.chest import Chest, write_chest
from tests.support.promises import keep

ROOT = Path(__file__).parents[2]
ASKED = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /static/css/base.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
    b"GARBAGE\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
)
TELLS = re.compile(r"^(?:server|x-powered-by|via):.*(?:\d|python|werkzeug|flask)", re.I | re.M)


@pytest.fixture
def port(tmp_path: Path, sqlite_template: Path, chest: Chest) -> Iterator[int]:
    """The web side, served as ./run serves it, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = int(door.getsockname()[1])
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(sqlite_template, tmp_path / "data" / "weft.db")
    write_chest(chest, tmp_path / "keys")
    folders = {"WEFT_DATA_DIR": tmp_path / "data", "WEFT_KEYS_DIR": tmp_path / "keys"}
    environ = {k: v for k, v in os.environ.items() if not k.startswith("WEFT_")}
    server = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py"]
    process = subprocess.Popen(
        [*server, "--bind", f"127.0.0.1:{free}", "portal.wsgi:app"],
        cwd=ROOT,
        env=environ | {name: str(folder) for name, folder in folders.items()},
    )
    try:
        _wait_for(free, process)
        yield free
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        assert process.poll() is None
        assert time.monotonic() < until
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def heads(port: int) -> list[str]:
    found = []
    for asked in ASKED:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(asked)
            answer = b""
            while part := line.recv(65536):
                answer += part
        found.append(answer.split(b"\r\n\r\n", 1)[0].decode("latin-1"))
    return found


def test_no_answer_names_a_version(port: int) -> None:
    answers = heads(port)
    assert all(head.startswith("HTTP/1.1 ") for head in answers)
    assert [head for head in answers if TELLS.search(head)] == []
    keep("P19", "server", f"{len(answers)} answers of the server without a version")


@pytest.mark.parametrize(
    "head", ["Server: Werkzeug/3.1 Python/3.11", "server: nginx/1.2", "X-Powered-By: Flask"]
)
def test_a_talkative_server_is_noticed(head: str) -> None:
    assert TELLS.search(f"HTTP/1.1 200 OK\r\n{head}")
