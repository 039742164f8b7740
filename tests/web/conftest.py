"""A running portal with one couple."""

from tests.reflections.conftest import app, clock, couple, round_id, sit_down

__all__ = ["app", "clock", "couple", "round_id", "sit_down"]
