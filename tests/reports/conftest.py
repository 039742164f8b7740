"""A running portal with a counsellor at the desk."""

from tests.homework.conftest import app, clock, couple, desk, seat_at_desk

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]
