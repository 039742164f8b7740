"""Passwords: how they are kept, which are too easy, how long a sign-in by one may last."""

import base64
import fcntl
import re
import secrets
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from config import Argon2Cost, Config
from portal.foundation.chest import Chest
from portal.foundation.errors import DomainError

AT_ONCE = 2
PATIENCE_SECONDS = 8.0
LEAST_FOR_PARTNERS = 15
LEAST_FOR_STAFF = 12
MOST = 128
DIFFERENT = 5
ENOUGH = 8
WORDS_IN_PHRASE = 5
WORDS_FILE = Path(__file__).with_name("words.txt")

TOO_SHORT = "Use at least %(least)d characters. Five ordinary words are easy to keep in mind."
TOO_LONG = "Use at most %(most)d characters."
TOO_EASY = "This is easy to guess. Use more different characters, or five ordinary words."
HOLDS_NAME = (
    "Leave out names: yours, those of people close to you, the practice's and your sign-in name."
)
HOLDS_COMMON = "This is on every list of common passwords. Five ordinary words are safer."
COMMON = (
    "password",
    "passwort",
    "qwerty",
    "azerty",
    "asdfgh",
    "letmein",
    "iloveyou",
    "welcome",
    "abc123",
    "123456",
    "111111",
    "654321",
)
_HERE = BoundedSemaphore(AT_ONCE)


class TooBusyError(DomainError):
    """Too many people are signing in at this moment; nothing is wrong with what was typed."""


@dataclass(frozen=True)
class Hashing:
    """How dear a hash is, and the folder where all processes take turns at making one."""

    cost: Argon2Cost = Argon2Cost()
    turns: Path | None = None


@dataclass(frozen=True)
class Terms:
    """How dear a password's hash is, and how long a sign-in lasts."""

    hashing: Hashing = Hashing()
    idle: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=12)

    @classmethod
    def of(cls, config: Config) -> "Terms":
        """The terms of this install."""
        return cls(
            Hashing(config.argon2, config.data_dir if config.data_dir.is_dir() else None),
            timedelta(minutes=config.idle_minutes),
            timedelta(hours=config.absolute_hours),
        )


SAFE = Terms()


@dataclass(frozen=True)
class Fault:
    """Why a password will not do: a sentence, and the number in it."""

    sentence: str
    number: int = 0

    def said(self) -> str:
        """The sentence with its number."""
        return self.sentence % {"least": self.number, "most": self.number}


def settle(chest: Chest, hashing: Hashing, password: str) -> str:
    """What is kept in place of a password."""
    with _turn(hashing.turns):
        return _hasher(hashing.cost).hash(_peppered(chest, password))


def fits(chest: Chest, hashing: Hashing, kept: str, password: str) -> bool:
    """Whether this is the password; where nothing is kept, the same work ends in a no."""
    with _turn(hashing.turns):
        try:
            return _hasher(hashing.cost).verify(
                kept or _decoy(hashing.cost), _peppered(chest, password)
            )
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(hashing: Hashing, kept: str) -> bool:
    """Whether this was made with other parameters than those that hold now."""
    return _hasher(hashing.cost).check_needs_rehash(kept)


def fault_of(password: str, least: int, names: Iterable[str], practice: str = "") -> Fault | None:
    """Why this password will not do; None where it will.

    A person's name has no place in it. The practice's name is made of ordinary words, so it
    only counts for nothing.
    """
    given = unicodedata.normalize("NFKC", password)
    if len(given) > MOST:
        return Fault(TOO_LONG, MOST)
    if len(given) < least:
        return Fault(TOO_SHORT, least)
    if len(set(given.casefold())) < DIFFERENT:
        return Fault(TOO_EASY)
    if any(_holds(given, name) for name in names):
        return Fault(HOLDS_NAME)
    if len(_without(_letters(given), map(_letters, practice.split()))) < ENOUGH:
        return Fault(HOLDS_NAME)
    return Fault(HOLDS_COMMON) if len(_without(_letters(given), COMMON)) < DIFFERENT else None


def phrase(names: Iterable[str] = ()) -> str:
    """Five ordinary words, drawn by chance, with nobody's name among them."""
    near = list(names)
    far = [word for word in _words() if not any(_holds(word, name) for name in near)]
    words = far or list(_words())  # a name can be so long that every word stands in it
    return "-".join(secrets.choice(words) for _ in range(WORDS_IN_PHRASE))


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, "") if part else text
    return text


def _holds(password: str, name: str) -> bool:
    # A short name is a part of many ordinary words, so it counts only where it stands alone.
    plain = password.casefold()
    for part in unicodedata.normalize("NFKC", name).casefold().split():
        if len(part) >= DIFFERENT and _letters(part) in _letters(plain):
            return True
        if len(part) > 1 and re.search(rf"(?<![^\W\d_]){re.escape(part)}(?![^\W\d_])", plain):
            return True
    return False


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _peppered(chest: Chest, password: str) -> str:
    return chest.mark("pepper", unicodedata.normalize("NFKC", password))


def _hasher(cost: Argon2Cost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes, type=Type.ID
    )


def _decoy(cost: Argon2Cost) -> str:
    """A hash of nothing, as dear to check as a real one."""
    salt, value = (base64.b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${salt}${value}"


@cache
def _words() -> tuple[str, ...]:
    return tuple(WORDS_FILE.read_text(encoding="ascii").split())


@contextmanager
def _turn(folder: Path | None) -> Iterator[None]:
    """At most two hashes at once on the whole machine, so that memory stays flat."""
    until = time.monotonic() + PATIENCE_SECONDS
    if not _HERE.acquire(timeout=PATIENCE_SECONDS):
        raise TooBusyError
    try:
        if folder is None:
            yield
            return
        with _seat(folder, until):
            yield
    finally:
        _HERE.release()


@contextmanager
def _seat(folder: Path, until: float) -> Iterator[None]:
    files = [(folder / f"hash-{number}.lock").open("w") for number in range(AT_ONCE)]
    try:
        while not any(_taken(file.fileno()) for file in files):
            if time.monotonic() > until:
                raise TooBusyError
            time.sleep(0.01)
        yield
    finally:
        for file in files:
            file.close()


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
