"""Slips in the rules that no test can notice, each with the reason why it changes nothing."""

from collections.abc import Mapping

EQUAL: Mapping[str, str] = {
    "sight: _own_pocket: if seat -> always": (
        "without a seat the look-up finds no pocket, which is what was answered without looking"
    ),
}
