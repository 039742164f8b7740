"""The words that catalogue files may use, each as a set with a steady order."""

MODES = ("individual", "paired", "joint")
CADENCES = {"once": "times", "daily": "days", "weekly": "weeks"}
FOR_ROLES = ("any", "hurt_partner", "involved_partner")
STANCES = ("not_set", "leaning_in", "unsure", "leaning_out", "wants_distance")
CONTACT_LEVELS = ("together", "separated_contact", "no_contact")
SUITS = (*CONTACT_LEVELS, "one_partner")
FITS = ("full", "adapted", "never")
ROOTS = (
    "gottman",
    "eft",
    "ibct",
    "cbct",
    "forgiveness",
    "reach",
    "discernment",
    "positive",
    "act",
    "sex-therapy",
    "general",
)
AUDIENCES = ("counsellor", "after_both", "at_once", "on_release")
PERSONS = ("a", "b", "both", "other", "nobody")
ASSIGNMENT_STATES = ("scheduled", "open", "closed", "withdrawn")
REFLECTION_STATES = ("draft", "submitted", "returned", "reviewed", "declined")
STATUSES = ("not_asked", "clear", "individual_only", "paused")
POLICIES = ("held", "judgement", "no_secrets")
OPENING_RULES = ("counsellor", "automatic")
THE_SENTENCE = "Your counsellor has changed the plan for now."
PARTNER_SEES = {
    "not_open": "Not open yet",
    "open": "Open",
    "closed": THE_SENTENCE,
    "joint_unconfirmed": "Both of you need to confirm",
    "no_match": "Your counsellor will suggest something.",
    "hidden_title": "A private page",
}

# What a field of each type may carry beside key, label, help and type.
FIELD_TYPES: dict[str, tuple[str, ...]] = {
    "info": (),
    "short_text": (),
    "long_text": ("max_words",),
    "scale": ("scale",),
    "number": ("min", "max", "unit"),
    "single_choice": ("options",),
    "multi_choice": ("options", "max_choices"),
    "checklist": ("options",),
    "date": (),
    "money": (),
    "person": (),
    "table": ("columns", "rows", "reveal"),
    "daily_entry": ("columns", "per_day"),
}
MAY_BE_LEFT_OUT = ("max_words", "max_choices", "reveal")
COLUMN_TYPES: dict[str, tuple[str, ...]] = {
    "short_text": (),
    "long_text": (),
    "scale": ("scale",),
    "number": (),
    "single_choice": ("options",),
    "multi_choice": ("options",),
    "checkbox": (),
    "date": (),
    "money": (),
    "person": (),
}
NUMERIC = ("scale", "number", "money")
CHOICES = ("single_choice", "multi_choice", "checklist")

# The keys of each rule: all of the first, one of the second, any of the third.
RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "never_with": ((), ("contact_level", "role", "stance"), ()),
    "needs_confirm": ((), (), ()),
    "confirm_stance": (("stance", "ask"), (), ()),
    "needs_before": (("exercise", "by", "state", "or_tick"), (), ()),
    "end_date_required": (("field", "within_days"), (), ()),
    "must_tick": (("field", "values"), (), ()),
    "refuse_words": (("fields", "words"), (), ()),
    "read_first": (("fields",), (), ()),
    "stop_release": (("field",), ("below", "in", "not_all"), ("fields", "or_tick")),
    "confirm_release": (("ask",), (), ()),
    "never_release": ((), (), ()),
    "never_print": ((), (), ()),
    "title_hidden_from_partner": ((), (), ()),
}

# The rules for every couple, with what each must say as data.
COUPLE_RULES: dict[str, dict[str, object]] = {
    "needs_clear": {"status": "clear", "modes": ["paired", "joint"]},
    "clear_needs_record": {},
    "clear_lapses": {"days": 90},
    "leaving_clear": {
        "withdraws": ["paired", "joint"],
        "cancels": ["openings", "releases"],
        "goes_on": ["individual", "solo"],
    },
    "paused": {"refuses": ["assignments"], "goes_on": ["individual", "solo"]},
    "one_sentence": {"sentence": "closed"},
    "release_needs_clear": {"status": "clear"},
    "no_contact": {
        "counts_as": "individual_only",
        "refuses": ["joint_work", "openings", "releases", "couple_edition"],
    },
    "solo_counts_as_individual": {},
    "needs_confirm": {},
    "holds_only_add": {},
    "writer_widens": {},
    "fail_closed": {},
}
