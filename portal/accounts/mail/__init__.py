"""How somebody wants to be written to: off until they choose it."""
