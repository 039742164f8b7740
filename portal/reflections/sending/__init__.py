"""Handing in, taking back, declining, returning."""
