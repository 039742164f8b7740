"""One's own pieces of work: what was given, what was written, and what is open of it."""
