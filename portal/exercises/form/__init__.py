"""The form engine: what an exercise asks, how it is drawn, read back, checked and shown."""
