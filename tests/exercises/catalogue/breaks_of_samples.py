"""Broken couples: people, events, assigning, windows, revisions, answers and sheets."""

from typing import Any

from tests.exercises.catalogue.breaking import (
    Break,
    add,
    at,
    both,
    drop,
    put,
    rename,
    twice,
)

AOIFE = "sample/demo-1-drifted-apart.yaml"
SHIRIN = "sample/demo-2-after-betrayal.yaml"
HANH = "sample/demo-3-only-one-of-us.yaml"
EARLY = {"at": "w0d2", "time": "12:20"}


def sent(work: str, number: int, *steps: str | int) -> tuple[str | int, ...]:
    """The place of a submission, or of something in it."""
    return ("assignments", work, "submissions", number, *steps)


def later_round(node: Any) -> None:
    """The second round of listening, handed in on the first day."""
    submission = at(node, *sent("a12", 2))
    submission.update({"at": "w5d5", "time": "10:00"})


def second_revision(node: Any) -> None:
    """A next revision of work that was read and not given back."""
    submissions = at(node, "assignments", "b16", "submissions")
    again = {**submissions[0], "revision": 2, "time": "07:00"}
    submissions[0]["revision"] = 1
    submissions.append(again)


PEOPLE = [
    Break(
        20, HANH, "a surname for who takes no part", put("partners", "b", "last_name", to="Hall")
    ),
    Break(20, AOIFE, "no contact level", drop("contact_level")),
    Break(20, AOIFE, "an unknown policy", put("secrets_policy", to="gossip")),
    Break(20, AOIFE, "an unknown opening", put("opening", to="never")),
    Break(20, AOIFE, "an id twice", put("assignments", "a02", "id", to="a01")),
    Break(20, AOIFE, "a name without a mark", put("partners", "a", "display_name", to="Aoife")),
    Break(20, AOIFE, "a real address", put("partners", "a", "email", to="aoife@example.org")),
    Break(20, AOIFE, "an unknown key", put("weather", to="rain")),
    Break(20, AOIFE, "an unknown stance", put("partners", "a", "stance", to="cross")),
    Break(20, AOIFE, "a key too many in a submission", put(*sent("a01", 0, "score"), to=3)),
]
EVENTS = [
    Break(21, AOIFE, "an event without time", drop("assignments", "a01", "ended", "time")),
    Break(21, AOIFE, "a check-in without time", drop("check_ins", 0, "time")),
    Break(21, AOIFE, "a second check-in in a week", put("check_ins", 1, "at", to="w0d6")),
    Break(21, AOIFE, "an item missing", drop("check_ins", 0, "answers", "fun")),
    Break(
        21,
        AOIFE,
        "a wellbeing that does not fit",
        put("check_ins", 0, "answers", "wellbeing", to=None),
    ),
    Break(21, HANH, "a check-in by who takes no part", put("check_ins", 0, "by", to="b")),
    Break(21, AOIFE, "a session before the first", put("sessions", "s2", "at", to="w0d1")),
    Break(21, AOIFE, "a time that is none", put("sessions", "s2", "time", to="25:00")),
    Break(
        22,
        AOIFE,
        "note in place of progress_note",
        rename("sessions", "s1", "progress_note", to="note"),
    ),
    Break(22, AOIFE, "no shared summary", drop("sessions", "s1", "shared_summary")),
    Break(22, HANH, "attended by who takes no part", add("sessions", "s1", "attended", item="b")),
]
ASSIGNING = [
    Break(
        24,
        AOIFE,
        "left open when paused at the end",
        add("joint_work", item={"at": "w9d3", "time": "10:00", "status": "paused", "note": ""}),
    ),
    Break(
        23,
        AOIFE,
        "a pair before the status was clear",
        put("assignments", "a06", "assigned", to=EARLY),
    ),
    Break(23, AOIFE, "a sheet for one of two", put("assignments", "a05", "to", to="a")),
    Break(
        23, AOIFE, "individual work for the couple", put("assignments", "a01", "to", to="couple")
    ),
    Break(23, HANH, "work for who takes no part", put("assignments", "c01", "to", to="b")),
    Break(
        23,
        SHIRIN,
        "given while paused",
        put("assignments", "b16", "assigned", to={"at": "w2d6", "time": "10:00"}),
    ),
    Break(23, SHIRIN, "the letter to another role", put("partners", "a", "role", to="any")),
    Break(
        23,
        SHIRIN,
        "the letter before the telling",
        put("assignments", "b10", "exercise", to="starting-point"),
    ),
    Break(23, AOIFE, "a stance that refuses", put("partners", "b", "stance", to="wants_distance")),
    Break(23, HANH, "never alone", put("assignments", "c01", "exercise", to="hearing-the-hurt")),
    Break(
        23,
        AOIFE,
        "a programme for another level",
        put("programmes", 0, "programme", to="living-apart"),
    ),
    Break(24, AOIFE, "state overdue", put("assignments", "a17", "state", to="overdue")),
    Break(
        24,
        SHIRIN,
        "left open when the status left clear",
        both(put("assignments", "b18", "state", to="open"), drop("assignments", "b18", "ended")),
    ),
    Break(
        24,
        SHIRIN,
        "withdrawn an hour later",
        put("assignments", "b18", "ended", "time", to="16:10"),
    ),
    Break(
        24,
        AOIFE,
        "an end of open work",
        put("assignments", "a17", "ended", to={"at": "w9d1", "time": "10:00"}),
    ),
    Break(24, AOIFE, "closed without end", drop("assignments", "a01", "ended")),
    Break(24, AOIFE, "a half that waits", put(*sent("a16", 0, "state"), to="awaiting_review")),
]
WINDOWS = [
    Break(25, AOIFE, "round 2 in the first week", later_round),
    Break(25, AOIFE, "sent before it was given", put(*sent("a01", 0, "at"), to="w0d1")),
    Break(
        25,
        AOIFE,
        "feedback after the end",
        put("assignments", "a01", "feedback", 0, "at", to="w2d1"),
    ),
    Break(25, AOIFE, "another due day", put("assignments", "a11", "due", to="w9d4")),
    Break(
        25,
        AOIFE,
        "an entry of a day to come",
        put(*sent("a15", 0, "at"), to="w7d4"),
    ),
    Break(25, AOIFE, "an entry of day 8", put(*sent("a07", 0, "answers", "days", 5, "day"), to=8)),
    Break(25, AOIFE, "a round in work done once", put(*sent("a01", 0, "round"), to=1)),
    Break(25, SHIRIN, "a round too many", put(*sent("b09", 11, "round"), to=7)),
]
REVISIONS = [
    Break(26, AOIFE, "the same submission twice", twice("assignments", "a01", "submissions", 0)),
    Break(26, SHIRIN, "a revision of work not returned", second_revision),
    Break(26, SHIRIN, "a revision before the return", put(*sent("b13", 1, "at"), to="w7d5")),
    Break(26, SHIRIN, "revision 3 after 1", put(*sent("b13", 1, "revision"), to=3)),
    Break(26, SHIRIN, "a return without its line", drop(*sent("b13", 0, "returned", "why"))),
    Break(26, AOIFE, "reviewed and only submitted", put(*sent("a01", 0, "state"), to="submitted")),
    Break(26, AOIFE, "reviewed before sending", put(*sent("a01", 0, "reviewed", "at"), to="w0d3")),
    Break(26, AOIFE, "by the other partner", put(*sent("a01", 0, "by"), to="b")),
]
HIDDEN_ALONE = both(
    put("assignments", "c06", "exercise", to="monthly-budget"),
    put("assignments", "c06", "submissions", 0, "answers", to={"fair_each": 5}),
)
ANSWERS = [
    Break(27, HANH, "a question hidden from one", HIDDEN_ALONE, says="that was hidden"),
    Break(27, AOIFE, "a row that must be answered", drop(*sent("a14", 0, "answers", "steps", 0))),
    Break(27, AOIFE, "11 on a scale", put(*sent("a01", 0, "answers", "leaning"), to=11)),
    Break(
        27,
        SHIRIN,
        "an end date a year ahead",
        put(*sent("b07", 0, "answers", "ends_on"), to="w55d3"),
    ),
    Break(
        27,
        SHIRIN,
        "passwords in an agreement",
        put(*sent("b07", 0, "answers", "private"), to="We share our PASSWORDS."),
    ),
    Break(
        27,
        SHIRIN,
        "a tick that is missing",
        put(*sent("b07", 0, "answers", "fair_play"), to=["no_traps"]),
    ),
    Break(
        27, AOIFE, "an unknown option", put(*sent("a01", 0, "answers", "living"), to="on the moon")
    ),
    Break(27, AOIFE, "a required answer missing", drop(*sent("a01", 0, "answers", "story"))),
    Break(
        27,
        AOIFE,
        "a hidden question answered",
        put(*sent("a11", 1, "answers", "best_bit"), to="The sea."),
    ),
    Break(27, AOIFE, "an unknown question", put(*sent("a01", 0, "answers", "weather"), to="rain")),
    Break(
        27,
        AOIFE,
        "an unknown row",
        put(*sent("a03", 0, "answers", "needs", 0, "row"), to="weather"),
    ),
    Break(
        27, AOIFE, "a row twice", put(*sent("a03", 0, "answers", "needs", 1, "row"), to="listened")
    ),
    Break(27, AOIFE, "less than nothing spent", put(*sent("a11", 0, "answers", "cost"), to=-1)),
    Break(
        27,
        AOIFE,
        "an added answer not asked",
        put(*sent("a01", 0, "after", "what_got_in_the_way"), to=["forgot"]),
    ),
    Break(28, AOIFE, "one confirmation", drop(*sent("a05", 0, "confirmed", "a"))),
    Break(28, AOIFE, "sent before the second", put(*sent("a05", 0, "time"), to="19:12")),
    Break(28, AOIFE, "one value of two", drop(*sent("a05", 0, "answers", "where_each", "a"))),
    Break(28, AOIFE, "one added page of two", drop(*sent("a05", 0, "after", "b"))),
    Break(28, AOIFE, "a sheet by one", put(*sent("a05", 0, "by"), to="a")),
    Break(28, AOIFE, "confirmed alone", put(*sent("a01", 0, "confirmed"), to={"a": EARLY})),
]
BREAKS = [*PEOPLE, *EVENTS, *ASSIGNING, *WINDOWS, *REVISIONS, *ANSWERS]
