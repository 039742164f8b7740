"""What is typed when a practice is set up, and what the rooms above do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.visit import Visit
from portal.vocabulary import OpeningRule, SecretsPolicy


@dataclass(frozen=True)
class PracticeTerms:
    """A practice as its owner describes it; policies hold for couples added later."""

    name: str
    letterhead: str
    time_zone: str
    locale: str
    currency: str
    secrets_policy: SecretsPolicy
    opening_rule: OpeningRule
    clear_days: int = 90


@dataclass(frozen=True)
class FirstPerson:
    """Whoever sets a practice up: its first owner and counsellor."""

    name: str
    login: str
    password: str
    device: str = ""


@dataclass(frozen=True)
class HelpLine:
    """A help line as the owner types it."""

    kind: str
    name: str
    contact: str = ""
    text: str = ""
    hours: str = ""
    who_for: str = ""


@dataclass(frozen=True)
class Upstairs:
    """How the rooms above take in a practice's first person: look for faults, then sign them in."""

    faults: Callable[[Visit, FirstPerson, str], Mapping[str, str]]
    welcome: Callable[[Visit, UUID, FirstPerson], str]
