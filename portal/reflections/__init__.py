"""What partners write, and everything that happens to it."""
