"""Deeds that begin in one instant, each with a session and a clock of its own."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from portal.foundation.errors import DomainError
from tests.support.world import World

Deed = Callable[[World], object]


@contextmanager
def jostled(engine: sa.Engine) -> Iterator[None]:
    """Statements that dawdle a little now and then, so that deeds meet in the middle."""
    dice = random.Random(engine.dialect.name)

    def dawdle(*_of: Any) -> None:
        if threading.current_thread() is not threading.main_thread() and dice.random() < 0.3:
            time.sleep(dice.random() * 0.004)

    sa.event.listen(engine, "after_cursor_execute", dawdle)
    try:
        yield
    finally:
        sa.event.remove(engine, "after_cursor_execute", dawdle)


class Meanwhile:
    """A deed that somebody else begins while a visit is under way; it may have to wait for its end."""

    def __init__(self, world: World, deed: Deed, *, patience: float = 1.0) -> None:
        self._own = World(world.engine, world.keyring, world.chest)
        self._own.now = world.now
        self._end: object = None
        self._thread = threading.Thread(target=self._run, args=(deed,))
        self._thread.start()
        self._thread.join(timeout=patience)

    @property
    def waits(self) -> bool:
        """Whether it still waits for whoever came first."""
        return self._thread.is_alive()

    def end(self) -> object:
        """How it ended: what the deed gave, or which of the domain's answers it met."""
        self._thread.join(timeout=30)
        assert not self.waits, "it stands still"
        return self._end

    def _run(self, deed: Deed) -> None:
        try:
            self._end = deed(self._own)
        except DomainError as problem:
            self._end = problem


def meet(world: World, *deeds: Deed) -> list[object]:
    """Let these begin in one instant, each with a clock of its own; gives how each ended."""
    gate, ends = threading.Barrier(len(deeds)), [object()] * len(deeds)

    def run(number: int, deed: Deed) -> None:
        own = World(world.engine, world.keyring, world.chest)
        own.now = world.now
        gate.wait()
        try:
            ends[number] = deed(own)
        except DomainError as problem:
            ends[number] = type(problem)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    with jostled(world.engine):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "it stands still"
    return ends
