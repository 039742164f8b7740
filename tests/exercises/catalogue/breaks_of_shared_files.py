"""Broken vocabularies, safety rules, trace, programmes and check-in."""

from typing import Any

from tests.exercises.catalogue.breaking import Break, add, drop, put, twice

COMMON = "common.yaml"
SAFETY = "safety.yaml"
TRACE = "trace.yaml"
CHECK_IN = "check-in.yaml"
BETRAYAL = "programmes/after-a-betrayal.yaml"
APART = "programmes/living-apart.yaml"
ALONE = "programmes/only-one-of-us.yaml"
GENTLE = "exercises/gentle-start.yaml"
PRIVATE = ("after_every_exercise", "private_note")
SENTENCE = "Your counsellor changed the plan because of an answer."


def letter_first(node: Any) -> None:
    """The letter of responsibility a week before the telling of the hurt."""
    steps = node["steps"]
    letter = next(step for step in steps if step["exercise"] == "accountability-letter")
    steps.remove(letter)
    letter["week"] = 3
    steps.insert(7, letter)


IN_COMMON = [
    Break(
        4, COMMON, "an added option twice", twice("after_every_exercise", "how_much", "options", 0)
    ),
    Break(
        5,
        COMMON,
        "an added condition upon nothing",
        put("after_every_exercise", "what_got_in_the_way", "show_if", "field", to="x"),
    ),
    Break(9, COMMON, "preset open", put("check_page", "open_round", "preset", to="open")),
    Break(9, COMMON, "overdue stored", add("assignment_states", item="overdue")),
    Break(9, COMMON, "another sentence", put("partner_sees", "closed", to="Your plan is new.")),
    Break(
        9, COMMON, "one more sentence", put("partner_sees", "declined", to="Your partner declined.")
    ),
    Break(9, GENTLE, "the sentence in other words", put("intro", to=f"{SENTENCE} Go on.")),
    Break(
        9,
        GENTLE,
        "the sentence itself elsewhere",
        put("fields", 0, "help", to="Your counsellor has changed the plan for now."),
    ),
    Break(
        9,
        GENTLE,
        "telling what the partner did",
        put("fields", 0, "help", to="Your partner has already sent theirs."),
    ),
    Break(
        9,
        COMMON,
        "silence means yes",
        put("check_page", "open_round", "unanswered_means", to="open"),
    ),
    Break(9, COMMON, "a private box that is printed", put(*PRIVATE, "never_print", to=False)),
    Break(9, COMMON, "a private box that opens", put(*PRIVATE, "visibility", to="after_both")),
    Break(9, COMMON, "a private box that can be edited", drop(*PRIVATE, "write_once")),
    Break(9, COMMON, "a half that is late", put("reflection_states", 0, to="late")),
    Break(9, COMMON, "another contact level", put("contact_levels", 0, "value", to="near")),
]
IN_SAFETY = [
    Break(15, SAFETY, "paused goes on with nothing", put("rules", "paused", "goes_on", to=[])),
    Break(
        15,
        SAFETY,
        "a date in confirmed_on",
        put("crisis_resources", "starter_blocks", 0, "entries", 0, "confirmed_on", to="2026-01-05"),
    ),
    Break(
        15,
        SAFETY,
        "a fifth status",
        add("joint_work_status", item={"value": "mostly", "label": "Mostly", "allows": "Most."}),
    ),
    Break(15, SAFETY, "a rule without words", put("rules", "fail_closed", "text", to="")),
    Break(15, SAFETY, "a missing rule", drop("rules", "holds_only_add")),
    Break(
        15,
        SAFETY,
        "leaving clear withdraws less",
        put("rules", "leaving_clear", "withdraws", to=["joint"]),
    ),
    Break(
        15,
        SAFETY,
        "a phrase that is a number",
        add("phrase_highlighting", "groups", "fear", "phrases", item=7),
    ),
    Break(
        15,
        SAFETY,
        "a practice block switched on",
        put("crisis_resources", "practice_block", 0, "confirmed_on", to="today"),
    ),
]
REFERENCES = [
    Break(16, GENTLE, "a follow-up that does not exist", add("follow_ups", item="tea-party")),
    Break(16, GENTLE, "itself as follow-up", add("follow_ups", item="gentle-start")),
    Break(16, COMMON, "an unknown exercise on the shelf", add("core_shelf", item="tea-party")),
    Break(16, GENTLE, "a section that the trace has", put("also_from", to=[])),
    Break(16, GENTLE, "a section that the trace has not", add("also_from", item="celebrating")),
    Break(
        16,
        TRACE,
        "an unknown exercise",
        add("sections", "conclusion", "practices", 0, "exercises", item="tea-party"),
    ),
    Break(
        16,
        TRACE,
        "an exercise nowhere",
        put("sections", "finance-household", "practices", 3, "exercises", to=["shared-goals"]),
        "exercises/money-story.yaml",
    ),
]
PROGRAMMES = [
    Break(17, BETRAYAL, "a joint step without hold", drop("steps", "pause-plan", "hold")),
    Break(17, BETRAYAL, "the letter before the telling", letter_first),
    Break(
        17,
        BETRAYAL,
        "confirm held for clear only",
        put("steps", "openness-agreement", "hold", to="clear"),
    ),
    Break(17, BETRAYAL, "an unknown exercise", put("steps", 0, "exercise", to="tea-party")),
    Break(17, BETRAYAL, "a pair for each", put("steps", "trust-log", "to", to="each")),
    Break(
        17,
        BETRAYAL,
        "the letter to the hurt partner",
        put("steps", "accountability-letter", "to", to="hurt_partner"),
    ),
    Break(17, BETRAYAL, "a week too late", put("steps", "keeping-it-going", "week", to=13)),
    Break(17, APART, "an exercise that never suits", put("contact_levels", to=["no_contact"])),
    Break(17, ALONE, "a step for a couple of one", put("steps", "our-loop", "to", to="couple")),
    Break(17, APART, "another programme that is none", put("next", to=["holiday"])),
]
IN_CHECK_IN = [
    Break(18, CHECK_IN, "safety in the total", add("scoring", "total", "items", item="safety")),
    Break(
        18,
        CHECK_IN,
        "wellbeing in a subscale",
        add("scoring", "subscales", "talking", "items", item="wellbeing"),
    ),
    Break(18, CHECK_IN, "eleven items", drop("items", "fun")),
    Break(18, CHECK_IN, "an item twice", twice("items", "fun")),
    Break(18, CHECK_IN, "no solo wording", drop("items", "fun", "solo_text")),
    Break(
        18,
        CHECK_IN,
        "a safety item that is printed",
        put("items", "safety", "never_print", to=False),
    ),
    Break(
        18, CHECK_IN, "a safety item that is required", put("items", "safety", "required", to=True)
    ),
]
BREAKS = [*IN_COMMON, *IN_SAFETY, *REFERENCES, *PROGRAMMES, *IN_CHECK_IN]
