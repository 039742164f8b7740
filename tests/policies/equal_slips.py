"""Slips in the rules that no test can notice, each with the reason why it changes nothing."""

from collections.abc import Mapping

EQUAL: Mapping[str, str] = {
    "mail: at the top: 24 -> 25": (
        "how many hours ahead a safe one is looked for: nine days already hold every hour of a day"
    ),
    "mail: at the top: 9 -> 10": (
        "how many hours ahead a safe one is looked for: nine days already hold every hour of a day"
    ),
    "sight: _own_pocket: if seat -> always": (
        "without a seat the look-up finds no pocket, which is what was answered without looking"
    ),
}
