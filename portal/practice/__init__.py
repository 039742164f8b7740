"""The practice itself: its name, letterhead, policies by default, and who to call."""
