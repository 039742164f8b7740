"""Making typed text fit to keep, without losing anything that a person wrote."""

import os
import re
import unicodedata

# Controls that end a line somewhere, as in an office program: left out, they would glue two words together.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
SURROGATES = re.compile("[\ud800-\udfff]")
SLIP = 30  # so many signs may be gone where somebody has only put a word right


def is_readable(raw: str) -> bool:
    """Whether the text holds nothing but whole characters."""
    return SURROGATES.search(raw) is None


def tidy(raw: str) -> str:
    """The text with one kind of line end and one spelling of each letter, and no control signs."""
    whole = BREAKS.sub("\n", SURROGATES.sub("", raw))
    return unicodedata.normalize("NFC", CONTROLS.sub("", whole))


def on_one_line(text: str) -> str:
    """The text as a box with one line keeps it."""
    return text.replace("\n", " ").strip()


def count_words(text: str) -> int:
    """How many words there are, for the gentle note beside a long answer."""
    return len(text.split())


def is_put_right(before: str, now: str) -> bool:
    """Whether this is the same text, typed on or put right in one place: next to nothing of it is gone."""
    begins = len(os.path.commonprefix([before, now]))
    rest, other = before[begins:], now[begins:]
    ends = len(os.path.commonprefix([rest[::-1], other[::-1]]))
    return len(rest) - ends <= min(SLIP, len(before) // 2)


def goes_on(beginning: str, whole: str) -> bool:
    """Whether the whole is the beginning, typed on: "no" alone may be an answer, and begins no "not yet"."""
    rest = whole.removeprefix(beginning)
    is_several_words = len(beginning.split()) > 1  # then it is a pause in the middle of a sentence
    return rest != whole and (is_several_words or not rest[:1].isalnum())
