"""Looking around: the way into the sample practice, and from one of its people to the next."""
