"""Broken exercises, by the number of the check that refuses each."""

from tests.exercises.catalogue.breaking import Break, add, before, drop, put, twice

GENTLE = "exercises/gentle-start.yaml"
BUDGET = "exercises/monthly-budget.yaml"
JOURNAL = "exercises/gratitude-journal.yaml"
JAR = "exercises/idea-jar.yaml"
IMPACT = "exercises/impact-letter.yaml"
LETTER = "exercises/accountability-letter.yaml"
LADDER = "exercises/affection-ladder.yaml"
SECRET = "exercises/deciding-to-raise-it.yaml"
OPENNESS = "exercises/openness-agreement.yaml"
THANKS = "exercises/three-thanks.yaml"

TOPIC = {
    "key": "topic",
    "label": "Another",
    "help": "One more.",
    "type": "short_text",
    "required": False,
    "visibility": "counsellor",
}
KEYS_AND_FIELDS = [
    Break(2, GENTLE, "an unknown top key", put("colour", to="blue")),
    Break(2, GENTLE, "mode both", put("mode", to="both")),
    Break(2, GENTLE, "safety before review", before("safety", "review")),
    Break(2, GENTLE, "another schema", put("schema", to="exercise/2")),
    Break(2, GENTLE, "an id that is not the file name", put("id", to="gentle-begin")),
    Break(2, GENTLE, "no title", drop("title")),
    Break(2, GENTLE, "version as text", put("version", to="1")),
    Break(2, GENTLE, "difficulty four", put("difficulty", to=4)),
    Break(2, GENTLE, "an unknown root", put("roots", to=["astrology"])),
    Break(2, GENTLE, "a section that is none", put("section", to="weather")),
    Break(2, GENTLE, "suits without a row", drop("suits", "one_partner")),
    Break(2, GENTLE, "a run of days for work done once", put("run", to={"days": 7})),
    Break(2, "programmes/living-apart.yaml", "an unknown key", put("colour", to="blue")),
    Break(2, "trace.yaml", "another schema", put("schema", to="trace/2")),
    Break(3, GENTLE, "a second field topic", add("fields", item=TOPIC)),
    Break(3, GENTLE, "when in work done once", put("fields", "wish", "when", to="end")),
    Break(3, GENTLE, "an unknown type", put("fields", "wish", "type", to="poem")),
    Break(3, GENTLE, "a capital in a key", put("fields", "wish", "key", to="Wish")),
    Break(3, GENTLE, "a key of another type", put("fields", "wish", "scale", to={})),
    Break(3, GENTLE, "no visibility", drop("fields", "wish", "visibility")),
    Break(3, IMPACT, "a required info", put("fields", "pace", "required", to=True)),
    Break(3, JOURNAL, "a second daily log", twice("fields", "days")),
    Break(3, GENTLE, "carry_forward once", put("fields", "wish", "carry_forward", to=True)),
    Break(3, GENTLE, "respondent alone", put("fields", "wish", "respondent", to="each")),
    Break(3, JAR, "a column of no type", put("fields", "ideas", "columns", 0, "type", to="x")),
    Break(4, GENTLE, "a value twice", put("fields", "feelings", "options", 1, "value", to="hurt")),
    Break(4, GENTLE, "max 7", put("fields", "calm", "scale", "max", to=7)),
    Break(4, GENTLE, "an end without words", put("fields", "calm", "scale", "low", to="")),
    Break(
        4, GENTLE, "a value that is no text", put("fields", "tried", "options", 0, "value", to=1)
    ),
    Break(4, GENTLE, "max_choices above all", put("fields", "feelings", "max_choices", to=11)),
    Break(4, BUDGET, "a column twice", twice("fields", "debts", "columns", "to")),
    Break(4, BUDGET, "a row twice", twice("fields", "fixed", "rows", "fixed", "housing")),
    Break(4, BUDGET, "min above max", put("fields", "debts", "rows", "min", to=9)),
    Break(
        5, GENTLE, "a field that does not exist", put("fields", "calm", "show_if", "field", to="x")
    ),
    Break(5, GENTLE, "a value not offered", put("fields", "calm", "show_if", "value", to="never")),
    Break(5, GENTLE, "an unknown op", put("fields", "calm", "show_if", "op", to="is")),
    Break(5, GENTLE, "itself", put("fields", "calm", "show_if", "field", to="calm")),
    Break(
        5,
        GENTLE,
        "a circle",
        put("fields", "tried", "show_if", to={"field": "calm", "op": "gte", "value": 3}),
    ),
]
AUDIENCES = [
    Break(
        6,
        BUDGET,
        "at_once on an each-field",
        put("fields", "own_money_each", "visibility", to="at_once"),
    ),
    Break(
        6,
        GENTLE,
        "after_both in individual work",
        put("fields", "wish", "visibility", to="after_both"),
    ),
    Break(
        6,
        BUDGET,
        "a shared field for the counsellor",
        put("fields", "month", "visibility", to="counsellor"),
    ),
    Break(6, THANKS, "at_once in a pair", put("fields", "warm", "visibility", to="at_once")),
    Break(7, JAR, "an after_both table", put("fields", "ideas", "visibility", to="after_both")),
    Break(7, JAR, "no such column", put("fields", "ideas", "reveal", "column", to="colour")),
    Break(7, JAR, "a value not offered", put("fields", "ideas", "reveal", "match", to=["wild"])),
    Break(7, JAR, "no fixed rows", drop("fields", "ideas", "rows", "fixed")),
    Break(
        8,
        GENTLE,
        "as_field on a counsellor field",
        put("measures", "calm", "visibility", to="as_field"),
    ),
    Break(8, GENTLE, "from words", put("measures", "calm", "from", to="wish")),
    Break(8, GENTLE, "from nowhere", put("measures", "calm", "from", to="x")),
    Break(8, GENTLE, "a count of a scale", put("measures", "calm", "reduce", to="count")),
    Break(8, BUDGET, "a product", put("measures", "left_over", "formula", to="sum(a.b) * 2")),
    Break(
        8, BUDGET, "a sum of names", put("measures", "left_over", "formula", to="sum(income.who)")
    ),
]
SURROUNDINGS = [
    Break(10, JAR, "requires_clear false", put("safety", "requires_clear", to=False)),
    Break(10, JAR, "full for one partner", put("suits", "one_partner", to="full")),
    Break(10, BUDGET, "full for no contact", put("suits", "no_contact", to="full")),
    Break(11, JAR, "no solo", drop("solo")),
    Break(11, JAR, "a change of an unknown field", put("solo", "changes", 0, "field", to="x")),
    Break(11, JAR, "a change of nothing", put("solo", "changes", 0, to={"field": "ideas"})),
    Break(11, JAR, "never used", put("suits", "one_partner", to="never")),
    Break(12, JAR, "a fourth prompt", add("review", item="One more.")),
    Break(12, JAR, "one question", put("discuss", to=["Only this?"])),
    Break(12, JAR, "a long intro", put("intro", to="One. Two. Three. Four. Five.")),
    Break(12, IMPACT, "nothing not to assign", put("safety", "do_not_assign", to=[])),
]
RULES = [
    Break(13, LETTER, "stop_releases", put("safety", "rules", 4, "rule", to="stop_releases")),
    Break(13, LADDER, "below and in", put("safety", "rules", 3, "in", to=["x"])),
    Break(13, LETTER, "before an unknown one", put("safety", "rules", 3, "exercise", to="x")),
    Break(13, LETTER, "an unknown field", put("safety", "rules", 4, "field", to="x")),
    Break(13, LETTER, "an unknown option", put("safety", "rules", 4, "in", to=["x"])),
    Break(13, LETTER, "an unknown role", put("safety", "rules", 1, "role", to="judge")),
    Break(13, LETTER, "a key too many", put("safety", "rules", 2, "ask", to="Really?")),
    Break(13, JAR, "an unknown stance", put("safety", "rules", 0, "stance", to="cross")),
    Break(13, JAR, "a missing key", drop("safety", "notes")),
    Break(14, LETTER, "empty confirm", put("safety", "confirm", to=[])),
    Break(14, SECRET, "an on_release field", put("fields", 0, "visibility", to="on_release")),
    Break(14, JAR, "sentences without the rule", put("safety", "confirm", to=["I have asked."])),
    Break(14, LETTER, "a level that suits", put("suits", "no_contact", to="adapted")),
    Break(14, OPENNESS, "an end date left empty", put("fields", "ends_on", "required", to=False)),
    Break(14, OPENNESS, "ticks left empty", put("fields", "fair_play", "required", to=False)),
    Break(
        14,
        LADDER,
        "a reading that opens",
        put("fields", "makes_hard", "visibility", to="after_both"),
    ),
    Break(
        14,
        GENTLE,
        "nothing to release",
        put("safety", "rules", to=[{"rule": "confirm_release", "ask": "Sure?"}]),
    ),
]
BREAKS = [*KEYS_AND_FIELDS, *AUDIENCES, *SURROUNDINGS, *RULES]
