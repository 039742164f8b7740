"""A running portal with one couple."""

from tests.reflections.conftest import app, clock, couple

__all__ = ["app", "clock", "couple"]
