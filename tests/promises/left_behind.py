"""What somebody left behind on a shared computer: behind Back, in every file, in the history."""

import re
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.promises.searching import Search
from tests.support.shared_computer import Chromium, ToldOffError

# Everything on the page that an eye or a tool could read, whatever has been done to the frame.
ALL_OF_IT = """document.title + document.documentElement.outerHTML
  + [...document.querySelectorAll('input, textarea')].map((box) => box.value).join(' ')"""
LOOKS, APART = 12, 0.03
SEGMENT = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d+")


@dataclass(frozen=True)
class Entry:
    """One page as the browser's history remembers it."""

    url: str
    title: str


def seen_behind_back(browser: Chromium, words: Iterable[str], presses: int) -> list[str]:
    """Press Back again and again, look many times each time; which words came into sight."""
    wanted, seen = list(words), set()
    for _press in range(presses):
        if not browser.back():
            break
        for _look in range(LOOKS):
            text = _whole_page(browser)
            seen |= {word for word in wanted if word in text}
            time.sleep(APART)
    return sorted(seen)


def in_the_profile(folder: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """In which files of a closed browser's profile any of these words stand, in whatever form."""
    files = [path for path in sorted((folder / "profile").rglob("*")) if path.is_file()]
    assert len(files) > 50, "this is not the profile of a browser that was used"
    return Search(words).in_files(files)


def history_of(folder: Path) -> list[Entry]:
    """The addresses and titles that the browser will show to whoever asks for its history."""
    with closing(sqlite3.connect(folder / "profile" / "Default" / "History")) as db:
        rows = db.execute("SELECT url, title FROM urls ORDER BY id").fetchall()
    return [Entry(url, title) for url, title in rows]


def telling(entries: Iterable[Entry], titles: Iterable[str]) -> list[Entry]:
    """Entries whose title is not on the neutral list, or whose address holds words."""
    known = set(titles)
    return [each for each in entries if each.title not in known or not _is_plain(each.url)]


def _is_plain(url: str) -> bool:
    parts = urlsplit(url)
    segments = [part for part in parts.path.split("/") if part]
    named = [part for part in segments if not SEGMENT.fullmatch(part)]
    return not parts.query and all(part in PLAIN for part in named)


def _whole_page(browser: Chromium) -> str:
    try:
        return str(browser.run(ALL_OF_IT))
    except ToldOffError:
        return ""  # between two pages there is nothing to see


# The words of the portal's own addresses; none says what anybody wrote or works on.
PLAIN = frozenset(
    (
        "accounts",
        "audience",
        "check",
        "decline",
        "desk",
        "download",
        "leave",
        "mine",
        "private",
        "reflections",
        "reports",
        "sent",
        "settings",
        "sign-in",
        "week",
        "welcome",
        "write",
    )
)
