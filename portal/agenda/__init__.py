"""When people next sit together."""
