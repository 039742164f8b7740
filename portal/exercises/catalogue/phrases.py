"""Finding phrases of a list in what somebody wrote, however they typed it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = "'\u2018\u2019\u201a\u201b\u02bc\u02bb\u0060\u00b4\uff07\u2032"


@dataclass(frozen=True, order=True)
class Match:
    """Where a phrase stands in the words as they were written."""

    start: int
    end: int
    phrase: str


def matches(words: str, phrases: Iterable[str]) -> list[Match]:
    """Every place where one of the phrases stands, in the order of the text."""
    plain, places = folded(words)
    found = []
    for phrase in phrases:
        for hit in pattern_of(phrase).finditer(plain):
            start, end = places[hit.start()], places[hit.end() - 1] + 1
            found.append(Match(start, whole_letter(words, end), phrase))
    return sorted(found)


def folded(words: str) -> tuple[str, list[int]]:
    """The words without capitals, accents and apostrophes, and where each letter came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(words):
        for letter in fold_letter(written):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=4096)
def fold_letter(written: str) -> str:
    """One written letter as it is compared; an accent or apostrophe is nothing at all."""
    if written in APOSTROPHES:
        return ""
    taken_apart = unicodedata.normalize("NFKD", written.casefold())
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


@lru_cache(maxsize=2048)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """A phrase as whole words with any spaces between; an asterisk stands for any ending."""
    words = folded(phrase)[0].split()
    if not words:
        return re.compile(r"(?!)")
    spelled = [re.escape(word).replace(r"\*", r"\w*") for word in words]
    return re.compile(r"(?<!\w)" + r"\s+".join(spelled) + r"(?!\w)")


def whole_letter(words: str, end: int) -> int:
    """Move an end behind the accents that belong to the last letter."""
    while end < len(words) and unicodedata.combining(words[end]):
        end += 1
    return end
