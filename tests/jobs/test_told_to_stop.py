"""A worker that is told to stop stops, whatever it is at in that moment."""

import sys
import threading
from types import FrameType
from typing import Any

import pytest

from portal.jobs.queue import Queue
from portal.jobs.worker import Worker

PLENTY = 400


class Idle(Worker):
    """It has nothing to do, and looks for work all the time."""

    def sweep(self) -> None:
        """Nothing is owed."""


class NothingOwed(Queue):
    """A queue in which nothing ever lies."""

    def __init__(self) -> None:
        """There is no file."""

    def take(self) -> None:
        """Nothing."""


def an_idle_worker() -> Worker:
    parts: dict[str, Any] = dict.fromkeys(("sessions", "reading", "visiting", "clock"))
    return Idle(queue=NothingOwed(), handlers={}, sweep_seconds=0.002, pause_seconds=0.001, **parts)


def stops_when_told_at(step: int) -> bool:
    """Whether it ends when a signal comes before this line of its work, its libraries' own included."""
    worker, left = an_idle_worker(), step

    def told(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            sys.settrace(None)
            worker.stop.say()  # as a handler does: between two steps of the one thread there is
        return told

    def work() -> None:
        sys.settrace(told)
        worker.run()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout=20)
    sys.settrace(None)
    return not thread.is_alive()


@pytest.mark.parametrize("tens", range(PLENTY // 100))
def test_a_worker_ends_at_whatever_step_it_is_told(tens: int) -> None:
    steps = range(tens * 100 + 1, tens * 100 + 101)
    assert [step for step in steps if not stops_when_told_at(step)] == []
