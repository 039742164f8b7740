"""Signing in and out, safely and without fuss."""
