"""Fixed moments, so that no test depends on the day it is run."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(**apart: float) -> datetime:
    """So long after the start."""
    return START + timedelta(**apart)


class StandingClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **apart: float) -> None:
        self.at += timedelta(**apart)
