"""Where the database itself is in trouble, the words come back all the same, and no trace of them is left."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.sessions import service
from portal.sessions.models import TherapySession
from portal.visit import Visit
from portal.vocabulary import Role
from tests.support.browser import Browser, an_account, filled_in
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World
from tests.web.test_given_back import NOTES

FULL = "the disk is full"


@pytest.fixture
def writes(world: World, app: Flask, couple: CoupleHere, clock: StandingClock) -> Browser:
    """The counsellor, with the form for an hour's notes open."""
    browser = Browser(app, clock)
    browser.sign_in(an_account(world, app, couple.counsellor_id, Role.COUNSELLOR))
    browser.open(f"/sessions/{couple.id}/new")
    return browser


@pytest.fixture(autouse=True)
def as_it_runs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble is a page, as outside the tests."""
    running = app.extensions["weft"]
    monkeypatch.setattr(running, "config", running.config.model_copy(update={"testing": False}))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


def in_a_statement(visit: Visit, *_given: object, **_named: object) -> object:
    return visit.db.execute(sa.text("SELECT nothing FROM nowhere"))


def in_writing_it_down(visit: Visit, *_given: object, **_named: object) -> object:
    """The session has to be rolled back before it can be asked for anything."""
    row = TherapySession(
        couple_id=uuid4(),
        starts_at=visit.now,
        minutes=1,
        written_by_id=visit.viewer.me(),
        written_at=visit.now,
    )
    visit.db.add(row)
    visit.db.flush()
    return row


@contextmanager
def no_commit(engine: sa.Engine) -> Iterator[None]:
    """From here on nothing can be kept."""

    def breaks(_connection: Any) -> None:
        raise OSError(FULL)

    sa.event.listen(engine, "commit", breaks)
    try:
        yield
    finally:
        sa.event.remove(engine, "commit", breaks)


def check(answer: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert answer.status_code == 500
    assert [words for words in NOTES.values() if words not in answer.text] == []
    assert "It is not anything you did" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    logged = caplog.text + "".join(str(each.exc_info) for each in caplog.records)
    assert [words for words in NOTES.values() if words in logged] == []


@pytest.mark.parametrize("breaks", [in_a_statement, in_writing_it_down])
def test_what_was_typed_comes_back_after_a_statement_that_fails(
    writes: Browser,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    breaks: Callable[..., object],
) -> None:
    assert writes.page is not None
    typed = filled_in(writes.page.form(), {**NOTES, "clock": "09:00"})
    monkeypatch.setattr(service, "write_session", breaks)
    with caplog.at_level(logging.DEBUG):
        check(writes.client.post(writes.page.path, data=typed), caplog)


def test_and_where_nothing_can_be_kept(
    writes: Browser, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    assert writes.page is not None
    typed = filled_in(writes.page.form(), {**NOTES, "clock": "09:00"})
    with caplog.at_level(logging.DEBUG), no_commit(app.extensions["weft"].engine):
        check(writes.client.post(writes.page.path, data=typed), caplog)
    assert writes.open("/desk/today").status == 200, "and it goes on afterwards"


def test_what_is_saved_by_itself_hears_of_it_and_nothing_is_called_saved(
    world: World, app: Flask, couple: CoupleHere, clock: StandingClock
) -> None:
    (round_id,) = world.an_assignment(couple)
    ann = Browser(app, clock)
    ann.sign_in(an_account(world, app, couple.a))
    form = ann.open(f"/reflections/{round_id}/write/3").form("/3")
    at, quietly = f"/reflections/{round_id}/autosave", {"X-Weft-Autosave": "1"}
    with no_commit(app.extensions["weft"].engine):
        answer = ann.client.post(at, data=filled_in(form, {"f.underneath": "w"}), headers=quietly)
    assert answer.status_code == 500
    assert answer.get_json()["state"] == "trouble"


def test_what_was_asked_for_stands_in_no_trace(app: Flask) -> None:
    engine = app.extensions["weft"].engine
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as trouble:
        connection.execute(
            sa.text("SELECT nothing FROM nowhere WHERE it = :it"), {"it": "a secret"}
        )
    assert "a secret" not in str(trouble.value)
