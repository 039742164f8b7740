"""The counsellor's desk: today, and one couple."""
