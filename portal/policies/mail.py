"""Whether somebody may be written to, when, and under which name: a mail must tell nothing."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# Beginnings of words that would say what kind of place writes, in English and some neighbours' languages.
TELLING = (
    *("therap", "counsel", "couple", "marri", "marit", "relation", "clinic", "psych", "mental"),
    *("divorc", "separat", "intima", "sexual", "trauma", "abuse", "violen", "mediat", "family"),
    *("partner", "husband", "wife", "spouse", "session", "homework", "treatment", "patient"),
    *("beratung", "paar", "ehe", "familie", "klinik", "conseil", "pareja", "consejer", "coppia"),
)
HOUR = timedelta(hours=1)
FAR = 24 * 9


@dataclass(frozen=True)
class MailFacts:
    """What has to be known, at the moment of sending, of the reader and of what there is to say."""

    has_chosen: bool
    takes_part: bool = True
    address_is_shared: bool = False
    all_chose_sharing: bool = False
    is_sample: bool = False
    is_put_away: bool = False
    is_coming_apart: bool = False
    is_held: bool = False
    has_no_contact: bool = False
    hints_at_other: bool = False
    is_done: bool = False


def may_mail(facts: MailFacts) -> bool:
    """Whether this reader may be sent the one neutral message because of this thing."""
    wanted = facts.has_chosen and facts.takes_part and not facts.is_done
    shared = facts.address_is_shared and not facts.all_chose_sharing
    stopped = facts.is_sample or facts.is_put_away or facts.is_coming_apart or facts.is_held
    gated = facts.has_no_contact and facts.hints_at_other
    return wanted and not shared and not stopped and not gated


@dataclass(frozen=True)
class SafeHours:
    """Between which hours of the reader's own day they may be written to; over midnight too."""

    from_hour: int
    until_hour: int
    zone: str


def is_safe(hours: SafeHours, at: datetime) -> bool:
    """Whether this moment lies within the hours that the reader chose."""
    hour = at.astimezone(ZoneInfo(hours.zone)).hour
    if hours.from_hour <= hours.until_hour:
        return hours.from_hour <= hour < hours.until_hour
    return hour >= hours.from_hour or hour < hours.until_hour


def next_moment(hours: SafeHours, now: datetime, last_on: date | None) -> datetime | None:
    """The first moment from now that is safe and on a day without a mail yet; None if there is none."""
    zone = ZoneInfo(hours.zone)
    at = now
    for _step in range(FAR):
        if is_safe(hours, at) and (last_on is None or at.astimezone(zone).date() > last_on):
            return at
        at = next_hour(at)
    return None


def next_hour(at: datetime) -> datetime:
    """The next full hour: a mail says nothing about the minute in which somebody did something."""
    return at.replace(minute=0, second=0, microsecond=0) + HOUR


def is_neutral(name: str, *never: str) -> bool:
    """Whether a sender's name says nothing of what the practice does, nor any of these names."""
    plain = _plain(name)
    words = re.findall(r"\w+", plain)
    telling = any(word.startswith(TELLING) for word in words)
    named = any(_plain(each) in plain for each in never if each.strip())
    return not telling and not named


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
