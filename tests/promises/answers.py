"""Whole answers to two exercises, made of the words that a promise watches."""

from typing import Any

from portal.exercises.form.values import Row


def issues_of(shared: str, alone: str, private: str) -> dict[str, Any]:
    """What gets in the way: something to open, something to keep, and the box."""
    row = Row("talking", None, {"hard": 6, "since": "years", "work_on": True})
    return {
        "areas": (row,),
        "start_with": shared,
        "underneath": alone,
        "private_note": private,
    }


def loop_of(shared: str, private: str) -> dict[str, Any]:
    """The loop that these two get caught in, in the same words throughout, and the box."""
    return {
        "scene": shared,
        "i_do": ("go_quiet",),
        "outside": shared,
        "inside": shared,
        "story": shared,
        "sentence": shared,
        "kind_friend": shared,
        "loop_name": shared,
        "early_sign": shared,
        "way_out": shared,
        "how_often": 5,
        "private_note": private,
    }
