"""The invented couples, and the checks that they keep every rule of the portal."""
