"""Where an install lives: its folders and keys are its owner's alone, and keys are never replaced."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Config
from portal.commands.home import Home, TroubleError, migrate_to_head


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("WEFT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("WEFT_KEYS_DIR", str(tmp_path / "keys"))
    before = os.umask(0o022)
    yield Home.here()
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestPrepare:
    def test_everything_is_for_its_owner_alone(self, home: Home) -> None:
        home.prepare()
        migrate_to_head(home)
        assert mode(home.config.data_dir) == 0o700
        assert mode(home.config.keys_dir) == 0o700
        files = [*home.config.data_dir.iterdir(), *home.config.keys_dir.iterdir()]
        assert files
        assert {mode(file) for file in files} == {0o600}

    def test_twice_keeps_the_keys(self, home: Home) -> None:
        home.prepare()
        before = [file.read_bytes() for file in home.config.keys_dir.iterdir()]
        home.prepare()
        assert [file.read_bytes() for file in home.config.keys_dir.iterdir()] == before

    def test_lost_keys_are_not_replaced_once_there_is_something_to_open(self, home: Home) -> None:
        home.prepare()
        migrate_to_head(home)
        for file in home.config.keys_dir.iterdir():
            file.unlink()
        with pytest.raises(TroubleError, match="No keys were found"):
            home.prepare()

    def test_keys_that_others_could_read_are_refused(self, home: Home) -> None:
        home.prepare()
        for file in home.config.keys_dir.iterdir():
            file.chmod(0o644)
        with pytest.raises(TroubleError, match="Others on this machine"):
            home.prepare()

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        home = Home(Config(data_dir=tmp_path / "file" / "data", keys_dir=tmp_path / "keys"))
        with pytest.raises(TroubleError, match="file/data cannot be used"):
            home.prepare()


class TestForm:
    def test_is_the_newest_after_migrating(self, home: Home) -> None:
        home.prepare()
        assert home.is_empty()
        migrate_to_head(home)
        found, newest = home.form()
        assert found == newest
        assert newest is not None

    def test_asking_makes_no_database(self, home: Home) -> None:
        home.prepare()
        home.form()
        assert not list(home.config.data_dir.iterdir())

    def test_an_unreachable_database_is_told(self, tmp_path: Path) -> None:
        nowhere = f"postgresql+psycopg://weft@/weft?host={tmp_path}"
        with pytest.raises(TroubleError, match="does not answer"):
            Home(Config(database_url=nowhere)).form()


class TestHere:
    def test_data_is_where_the_caller_stands(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WEFT_CALLED_FROM", str(tmp_path))
        monkeypatch.setenv("WEFT_DATA_DIR", "var/data")
        monkeypatch.delenv("WEFT_KEYS_DIR", raising=False)
        found = Home.here(Path("practice")).config
        assert found.data_dir == tmp_path / "practice"
        assert found.keys_dir == tmp_path / "practice-keys"
