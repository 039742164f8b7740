"""Letters: what may be said to whom at this moment, reminders, and where a letter's link leads."""
