"""What the tests found out about each promise, kept for ./run promises to read."""

import hashlib
import json
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent.parent.parent
RESULTS = HERE / "build" / "promises"
LOOKED_AT = ("portal", "templates", "static", "migrations", "tests", "requirements")

ON = ("sqlite", "postgresql")


def _on_both(*parts: str) -> tuple[str, ...]:
    """Parts that have to be shown on each of the two databases."""
    return tuple(f"{part}-{database}" for part in parts for database in ON)


# Each promise with the parts that have to be shown before it may be called kept.
PARTS: dict[str, tuple[str, ...]] = {f"P{number}": () for number in range(1, 43)} | {
    "P1": ("matrix", "table", *_on_both("deeds")),
    "P5": ("walk", "beside", "redirects", "no_autocomplete", "no_store", "pagehide"),
    "P2": ("worlds-a", "worlds-b", "later"),
    "P3": ("stale", "jobs"),
    "P6": ("columns", *_on_both("markers")),
    "P11": ("pages", *_on_both("words")),
    "P12": ("vectors", "ends"),
    "P17": _on_both("sessions"),
    "P19": (*_on_both("headers"), "server"),
    "P20": ("languages", *_on_both("mails")),
    "P21": (*_on_both("cookies"), "start"),
    "P23": ("tokens", *_on_both("reading")),
    "P24": ("ways", "dead line", "no scripts"),
    "P37": _on_both("post"),
    "P25": ("machine", "sheets", *_on_both("races")),
    "P26": _on_both("openings", "releases"),
    "P41": _on_both("migrations"),
}


# What only the long run shows; it stands beside the rest where it was shown.
LONG_PARTS: dict[str, tuple[str, ...]] = {
    "P1": ("whole-1", "whole-2"),
    "P2": ("worlds-long", "timing-long"),
    "P25": _on_both("machine-long", "sheets-long", "races-long"),
    "P26": _on_both("releases-long"),
}


@cache
def tree() -> str:
    """The fingerprint of everything that the promises are about; another tree is another claim."""
    mark = hashlib.sha256((HERE / "config.py").read_bytes())
    for folder in LOOKED_AT:
        for path in sorted((HERE / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                mark.update(str(path.relative_to(HERE)).encode())
                mark.update(path.read_bytes())
    return mark.hexdigest()


def keep(promise: str, part: str, says: str) -> None:
    """Write down what one test has just shown, with its figure."""
    known = (*PARTS[promise], *LONG_PARTS.get(promise, ()))
    assert part in known, f"{promise} has no part called {part}"
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = {"promise": promise, "part": part, "says": says, "tree": tree()}
    (RESULTS / f"{promise}-{part}.json").write_text(json.dumps(found), encoding="utf-8")


def line_for(promise: str) -> str:
    """What can be said of one promise now: kept with its figures, or not yet."""
    parts = PARTS[promise]
    says = [_found(promise, part) for part in parts]
    if not parts or not all(says):
        return f"{promise} not yet"
    more = [found for part in LONG_PARTS.get(promise, ()) if (found := _found(promise, part))]
    return f"{promise} kept {', '.join([*says, *more])}"


def _found(promise: str, part: str) -> str:
    path = RESULTS / f"{promise}-{part}.json"
    if not path.exists():
        return ""
    found = json.loads(path.read_text(encoding="utf-8"))
    return str(found["says"]) if found["tree"] == tree() else ""
