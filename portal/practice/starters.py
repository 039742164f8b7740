"""What a practice can start from: the sentences of each promise, and help lines by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portal.vocabulary import SecretsPolicy

# The catalogue's room lies upstairs, but these two files are words, not code.
DATA = Path(__file__).parent.parent / "exercises" / "catalogue" / "data"
POLICY_TEXT_VERSION = 1


@dataclass(frozen=True)
class Promise:
    """A secrets policy: its name, and the sentence that partners read."""

    policy: SecretsPolicy
    label: str
    sentence: str


@dataclass(frozen=True)
class Starter:
    """A help line as the catalogue supplies it; nobody has checked it yet."""

    kind: str
    name: str
    contact: str
    text: str
    hours: str
    who_for: str


@dataclass(frozen=True)
class StarterBlock:
    """The help lines of one country, or a part of it."""

    key: str
    country: str
    region: str
    lines: tuple[Starter, ...]


@cache
def promises() -> tuple[Promise, ...]:
    """The three promises a practice can choose from."""
    return tuple(
        Promise(SecretsPolicy(row["value"]), row["label"], row["client_sentence"].strip())
        for row in _read("common.yaml")["secrets_policies"]
    )


def promise(policy: SecretsPolicy) -> Promise:
    """The sentence of one promise."""
    return next(each for each in promises() if each.policy is policy)


@cache
def starter_blocks() -> tuple[StarterBlock, ...]:
    """The countries for which help lines are supplied."""
    rows = _read("safety.yaml")["crisis_resources"]["starter_blocks"]
    return tuple(_block(row) for row in rows if row["country"])


def kinds() -> tuple[str, ...]:
    """What a help line can be for."""
    return tuple(_read("safety.yaml")["crisis_resources"]["kinds"])


def _block(row: Mapping[str, Any]) -> StarterBlock:
    region = row["region"] or ""
    lines = [
        Starter(
            kind=line["kind"],
            name=line["name"],
            contact=line.get("contact", ""),
            text=line.get("text", ""),
            hours=line.get("hours", ""),
            who_for=line.get("who_for", ""),
        )
        for line in row["entries"]
    ]
    key = f"{row['country']}-{region.replace(' ', '_')}" if region else row["country"]
    return StarterBlock(key, row["country"], region, tuple(lines))


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
