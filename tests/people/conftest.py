"""A running portal, and the counsellor of a couple at a browser."""

from tests.accounts.conftest import app, arrive, clock, couple, desk

__all__ = ["app", "arrive", "clock", "couple", "desk"]
