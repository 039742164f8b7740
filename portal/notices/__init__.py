"""The outbox: who should hear that something is there."""
