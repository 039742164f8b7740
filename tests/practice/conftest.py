"""A running portal, and somebody at a browser."""

from tests.accounts.conftest import app, arrive, clock

__all__ = ["app", "arrive", "clock"]
