"""The staff of a practice: who acts in which role, and who has taken over what."""
