"""Deeds that cross rooms."""
