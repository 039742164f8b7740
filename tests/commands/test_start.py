"""A start, for real: two children under one roof, and every hindrance told in one sentence."""

import os
import re
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


class Install:
    """An install in a folder of its own, started like ./run does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("WEFT_")},
            "WEFT_CALLED_FROM": str(folder),
            "WEFT_DATA_DIR": str(folder / "data"),
            "WEFT_KEYS_DIR": str(folder / "data-keys"),
            "WEFT_FONTS_DIR": str(folder / "fonts"),
        }
        (folder / "fonts").mkdir()
        (folder / "fonts" / "figtree.woff2").touch()
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, port: int, *words: str) -> subprocess.Popen[str]:
        return self.open("start", "--port", str(port), "--data", "data", *words)

    def open(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.commands", *words],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def told(self, *words: str) -> subprocess.CompletedProcess[str]:
        process = self.open(*words)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def clear(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=60)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    install = Install(tmp_path)
    yield install
    install.clear()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def children_of(parent: int) -> dict[str, int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return {
        ("web" if "gunicorn" in words else "worker"): int(pid)
        for pid, words in lines
        if "gunicorn" in words or "worker" in words
    }


def is_gone(pid: int) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


class TestStart:
    def test_says_where_to_look_serves_and_ends_in_order(self, install: Install, port: int) -> None:
        process = install.start(port)
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert answer.status == 200
        children = children_of(process.pid)
        assert set(children) == {"web", "worker"}
        assert install.told("doctor").returncode == 0
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")
        assert all(is_gone(pid) for pid in children.values())

    @pytest.mark.parametrize("which", ["web", "worker"])
    def test_ends_as_a_whole_when_a_part_dies(
        self, install: Install, port: int, which: str
    ) -> None:
        process = install.start(port)
        assert process.stdout is not None
        process.stdout.readline()
        children = children_of(process.pid)
        os.kill(children[which], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "a part of the portal ended by itself" in err
        assert all(is_gone(pid) for pid in children.values())


if sys.platform == "linux":  # elsewhere nobody tells a child that its parent is gone

    class TestKilled:
        def test_leaves_no_child_behind(self, install: Install, port: int) -> None:
            process = install.start(port)
            assert process.stdout is not None
            process.stdout.readline()
            children = children_of(process.pid)
            process.kill()
            assert all(is_gone(pid) for pid in children.values())


class TestWorker:
    def test_ends_in_order_when_told(self, install: Install) -> None:
        assert install.told("migrate").returncode == 0
        process = install.open("worker")
        while not (install.folder / "data" / "queue.db").exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.terminate()
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


class TestHindrances:
    def told(self, install: Install, port: int, *words: str) -> str:
        _, err = (process := install.start(port, *words)).communicate(timeout=60)
        assert process.returncode != 0
        assert re.fullmatch(r"run: [^\n]+\n", err), err
        return err

    def test_a_taken_port(self, install: Install) -> None:
        with socket.create_server(("127.0.0.1", 0)) as door:
            taken = door.getsockname()[1]
            assert f"port {taken}" in self.told(install, taken)

    def test_an_impossible_port(self, install: Install) -> None:
        assert "--port" in self.told(install, 70000)

    def test_an_open_line(self, install: Install, port: int) -> None:
        assert "WEFT_BASE_URL" in self.told(install, port, "--host", "0.0.0.0")

    def test_a_folder_that_is_none(self, install: Install, port: int) -> None:
        (install.folder / "data").touch()
        assert str(install.folder / "data") in self.told(install, port)

    def test_lost_keys(self, install: Install, port: int) -> None:
        assert install.told("migrate").returncode == 0
        for key in (install.folder / "data-keys").iterdir():
            key.unlink()
        assert "No keys were found" in self.told(install, port)

    def test_a_setting_that_makes_no_sense(self, install: Install, port: int) -> None:
        install.environ["WEFT_IDLE_MINUTES"] = "soon"
        assert "WEFT_IDLE_MINUTES" in self.told(install, port)


class TestImports:
    def test_a_command_does_not_wait_for_the_press(self) -> None:
        words = "import sys, portal.commands.__main__; sys.exit('weasyprint' in sys.modules)"
        subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)


class TestDoctor:
    def test_names_what_is_not_well(self, install: Install) -> None:
        done = install.told("doctor")
        assert done.returncode == 1
        assert "NO  folders" in done.stdout
        assert "NO  keys" in done.stdout
        assert "ok  Python" in done.stdout

    def test_names_a_database_that_lags_behind(self, install: Install) -> None:
        assert install.told("migrate").returncode == 0
        (install.folder / "data" / "weft.db").unlink()
        assert "./run migrate" in install.told("doctor").stdout
