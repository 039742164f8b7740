"""Broken couples: feedback, borrowed words and highlights."""

from tests.exercises.catalogue.breaking import Break, add, drop, put
from tests.exercises.catalogue.breaks_of_samples import AOIFE, HANH, SHIRIN

FEEDBACK = [
    Break(34, AOIFE, "to both", put("assignments", "a06", "feedback", 0, "to", to="both")),
    Break(
        34,
        AOIFE,
        "a minute before the opening",
        put("assignments", "a06", "feedback", 0, "time", to="09:29"),
    ),
    Break(
        34,
        AOIFE,
        "joint on individual work",
        put("assignments", "a01", "feedback", 0, "to", to="joint"),
    ),
    Break(
        34,
        AOIFE,
        "before it was read",
        put("assignments", "a01", "feedback", 0, "time", to="09:09"),
    ),
    Break(
        34,
        AOIFE,
        "to the other, on individual work",
        put("assignments", "a01", "feedback", 0, "to", to="b"),
    ),
    Break(
        34,
        AOIFE,
        "joint before the sheet was sent",
        put("assignments", "a05", "feedback", 0, "at", to="w1d6"),
    ),
    Break(
        34, AOIFE, "a round that is not named", drop("assignments", "a12", "feedback", 0, "round")
    ),
    Break(34, HANH, "joint for one", put("assignments", "c06", "feedback", 0, "to", to="joint")),
]
UNFINISHED = "You both thought of the wedding: 'he sat at the back'."
NOTE = "Being offered a day job in March with clinic hours is worth talking about."
DENTIST = "I read two books. I made a shared calendar. The calendar helped with the dentist."
WORDS = [
    Break(
        35,
        AOIFE,
        "a whole answer of the other",
        put("assignments", "a01", "feedback", 0, "text", to=DENTIST),
    ),
    Break(
        35,
        AOIFE,
        "individual work by its id",
        put("sessions", "s2", "shared_summary", to="You did starting-point."),
    ),
    Break(
        35,
        AOIFE,
        "a counsellor-only answer quoted",
        put("assignments", "a06", "feedback", 0, "text", to=UNFINISHED),
    ),
    Break(
        35,
        AOIFE,
        "a counsellor-only answer borrowed",
        put(
            "assignments",
            "a06",
            "feedback",
            0,
            "text",
            to="The default person for everything: well. He came in the end but he sat at the back, and Gosia chose peace.",
        ),
    ),
    Break(
        35,
        AOIFE,
        "a private note to its writer",
        put("assignments", "a01", "feedback", 0, "text", to=NOTE),
    ),
    Break(
        35,
        AOIFE,
        "the other's words to one",
        put(
            "assignments",
            "a01",
            "feedback",
            0,
            "text",
            to="You might have made a shared calendar. The calendar helped with the dentist.",
        ),
    ),
    Break(
        35,
        AOIFE,
        "individual work in a joint summary",
        put("sessions", "s2", "shared_summary", to="Next comes Who has my back."),
    ),
    Break(
        35,
        AOIFE,
        "a title in an agreed step",
        add("sessions", "s3", "agreed", item="Fill in Looking after me."),
    ),
    Break(
        35,
        SHIRIN,
        "a letter that was only read aloud",
        put("sessions", "s5", "shared_summary", to="You said: 'i want the digger cake back'."),
    ),
    Break(
        35,
        SHIRIN,
        "a process note",
        put("sessions", "s4", "shared_summary", to="I wanted to hand Shirin a tissue today."),
    ),
]
HIGHLIGHTS = [
    Break(
        36,
        SHIRIN,
        "a phrase that is not in the text",
        put("assignments", "b03", "highlights", 0, "phrase", to="overdose"),
    ),
    Break(
        36,
        SHIRIN,
        "a phrase that is not in the list",
        put("assignments", "b03", "highlights", 0, "phrase", to="LIKE THIS"),
    ),
    Break(
        36, SHIRIN, "another group", put("assignments", "b03", "highlights", 0, "group", to="fear")
    ),
    Break(
        36,
        SHIRIN,
        "before it was sent",
        put("assignments", "b03", "highlights", 0, "time", to="12:00"),
    ),
    Break(
        36,
        HANH,
        "another answer",
        put("assignments", "c06", "highlights", 0, "field", to="outside"),
    ),
]
BREAKS = [*FEEDBACK, *WORDS, *HIGHLIGHTS]
