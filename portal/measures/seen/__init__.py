"""Whether the counsellor has looked at a check-in that was sent; neither partner ever learns of it."""
