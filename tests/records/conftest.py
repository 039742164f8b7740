"""A running portal and somebody at a browser."""

from tests.homework.conftest import desk
from tests.reflections.conftest import app, clock, couple, round_id, sit_down

__all__ = ["app", "clock", "couple", "desk", "round_id", "sit_down"]
