"""One's own words whole: what a partner wrote, to be carried out of the portal."""
