"""Listening to what the portal asks its databases."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from portal.web.visits import house


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Every statement that the portal sends to either of its databases."""
    statements: list[str] = []
    with app.app_context():
        engines = [house().engine, house().keyring.engine]

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
