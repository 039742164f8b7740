"""P19: the server itself, as it is started, says nothing of what it is made of."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
def port(tmp_path: Path) -> Iterator[int]:
    """The portal, started as people start it, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = int(door.getsockname()[1])
    environ = {k: v for k, v in os.environ.items() if not k.startswith("WEFT_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.commands", "start", "--port", str(free), "--data", "data"],
        cwd=ROOT,
        env={**environ, "WEFT_CALLED_FROM": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert str(free) in process.stdout.readline()
        yield free
    finally:
        process.terminate()
        process.communicate(timeout=60)


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
