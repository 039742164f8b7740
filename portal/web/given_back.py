"""What somebody had written into a form that cannot be taken, to be given back to them."""

import re
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

# Boxes that hold an answer, and those that never hold words, or words that nobody may see again.
WRITTEN = (
    *("f.", "text", "note", "comment", "private", "personal_line", "process_note", "progress_note"),
    *("shared_summary", "agreed", "agreement", "line", "reason", "purpose", "recipient", "who_for"),
)
# Boxes for one line, of which a single word was typed as well.
LINES = frozenset(
    {
        *("name", "first_name", "pronouns", "a_name", "a_first_name", "a_pronouns"),
        *("b_name", "b_first_name", "b_pronouns", "sender_name", "hours", "contact", "address"),
    }
)
CHOSEN = re.compile(r"[a-z_]+")  # ‘contact’ is also the name of a choice
NOT_WRITTEN = re.compile(
    r"csrf_token|drawn|shown|seen|piece|password|current|login|code|(?:counter|audience|sent)\..*"
)
A_LINE = 40

# The notes of an hour are for different readers: each box is called what it was called there.
NAMES = {
    "shared_summary": _l("Shared summary"),
    "agreed": _l("Agreed steps"),
    "progress_note": _l("Progress note"),
    "process_note": _l("Process note"),
}
UNNAMED = _l("What you had written")


@dataclass(frozen=True)
class Written:
    """The words of one box, with its name."""

    label: Any
    text: str


def words_sent() -> list[Written]:
    """What was typed, box by box, in the order of the form."""
    return [
        Written(NAMES.get(name, UNNAMED), value)
        for name, value in request.form.items(multi=True)
        if not NOT_WRITTEN.fullmatch(name) and _is_written(name, value.strip())
    ]


def _is_written(name: str, value: str) -> bool:
    if name.startswith(WRITTEN):
        return bool(value)
    if name in LINES and value and not (name == "contact" and CHOSEN.fullmatch(value)):
        return True
    return len(value) > A_LINE or not value.isascii() or len(value.split()) > 1
