"""Slips in the rules that no test can notice, each with the reason why it changes nothing."""

from collections.abc import Mapping

EQUAL: Mapping[str, str] = {}
