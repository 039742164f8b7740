"""The chest of keys: the master key and the keys for marks, kept outside the data folder."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

FILE = "keys.json"
PURPOSES = ("audit", "pepper", "index", "cookie", "tokens")


class ChestError(Exception):
    """The keys cannot be used; the message says why, in one sentence."""


@dataclass(frozen=True)
class Chest:
    """The master keys by id, the one in use, and one key for each other purpose."""

    current: str
    masters: dict[str, bytes]
    marks: dict[str, bytes]

    def master(self) -> bytes:
        """The master key that wraps new practice keys."""
        return self.masters[self.current]

    def mark(self, purpose: str, *parts: str) -> str:
        """A keyed fingerprint of these parts, useless without the key."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self.marks[purpose], message, hashlib.sha256).hexdigest()

    @property
    def pepper_id(self) -> str:
        """Which pepper a password was hashed with; stored beside the hash."""
        return hashlib.sha256(b"weft pepper" + self.marks["pepper"]).hexdigest()[:16]


def make_chest() -> Chest:
    """A chest of fresh random keys."""
    return Chest(
        current="m1",
        masters={"m1": secrets.token_bytes(32)},
        marks={purpose: secrets.token_bytes(32) for purpose in PURPOSES},
    )


def write_chest(chest: Chest, folder: Path) -> None:
    """Put the keys into their folder, readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "current": chest.current,
        "masters": {k: _text(v) for k, v in chest.masters.items()},
        "marks": {k: _text(v) for k, v in chest.marks.items()},
    }
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())


def open_chest(folder: Path, data_dir: Path, *, may_make: bool = False) -> Chest:
    """The install's keys; refused where others could read them or a backup would carry them."""
    if folder.resolve().is_relative_to(data_dir.resolve()):
        raise ChestError("The keys may not lie inside the data folder; choose another keys folder.")
    path = folder / FILE
    if not path.exists():
        if not may_make:
            raise ChestError(f"No keys were found at {path}; put back the copy you kept of them.")
        write_chest(make_chest(), folder)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ChestError(f"Others on this machine can read {path}; set its mode to 0600.")
    content = json.loads(path.read_text(encoding="ascii"))
    return Chest(
        current=content["current"],
        masters={k: base64.b64decode(v) for k, v in content["masters"].items()},
        marks={k: base64.b64decode(v) for k, v in content["marks"].items()},
    )


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")
