"""A running portal and somebody at a browser, for the homes of each role."""

from tests.reflections.conftest import app, clock, sit_down

__all__ = ["app", "clock", "sit_down"]
