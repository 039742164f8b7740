"""Who sits in which couple, and who is near whom."""
