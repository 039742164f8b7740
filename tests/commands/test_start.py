"""A start, for real: two children under one roof, who live and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Started:
    """A portal of its own, started like ./run does, and where it said it is."""

    def __init__(self, folder: Path, port: int) -> None:
        quiet = {k: v for k, v in os.environ.items() if not k.startswith("WEFT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.commands", "start"]
            + ["--port", str(port), "--data", "data"],
            cwd=ROOT,
            env=quiet | {"WEFT_CALLED_FROM": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        self.children = children_of(self.process.pid)

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=120)
        return self.process.returncode, out, err


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@pytest.fixture
def started(tmp_path: Path, port: int) -> Iterator[Started]:
    started = Started(tmp_path, port)
    yield started
    started.process.terminate()
    started.ended()


def children_of(parent: int) -> dict[str, int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return {
        name: int(pid)
        for pid, words in lines
        for name, sign in (("web", "gunicorn"), ("worker", "portal.commands.worker"))
        if sign in words
    }


def is_gone(pid: int) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


class TestStart:
    def test_says_where_to_look_serves_and_ends_in_order(self, started: Started, port: int) -> None:
        assert f"http://127.0.0.1:{port}" in started.said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            assert answer.status == 200
        assert set(started.children) == {"web", "worker"}
        started.process.send_signal(signal.SIGTERM)
        assert started.ended() == (0, "", "")
        assert all(is_gone(pid) for pid in started.children.values())

    @pytest.mark.parametrize("which", ["worker", pytest.param("web", marks=pytest.mark.long)])
    def test_ends_as_a_whole_when_a_part_dies(self, started: Started, which: str) -> None:
        os.kill(started.children[which], signal.SIGKILL)
        code, _, err = started.ended()
        assert code == 1
        assert "a part of the portal ended by itself" in err
        assert all(is_gone(pid) for pid in started.children.values())


if sys.platform == "linux":  # elsewhere nobody tells a child that its parent is gone

    class TestKilled:
        def test_leaves_no_child_behind(self, started: Started) -> None:
            started.process.kill()
            assert all(is_gone(pid) for pid in started.children.values())
