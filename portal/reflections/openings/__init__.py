"""The moment when a round opens to both, and the yes it needs."""
