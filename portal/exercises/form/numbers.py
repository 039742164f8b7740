"""Reading a number in whichever way it was written, and never guessing at a factor of a thousand."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

SIGNS = {"\u2019": "'", "\u066c": "'", "\u2212": "-"}
SIGNED = re.compile(r"([+-]?) ?(.+)")
# One sign at most, and no groups: it begins the parts of one.
WITH_PARTS = re.compile(r"(?P<whole>\d*)(?:(?P<sign>[.,\u066b])(?P<part>\d*))?")
# Groups of three, each after the same sign, of which the first never begins with a nought.
GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<gap>[ '.,])\d{3}(?:(?P=gap)\d{3})*)"
    r"(?:(?P<sign>(?!(?P=gap))[.,\u066b])(?P<part>\d*))?"
)
# A point or comma before three digits begins parts in one country, and groups thousands in another.
TWO_WAYS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


@dataclass(frozen=True)
class Typed:
    """A number as somebody wrote it: the digits before its parts, and those of its parts."""

    minus: str
    whole: str
    part: str
    by_two_ways: str = ""  # the one sign in it, where it could begin parts or group thousands

    @property
    def plain(self) -> str:
        """The same with one point, and without any other sign."""
        return f"{self.minus}{self.whole}" + (f".{self.part}" if self.part else "")

    @property
    def as_grouped(self) -> str:
        """The same where its one sign only groups thousands."""
        return f"{self.minus}{self.whole}{self.part}"


def read_number(typed: str) -> Typed | None:
    """What somebody wrote, taken apart; nothing where it is no number, or groups that are none."""
    text = "".join(SIGNS.get(sign, sign) for sign in western(" ".join(typed.split())))
    signed = SIGNED.fullmatch(text)
    if signed is None or not any(sign.isdigit() for sign in text):
        return None
    minus, body = signed[1].strip("+"), signed[2]
    two = TWO_WAYS.fullmatch(body)
    found = WITH_PARTS.fullmatch(body) or GROUPED.fullmatch(body)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"]) or "0"
    return Typed(minus, whole, found["part"] or "", two[1] if two else "")


def written(value: Decimal) -> str:
    """A number as the form writes it: one that could be read in two ways gets a nought at its end."""
    text = format(value, "f")
    return f"{text}0" if TWO_WAYS.fullmatch(text.lstrip("-")) else text


def unwritten(plain: str) -> Decimal:
    """The number that the form wrote like this, or that somebody wrote so that it has one meaning."""
    shorter = plain.removesuffix("0")
    meant = shorter != plain and TWO_WAYS.fullmatch(shorter.lstrip("-"))
    return Decimal(shorter if meant else plain)


def western(text: str) -> str:
    """The same text with the digits of every script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign
        for sign in text
    )
