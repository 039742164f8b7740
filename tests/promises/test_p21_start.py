"""P21: an open line is refused at the start, before anything listens."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.promises import keep

ROOT = Path(__file__).parents[2]
OPEN_LINES = ("0.0.0.0", "192.0.2.7", "::", "portal.example")
SENTENCE = "set WEFT_BASE_URL to the https address"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on, so that nothing here ever starts."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield int(door.getsockname()[1])


def told(folder: Path, host: str, port: int, **settings: str) -> tuple[int, str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("WEFT_")}
    words = ["start", "--host", host, "--port", str(port), "--data", "data"]
    done = subprocess.run(
        [sys.executable, "-m", "portal.commands", *words],
        cwd=ROOT,
        env={**environ, "WEFT_CALLED_FROM": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_an_open_line_without_a_certificate_is_refused(tmp_path: Path, taken: int) -> None:
    for host in OPEN_LINES:
        code, said = told(tmp_path, host, taken)
        assert code != 0
        assert SENTENCE in said
    assert not (tmp_path / "data").exists()
    keep("P21", "start", f"{len(OPEN_LINES)} open lines refused at the start")


def test_a_proxy_with_a_certificate_and_this_machine_are_not(tmp_path: Path, taken: int) -> None:
    with_proxy = told(tmp_path, "0.0.0.0", taken, WEFT_BASE_URL="https://portal.example")
    for _code, said in (with_proxy, told(tmp_path, "127.0.0.1", taken)):
        assert SENTENCE not in said
        assert f"port {taken}" in said
