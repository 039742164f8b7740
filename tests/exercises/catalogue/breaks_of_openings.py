"""Broken couples: openings, holds and releases."""

from typing import Any

from tests.exercises.catalogue.breaking import Break, add, at, drop, put
from tests.exercises.catalogue.breaks_of_samples import AOIFE, SHIRIN, sent

OPENINGS = [
    Break(
        29, AOIFE, "opened after the end", put("assignments", "a06", "reveals", 0, "at", to="w5d1")
    ),
    Break(
        29,
        AOIFE,
        "an hour before the second half",
        put("assignments", "a07", "reveals", 0, "time", to="07:10"),
    ),
    Break(29, AOIFE, "a no under an opening", put(*sent("a07", 0, "agrees_to_open"), to=False)),
    Break(
        29, AOIFE, "a no of one on a sheet", put(*sent("a05", 0, "agrees_to_open", "b"), to=False)
    ),
    Break(29, AOIFE, "a consent missing", drop(*sent("a16", 0, "agrees_to_open"))),
    Break(29, AOIFE, "a consent not asked", put(*sent("a01", 0, "agrees_to_open"), to=True)),
    Break(
        29,
        AOIFE,
        "a round opened twice",
        add(
            "assignments",
            "a07",
            "reveals",
            item={"round": 1, "at": "w3d6", "time": "08:10", "by": "counsellor"},
        ),
    ),
    Break(
        29,
        AOIFE,
        "individual work opened",
        put(
            "assignments",
            "a01",
            "reveals",
            to=[{"round": 1, "at": "w1d1", "time": "10:00", "by": "counsellor"}],
        ),
    ),
    Break(29, SHIRIN, "opened while paused", put("joint_work", 3, "at", to="w8d4")),
    Break(
        29,
        AOIFE,
        "a declined half opened",
        put(
            "assignments",
            "a14",
            "reveals",
            to=[{"round": 1, "at": "w7d4", "time": "10:00", "by": "counsellor"}],
        ),
    ),
    Break(
        30,
        SHIRIN,
        "automatic where the counsellor opens",
        put("assignments", "b09", "reveals", 0, "by", to="automatic"),
    ),
    Break(30, AOIFE, "an automatic opening left out", drop("assignments", "a07", "reveals")),
    Break(30, AOIFE, "a sheet's opening left out", drop("assignments", "a05", "reveals")),
    Break(
        30,
        AOIFE,
        "automatic an hour later",
        put("assignments", "a07", "reveals", 0, "time", to="09:10"),
    ),
    Break(
        30,
        AOIFE,
        "a sheet opened by hand",
        put("assignments", "a05", "reveals", 0, "by", to="counsellor"),
    ),
    Break(
        30,
        AOIFE,
        "by the counsellor where it is automatic",
        put("assignments", "a07", "reveals", 0, "by", to="counsellor"),
    ),
]


def early_release(node: Any) -> None:
    """A release after sending and before the counsellor had read it."""
    release = at(node, "assignments", "a03", "releases", 0)
    release.update({"at": "w2d2", "time": "10:00"})


def secret_released(node: Any) -> None:
    """Something of an exercise from which nothing is ever released."""
    work = at(node, "assignments", "a03")
    work["exercise"] = "deciding-to-raise-it"


HOLDS = [
    Break(31, AOIFE, "a release before it was read", early_release),
    Break(
        31,
        SHIRIN,
        "unsure whether it is safe",
        put(*sent("b10", 0, "answers", "safe_now"), to="unsure"),
    ),
    Break(
        31, SHIRIN, "a wish to keep it", put(*sent("b10", 0, "answers", "share_wish"), to="keep")
    ),
    Break(31, SHIRIN, "no answer about safety", drop(*sent("b10", 0, "answers", "safe_now"))),
    Break(
        31,
        SHIRIN,
        "something new in the letter",
        put(*sent("b13", 1, "answers", "anything_new"), to="unsure"),
    ),
    Break(
        31,
        AOIFE,
        "a held round before both were read",
        put("assignments", "a06", "reveals", 0, "at", to="w3d6"),
    ),
    Break(
        31,
        AOIFE,
        "a held round that opens itself",
        put("assignments", "a06", "reveals", 0, "by", to="automatic"),
    ),
    Break(31, AOIFE, "what is never released", secret_released),
]
RELEASES = [
    Break(
        32,
        AOIFE,
        "a counsellor field",
        put("assignments", "a03", "releases", 0, "field", to="look_after"),
    ),
    Break(
        32,
        SHIRIN,
        "the returned revision",
        put("assignments", "b13", "releases", 0, "revision", to=1),
    ),
    Break(
        32,
        AOIFE,
        "without the writer's yes",
        put("assignments", "a03", "releases", 0, "agreed_by", to=["b"]),
    ),
    Break(32, AOIFE, "opened not stated", drop("assignments", "a03", "releases", 0, "opened")),
    Break(32, AOIFE, "an answer that is not there", drop(*sent("a03", 0, "answers", "ask"))),
    Break(32, SHIRIN, "while paused", put("joint_work", 3, "at", to="w9d5")),
    Break(32, AOIFE, "a draft", put(*sent("a03", 0, "state"), to="draft")),
    Break(
        33,
        AOIFE,
        "one row more",
        add("assignments", "a10", "releases", 0, "shared_rows", item="picnic"),
    ),
    Break(
        33,
        AOIFE,
        "one row less",
        put("assignments", "a10", "releases", 0, "shared_rows", to=["walk"]),
    ),
    Break(
        33, AOIFE, "the yes of one", put("assignments", "a10", "releases", 0, "agreed_by", to=["a"])
    ),
    Break(
        33,
        AOIFE,
        "rows of no table",
        put("assignments", "a03", "releases", 0, "shared_rows", to=["x"]),
    ),
]
BREAKS = [*OPENINGS, *HOLDS, *RELEASES]
