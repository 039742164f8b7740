"""P6: nothing that anybody wrote, and nobody's name, can be read where it lies."""

import base64
import gzip
import json
import logging
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

from portal.commands.worker import make_worker
from portal.foundation.chest import write_chest
from portal.homework.models import Tick
from portal.jobs.worker import Stop
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.printer import Printer
from portal.web.visits import house
from tests.promises.running import running
from tests.promises.searching import WAYS, Search
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.browser import PASSWORD, Browser
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that this portal writes lies in here, the temporary files too."""
    for name in ("data", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(world: World, stores: Path, clock: StandingClock) -> Iterator[Flask]:
    write_chest(world.chest, stores / "keys")
    folders = {"keys_dir": stores / "keys"}
    with running(world, stores / "data", clock, **folders) as made:
        yield made


@pytest.fixture
def held_open(world: World) -> Iterator[None]:
    """Somebody is always reading, so that what is written stays in the write-ahead log."""
    if world.engine.dialect.name != "sqlite":
        yield
        return
    with closing(sqlite3.connect(str(world.engine.url.database))) as reader:
        reader.execute("SELECT count(*) FROM practice").fetchone()
        yield


def test_no_word_can_be_read_where_it_lies(
    world: World,
    app: Flask,
    stores: Path,
    clock: StandingClock,
    held_open: None,
    caplog: pytest.LogCaptureFixture,
    engine_name: str,
) -> None:
    began = time.perf_counter()
    caplog.set_level(logging.DEBUG, "weft")
    caplog.set_level(logging.DEBUG, "portal")
    town = build(world, app)
    through_the_pages(town, clock)
    on_paper(town, clock)
    search = Search([*town.words.values(), PASSWORD])
    places = {str(path.relative_to(stores)): path.read_bytes() for path in files(stores)}
    places["log"] = caplog.text.encode()
    places |= raw_tables(world) | server_files(world, began)
    assert {place: hits for place, data in places.items() if (hits := search.hits(data))} == {}
    if engine_name == "sqlite":
        assert {"weft.db", "weft.db-wal", "keyring.db", "data/counters.db"} <= places.keys()
        assert len(places["weft.db-wal"]) > 0
    assert "data/queue.db" in places
    planted_words_are_found(town, stores, began)
    says = f"{len(search.words)} words in {len(places)} stores, 0 hits ({engine_name})"
    keep("P6", f"markers-{engine_name}", says)


def through_the_pages(town: Town, clock: StandingClock) -> None:
    """Words that come in by the pages' own forms, as people type them."""

    def sits(who: str) -> Browser:
        browser = Browser(town.app, clock)
        browser.client = town.sits(who)
        return browser

    stranger = Browser(town.app, clock)
    stranger.open("/accounts/sign-in")
    stranger.send({"login": town.word("a wrong name"), "password": town.word("a wrong password")})
    partner = sits("partner a")
    partner.open(f"/reflections/{town.ids['drafted round']}/write/1")
    partner.send({"f.happy_times": town.word("typed draft")}, press="save", to="/write/1")
    counsellor = sits("counsellor")
    counsellor.open(f"/review/{town.ids['waiting round']}")
    counsellor.send({"text": town.word("typed feedback"), "pocket": "b"}, to="/feedback")
    counsellor.open(f"/people/couples/{town.couple.id}/members/a")
    named = ("name", "first_name", "pronouns", "contact")
    counsellor.send({field: town.word(f"typed {field}") for field in named})
    owner = sits("owner")
    owner.open("/practice/settings")
    owner.send({field: town.word(f"typed practice {field}") for field in ("name", "letterhead")})
    counsellor.open(f"/reports/{town.ids['session_id']}/compose?edition=clinical")
    counsellor.send(to="/print")


def on_paper(town: Town, clock: StandingClock) -> None:
    """The worker prints what was ordered, with the press that people's papers come from."""
    with town.app.app_context():
        config = house().config
    with Printer() as printer:
        worker = replace(make_worker(config, Stop(), printer), clock=clock.now)
        while (job_id := worker.queue.take()) is not None:
            worker.take_up(job_id)
        worker.queue.close()
    for maker in (worker.sessions, worker.reading):
        maker.kw["bind"].dispose()
    with town.world.visit() as visit:
        rows = visit.db.scalars(sa.select(SummaryDocument)).all()
        assert {row.state for row in rows} == {PrintState.FINISHED}
        assert max(len(row.document or b"") for row in rows) > 10_000


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def raw_tables(world: World) -> dict[str, bytes]:
    """Every table of the database as the server itself gives it out, byte by byte."""
    if world.engine.dialect.name != "postgresql":
        return {}
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    found = {}
    with psycopg.connect(_plain(world), autocommit=True) as connection:
        for (name,) in connection.execute(listed).fetchall():
            words = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))
            with connection.cursor() as cursor, cursor.copy(words) as out:
                found[f"table {name}"] = b"".join(bytes(part) for part in out)
    assert {"table answer", "table guess_count"} <= found.keys()
    return found


def server_files(world: World, since: float) -> dict[str, bytes]:
    """The server's own files of this database, and of its log of changes since then."""
    if world.engine.dialect.name != "postgresql":
        return {}
    with psycopg.connect(_plain(world), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        folder = Path(str(connection.execute("SHOW data_directory").fetchall()[0][0]))
        query = "SELECT oid FROM pg_database WHERE datname = current_database()"
        oid = connection.execute(query).fetchall()[0][0]
    rows = files(folder / "base" / str(oid))
    changes = [p for p in files(folder / "pg_wal") if p.stat().st_mtime >= since - 60]
    assert rows
    assert changes
    return {str(path.relative_to(folder)): path.read_bytes() for path in (*rows, *changes)}


def planted_words_are_found(town: Town, stores: Path, began: float) -> None:
    """Without this, a search that never finds anything would keep the promise too."""
    word = town.world.marker()
    search = Search([word])
    with town.world.visit() as visit:
        visit.db.execute(sa.update(Tick).values(sentence=word))
        visit.db.add(
            Tick(
                assignment_id=town.ids["assignment_id"],
                sentence=word,
                ticked_by_id=town.couple.counsellor_id,
                ticked_at=visit.now,
            )
        )
    places = {path.name: path.read_bytes() for path in files(stores)}
    places |= raw_tables(town.world) | server_files(town.world, began)
    found = {place for place, data in places.items() if search.hits(data)}
    assert found & {"weft.db-wal", "table tick"}


def _plain(world: World) -> str:
    url = world.engine.url.render_as_string(hide_password=False)
    return url.replace("postgresql+psycopg://", "postgresql://")


class TestSearch:
    WORD = "marker0123456789abcdef"

    @pytest.mark.parametrize("way", WAYS)
    def test_finds_a_word_in_each_way(self, way: str) -> None:
        data = b"before " + WAYS[way](self.WORD) + b" after"
        assert f"{self.WORD} ({way})" in Search([self.WORD]).hits(data)

    @pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
    def test_finds_it_inside_a_larger_base64(self, before: bytes) -> None:
        data = base64.b64encode(before + self.WORD.encode() + b"and more")
        assert Search([self.WORD]).hits(data)

    @pytest.mark.parametrize(
        "pack",
        [
            zlib.compress,
            gzip.compress,
            lambda data: zlib.compress(gzip.compress(data)),
            lambda data: json.dumps({"said": data.decode()}).encode(),
        ],
    )
    def test_finds_it_packed(self, pack: object) -> None:
        assert callable(pack)
        packed = pack(b"words " * 20 + self.WORD.encode())
        assert Search([self.WORD]).hits(b"noise" + packed + b"noise")

    def test_finds_nothing_where_nothing_is(self) -> None:
        other = "marker0123456789abcdee"
        assert Search([self.WORD]).hits(other.encode() + zlib.compress(other.encode())) == []
