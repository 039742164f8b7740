"""P5: after somebody wrote and read on a shared computer, nothing of it can be found there."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from tests.promises.careless import Guards, careless_portal
from tests.promises.left_behind import Entry, history_of, in_the_profile, seen_behind_back, telling
from tests.promises.searching import Search
from tests.promises.town import PAPER, Town
from tests.promises.town_building import build
from tests.support.browser import PASSWORD
from tests.support.moments import StandingClock
from tests.support.portal import opened, portal_upon
from tests.support.promises import keep
from tests.support.shared_computer import LONGEST, Chromium, a_shared_computer, flags_of
from tests.support.world import World

pytestmark = pytest.mark.browser
# How long a page has to stand still before Chromium writes its boxes into its session file.
WRITTEN_DOWN = 2.6
TITLES = frozenset(
    f"{title} - Weft"
    for title in (
        "Before you begin",
        "Check before sending",
        "My writing",
        "Nothing is open",
        "Open to read",
        "Papers",
        "Privacy",
        "Sent",
        "Settings",
        "Sign in",
        "This week",
        "Your piece",
        *(f"Question {now} of {of}" for of in range(1, 15) for now in range(1, of + 1)),
    )
) | {"", "–"}
# On every scale something is chosen, so that nothing required is missing.
CHOOSE = (
    "document.querySelectorAll('main input[type=radio][value=\"6\"]').forEach((b) => b.click())"
)
PRESSES, WALKS = 5, 10
# In which folder of the profile the words then lie; without the last guard they are behind Back.
FOUND_IN = {
    "redirects": ["Sessions"],
    "no_autocomplete": ["Sessions"],
    "no_store": ["Cache_Data"],
}
SAID = {
    "redirects": "303",
    "no_autocomplete": "autocomplete=off",
    "no_store": "no-store",
    "pagehide": "pagehide",
}
Way = Callable[[Chromium, Town, StandingClock], None]


@pytest.fixture
def engine_name() -> str:
    """What a browser keeps does not hang on the database behind the page."""
    return "sqlite"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(world: World, tmp_path: Path, clock: StandingClock) -> Iterator[Flask]:
    with portal_upon(world, tmp_path, clock) as made:
        yield made


@pytest.fixture
def town(world: World, app: Flask) -> Town:
    return build(world, app)


def sign_in(browser: Chromium, home: str, town: Town) -> None:
    browser.open(f"{home}/accounts/sign-in")
    browser.write('main [name="login"]', town.ids["login"]["partner a"])
    browser.write('main [name="password"]', PASSWORD)
    browser.press('main form:has([name="password"]) button[type="submit"]')
    browser.wait_for("location.pathname === '/desk/week'")


def walk(browser: Chromium, home: str, town: Town, said: list[str]) -> None:
    """Read, write, send, read what came back, take a paper out."""
    sign_in(browser, home, town)
    browser.open(f"{home}/reflections/mine")
    write_and_send(browser, home, town, said)
    browser.open(f"{home}/reports/mine")
    browser.tap('main a[href$="/download"]')
    browser.open(f"{home}/accounts/settings")
    browser.open(f"{home}/reflections/{town.ids['opened round']}")
    assert town.words["feedback a"] in str(browser.run("document.body.innerText"))


def write_and_send(browser: Chromium, home: str, town: Town, said: list[str]) -> None:
    (round_id,) = town.world.an_assignment(town.couple)
    browser.open(f"{home}/reflections/{round_id}/write/1")
    for _leaf in range(20):
        boxes = browser.run(
            "[...document.querySelectorAll('main textarea, main input[type=text]')]"
            ".filter((box) => /^f[.]\\w+$/.test(box.name) && box.offsetParent).map((box) => box.name)"
        )
        for name in boxes:
            said.append(town.world.marker())
            browser.write(f'main [name="{name}"]', said[-1])
        browser.run(CHOOSE)
        if len(said) == len(boxes) > 0:
            time.sleep(WRITTEN_DOWN)  # the draft is saved, and the browser has seen it stand
        browser.press('main button[name="save_and_continue"]')
        if browser.run("location.pathname").endswith("/check"):
            break
    assert len(said) >= 4
    browser.press('main form[action$="/check"] button[type="submit"]')
    assert browser.run("location.pathname").endswith("/sent"), browser.run(
        "document.querySelector('.summary')?.innerText || document.body.innerText.slice(0, 300)"
    )


def sign_out(browser: Chromium, town: Town, clock: StandingClock) -> None:
    browser.press('footer form[action$="/sign-out"] button')


def leave(browser: Chromium, town: Town, clock: StandingClock) -> None:
    browser.shift(3)
    browser.wait_for("location.pathname === '/accounts/leave'")


def rest(browser: Chromium, town: Town, clock: StandingClock) -> None:
    clock.move(minutes=16)
    browser.press("header nav a")
    browser.wait_for("location.pathname === '/accounts/sign-in'")


WAYS: dict[str, Way] = {"signing out": sign_out, "leaving": leave, "resting": rest}


def served_words(town: Town) -> list[str]:
    """Everything that was put anywhere, but for names that a sign-in box may remember."""
    return [word for where, word in town.words.items() if "sign-in name" not in where]


def behind_back(browser: Chromium, town: Town, said: list[str]) -> list[str]:
    """The words that come into sight when somebody else presses Back."""
    return seen_behind_back(browser, [*served_words(town), *said], PRESSES)


def look_through(folder: Path, town: Town, said: list[str], home: str) -> str:
    """Search a closed browser's profile; what was found out, in one line."""
    saved = [path.read_bytes() for path in (folder / "saved").iterdir()]
    assert saved == [PAPER], "the paper that was saved on purpose"
    words = [*served_words(town), *said, PAPER.decode()]
    assert in_the_profile(folder, words) == {}
    entries = [entry for entry in history_of(folder) if entry.url.startswith(home)]
    assert len(entries) >= 10
    assert telling(entries, TITLES) == []
    return f"{len(words)} words, {len(entries)} titles and addresses neutral"


def test_nothing_of_it_stays(town: Town, clock: StandingClock, tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "computer"
    with opened(town.app) as home, a_shared_computer(folder) as browser:
        flags = flags_of(browser)
        assert "remote-debugging-pipe" in flags
        assert "back-forward-cache" not in flags
        assert "BackForwardCache" not in flags
        walk(browser, home, town, said)
        leave(browser, town, clock)
        seen = behind_back(browser, town, said)
    assert seen == []
    says = look_through(folder, town, said, home)
    keep(
        "P5", "walk", f"Back pressed {PRESSES} times, 0 pages shown; {says}, 0 hits in the profile"
    )


@pytest.mark.long
def test_ten_walks_and_fifty_presses(town: Town, clock: StandingClock, tmp_path: Path) -> None:
    said: list[str] = []
    found, presses = [], 0
    for number in range(WALKS):
        folder = tmp_path / f"computer {number}"
        way = list(WAYS)[number % len(WAYS)]
        with opened(town.app) as home, a_shared_computer(folder) as browser:
            walk(browser, home, town, said)
            WAYS[way](browser, town, clock)
            found += behind_back(browser, town, said)
            presses += PRESSES
        says = look_through(folder, town, said, home)
    assert found == []
    keep(
        "P5", "walk", f"{WALKS} walks, Back pressed {presses} times, 0 pages shown; {says}, 0 hits"
    )


@pytest.mark.long
def test_nothing_stays_where_the_machine_is_switched_off(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "computer"
    mark = town.world.marker()
    with opened(town.app) as home, a_shared_computer(folder) as browser:
        sign_in(browser, home, town)
        browser.open(f"{home}/reflections/{town.ids['drafted round']}/write/1")
        browser.write("main textarea", mark)
        time.sleep(WRITTEN_DOWN)
        browser.process.kill()
    assert in_the_profile(folder, [*served_words(town), mark]) == {}


@pytest.mark.parametrize(
    ("path", "title"),
    [("/desk/week", "The loop we get caught in - Weft"), ("/reflections/our-loop", "Sent - Weft")],
)
def test_a_telling_history_is_noticed(path: str, title: str) -> None:
    entry = Entry(f"http://127.0.0.1:8000{path}", title)
    assert telling([entry], TITLES) == [entry]
    assert telling([Entry("http://127.0.0.1:8000/desk/week", "This week - Weft")], TITLES) == []


def stand_still(folder: Path, text: str, guard: str) -> None:
    """Let a page stand until the browser has surely written its boxes down, if it ever does."""
    if guard == "no_autocomplete":
        until = time.monotonic() + LONGEST
        sessions = folder / "profile" / "Default" / "Sessions"
        while not Search([text]).in_files([*sessions.glob("*")]):
            assert time.monotonic() < until, "the boxes were never written down"
            time.sleep(0.2)
    elif not guard:
        time.sleep(WRITTEN_DOWN)


@pytest.mark.parametrize("guard", ["", *(field.name for field in fields(Guards))])
def test_each_guard_is_missed(tmp_path: Path, guard: str) -> None:
    guards = replace(Guards(), **{guard: False}) if guard else Guards()
    served, line, text, sent = (f"marker{uuid4().hex}" for _each in range(4))
    words = [served, line, text, sent]
    app = careless_portal(guards, served)
    with opened(app) as home, a_shared_computer(tmp_path) as browser:
        browser.open(f"{home}/read/1")
        browser.open(f"{home}/write")
        browser.write("textarea", text)
        browser.write("input", line)
        stand_still(tmp_path, text, guard)
        browser.open(f"{home}/write")
        browser.write("textarea", sent)
        browser.press("button")
        browser.open(f"{home}/read/2")
        browser.open(f"{home}/out")
        seen = seen_behind_back(browser, words, 2)
        # Where the guard is gone this is what proves that the cache is on: a page came back whole.
        came_back = browser.run("window.cameBack === true") if guard == "pagehide" else None
    found = in_the_profile(tmp_path, words)
    assert bool(seen) is (guard == "pagehide")
    assert came_back is (True if guard == "pagehide" else None)
    where = sorted({Path(name).parent.name for name in found})
    assert where == FOUND_IN.get(guard, [])
    if guard:
        keep("P5", guard, f"without {SAID[guard]} it is found")
