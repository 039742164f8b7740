"""P21: an open line is refused at the start, before anything listens."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.commands.home import TroubleError
from portal.commands.start import start
from tests.support.promises import keep

OPEN_LINES = ("0.0.0.0", "192.0.2.7", "::", "portal.example", "10.0.0.1")
HOME = ("WEFT_BASE_URL", "WEFT_DATA_DIR", "WEFT_KEYS_DIR", "WEFT_CALLED_FROM")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on, so that nothing here ever starts."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield int(door.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where an install would lie; what a start writes into the environment is taken out again."""
    for name in HOME:
        monkeypatch.setenv(name, str(tmp_path))
        monkeypatch.delenv(name)
    mask = os.umask(0o077)
    yield tmp_path
    os.umask(mask)


def told(folder: Path, host: str, port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WEFT_KEYS_DIR", str(folder / "keys"))
    monkeypatch.setenv("WEFT_DATA_DIR", str(folder / "data"))
    with pytest.raises(TroubleError) as trouble:
        start(folder / "data", host, port)
    return str(trouble.value)


def test_an_open_line_without_a_certificate_is_refused(
    folder: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host in OPEN_LINES:
        with monkeypatch.context() as lent:
            lent.setenv("WEFT_BASE_URL", f"http://{host}:{taken}")
            assert "set WEFT_BASE_URL to the https address" in told(folder, host, taken, lent)
    assert not (folder / "data").exists()
    keep("P21", "start", f"{len(OPEN_LINES)} open lines refused at the start")


@pytest.mark.parametrize(
    ("host", "base_url"),
    [("0.0.0.0", "https://portal.example"), ("127.0.0.1", "http://127.0.0.1:8000")],
)
def test_a_proxy_with_a_certificate_and_this_machine_are_not(
    folder: Path, taken: int, monkeypatch: pytest.MonkeyPatch, host: str, base_url: str
) -> None:
    monkeypatch.setenv("WEFT_BASE_URL", base_url)
    assert f"port {taken}" in told(folder, host, taken, monkeypatch)
