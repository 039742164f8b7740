"""One sheet for two: written from two phones, confirmed by both, sent once."""
