"""The trail: who did what to which thing, never the words."""
