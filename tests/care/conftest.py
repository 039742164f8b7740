"""A running portal with a counsellor at the desk."""

from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.reflections.conftest import sit_down

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk", "sit_down"]
