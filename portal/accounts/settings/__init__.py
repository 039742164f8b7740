"""One's own settings: language, the way out, devices, password."""
