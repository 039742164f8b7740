"""The weekly check-in: its questions, its scores, and how they move over time."""
