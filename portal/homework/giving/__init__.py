"""Choosing what to give next."""
