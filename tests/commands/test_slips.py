"""Whatever hinders a command is told in one sentence, and the doctor names what is not well."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.commands.__main__ import main

Told = Callable[..., str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An install of its own, with fonts that were cut."""
    places = {"DATA_DIR": "data", "KEYS_DIR": "keys", "FONTS_DIR": "fonts"}
    for name, place in places.items():
        monkeypatch.setenv(f"WEFT_{name}", str(tmp_path / place))
    monkeypatch.setenv("WEFT_BASE_URL", "http://127.0.0.1:8000")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "figtree.woff2").touch()
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    def tell(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["run", *words])
        with pytest.raises(SystemExit) as ending:
            main()
        return str(ending.value.code)

    return tell


def migrate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["run", "migrate"])
    main()


class TestStart:
    def test_a_taken_port(self, told: Told) -> None:
        with socket.create_server(("127.0.0.1", 0)) as door:
            taken = str(door.getsockname()[1])
            sentence = told("start", "--port", taken)
        assert re.fullmatch(rf"run: [^\n]*port {taken}: [^\n]+", sentence)

    def test_an_impossible_port(self, told: Told) -> None:
        assert re.fullmatch(r"run: [^\n]*--port[^\n]*", told("start", "--port", "70000"))

    def test_an_unknown_argument(self, told: Told) -> None:
        assert re.fullmatch(r"run: [^\n]*--prot[^\n]*", told("start", "--prot", "8000"))

    def test_an_open_line(self, told: Told) -> None:
        assert re.fullmatch(r"run: [^\n]*WEFT_BASE_URL[^\n]*", told("start", "--host", "0.0.0.0"))

    def test_a_folder_that_is_none(self, told: Told, folder: Path) -> None:
        (folder / "data").touch()
        assert re.fullmatch(rf"run: [^\n]*{folder / 'data'}[^\n]*", told("start"))

    def test_lost_keys(self, told: Told, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        migrate(monkeypatch)
        for key in (folder / "keys").iterdir():
            key.unlink()
        assert re.fullmatch(r"run: No keys were found[^\n]*", told("start"))

    def test_a_setting_that_makes_no_sense(
        self, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WEFT_IDLE_MINUTES", "soon")
        assert re.fullmatch(r"run: [^\n]*WEFT_IDLE_MINUTES[^\n]*", told("start"))


class TestDoctor:
    def test_names_what_is_not_well(self, told: Told, capsys: pytest.CaptureFixture[str]) -> None:
        assert told("doctor") == "1"
        shown = capsys.readouterr().out
        assert "NO  folders" in shown
        assert "NO  keys" in shown
        assert "ok  Python" in shown

    def test_finds_a_fresh_install_well(
        self, told: Told, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        migrate(monkeypatch)
        assert told("doctor") == "0"
        assert "NO" not in capsys.readouterr().out

    def test_names_a_database_that_lags_behind(
        self,
        told: Told,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        migrate(monkeypatch)
        (folder / "data" / "weft.db").unlink()
        assert told("doctor") == "1"
        assert "./run migrate" in capsys.readouterr().out


class TestImports:
    def test_a_command_does_not_wait_for_the_press(self) -> None:
        words = "import sys, portal.commands.__main__; sys.exit('weasyprint' in sys.modules)"
        subprocess.run([sys.executable, "-c", words], cwd=Path(__file__).parents[2], check=True)
