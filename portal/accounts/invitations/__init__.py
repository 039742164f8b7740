"""Invitations: a code that is handed over in person."""
