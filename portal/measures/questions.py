"""The check-in's own questions, as the catalogue words them for how two people live."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.vocabulary import CheckInWording

# Which text of an item each wording shows; the catalogue's `variants` say the same.
TEXTS = {
    CheckInWording.TOGETHER: "text",
    CheckInWording.APART: "apart_text",
    CheckInWording.NO_CONTACT: "solo_text",
    CheckInWording.SOLO: "solo_text",
}
VARIANTS = {
    CheckInWording.TOGETHER: "together",
    CheckInWording.APART: "separated_contact",
    CheckInWording.NO_CONTACT: "no_contact",
    CheckInWording.SOLO: "solo",
}


@dataclass(frozen=True)
class Item:
    """One line of the check-in, in one wording."""

    key: str
    text: str
    low: str
    high: str
    help: str = ""
    may_not_fit: bool = True
    never_print: bool = False


@dataclass(frozen=True)
class Subscale:
    """A part of the score, from one or two items."""

    key: str
    label: str
    items: tuple[str, ...]
    minimum: int


@dataclass(frozen=True)
class ScoreRules:
    """Which items make the score, how many must be answered, and its parts."""

    items: tuple[str, ...]
    minimum: int
    subscales: tuple[Subscale, ...]


@dataclass(frozen=True)
class CheckInText:
    """The whole check-in in one wording, as it is asked."""

    title: str
    intro: str
    minutes: int
    not_fit: str
    items: tuple[Item, ...]
    comment: str
    comment_help: str
    caution: str


@dataclass(frozen=True)
class LastQuestion:
    """One of the two questions that every form ends with: sent, and not seen again."""

    label: str
    help: str
    options: Mapping[str, str]


def read_last(common: Mapping[str, Any]) -> dict[str, LastQuestion]:
    """The catalogue's questions after every exercise, by key."""
    return {
        str(one["key"]): LastQuestion(
            str(one["label"]),
            _line(one.get("help", "")),
            {str(o["value"]): str(o["label"]) for o in one.get("options", ())},
        )
        for one in common["after_every_exercise"]
    }


def read_text(source: Mapping[str, Any], wording: CheckInWording) -> CheckInText:
    """The catalogue's check-in in this wording; what a wording drops is not asked."""
    dropped = source["variants"][VARIANTS[wording]].get("drop", ())
    fits = source["not_applicable"]
    return CheckInText(
        title=str(source["title"]),
        intro=_line(source["intro"]),
        minutes=int(source["minutes"]),
        not_fit=str(fits["label"]),
        items=tuple(
            Item(
                key=str(item["key"]),
                text=str(item[TEXTS[wording]]),
                low=str(item["low"]),
                high=str(item["high"]),
                help=_line(item.get("help", "")),
                may_not_fit=item["key"] not in fits["except"],
                never_print=bool(item.get("never_print", False)),
            )
            for item in source["items"]
            if item["key"] not in dropped
        ),
        comment=str(source["comment"]["label"]),
        comment_help=str(source["comment"]["help"]),
        caution=_line(source["reading_the_scores"]["caution"]),
    )


def read_rules(source: Mapping[str, Any]) -> ScoreRules:
    """How the catalogue scores the check-in."""
    total = source["scoring"]["total"]
    return ScoreRules(
        items=tuple(total["items"]),
        minimum=int(total["minimum_answered"]),
        subscales=tuple(
            Subscale(
                str(part["key"]),
                str(part["label"]),
                tuple(part["items"]),
                int(part["minimum_answered"]),
            )
            for part in source["scoring"]["subscales"]
        ),
    )


def _line(text: object) -> str:
    return " ".join(str(text).split())
