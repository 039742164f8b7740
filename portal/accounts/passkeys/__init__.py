"""Passkeys: a device of one's own in place of a password."""
