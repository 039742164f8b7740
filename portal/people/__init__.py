"""Persons, couples, and in whose care they are."""
