"""P11: whatever is written is shown as it was written, in a real Chromium, and nothing of it runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, Response, make_response, request
from jinja2 import Environment
from playwright.sync_api import Browser

from portal.exercises.form.typed_text import tidy
from portal.web.access import doors_of, public
from tests.promises.addresses import addresses
from tests.promises.chromium import Opener, Tally
from tests.promises.hostile import chunks, strings
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.portal import opened
from tests.support.promises import keep
from tests.support.world import World

TOWNS = 2
# A supervisor reads the pages that a counsellor reads.
LOOKERS = ("partner a", "partner b", "counsellor", "owner")
FILES = (
    "static_file",
    "font_file",
    "reports.download",
    "records.data",
    "records.file",
    "records.notes",
    "reports.state",
    "reflections.token",
)
# The way out ends the sign-in; the other one weighs every word of a long list against each name,
# and names of many pages, which no form lets in, would keep it busy for a minute.
PASSED_OVER = ("accounts.leave", "accounts.change_password")
# These answers may not be sent when they are longer than a line; they get another part each time.
SHORT = {"outside", "loop_name", "early_sign", "way_out", "start_with", "row"}
SHORT |= {"shared", "own", "kept"}  # on a sheet for two
SHORT_LENGTH = 180
# Where each kind of words has to stand again, letter by letter.
STANDS: dict[str, dict[str, tuple[str, ...]]] = {
    "partner a": {
        "/write/1": ("draft", "kept version"),
        "/desk/week": ("first name a", "personal line drafted"),
        "reflections/{opened}": ("scene of a", "scene of b", "feedback a", "feedback joint"),
    },
    "counsellor": {
        "/members/a": ("name a", "first name a", "pronouns a", "contact a"),
        "review/{waiting}": ("row of a", "unfinished of a", "feedback drafted", "start_with of b"),
        "/sessions/{session}": ("shared summary", "progress note", "process note", "agreed step"),
        "/compose": ("shared summary", "progress note", "letterhead"),
    },
    "partner b": {"reflections/{returned}": ("return line",)},
    "owner": {"/practice/settings": ("practice name", "letterhead")},
}


@pytest.fixture(scope="module")
def database() -> str:
    """What Chromium does with a page does not depend on where its words were kept."""
    return "sqlite"


@pytest.fixture(scope="module")
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="module")
def app(one_world: World, folder: Path, clock: StandingClock) -> Iterator[Flask]:
    with running(one_world, folder, clock) as made:
        yield made


def paths_for(town: Town, who: str) -> list[str]:
    """Every page that is open to one of the town."""
    answers = town.sits(who)
    found = []
    for at in addresses(town.app, town, reading=True):
        doors = doors_of(town.app.view_functions[at.endpoint])
        if at.endpoint in (*FILES, *PASSED_OVER) or not doors:
            continue
        if town.roles[who] in doors and answers.get(at.path).status_code == 200:
            found.append(at.path)
    if who == "partner b":  # the same pages again, but for what came back to this one alone
        return [path for path in found if str(town.ids["returned round"]) in path]
    return found


def unchanged(text: str) -> str:
    """As it may come back: without what no page can show, and with any white space as one space."""
    return " ".join(text.split())


@dataclass
class HostileWords:
    """What is put into a town's words: each place gets another piece in each town."""

    turn: int
    unique: str
    pieces: list[str] = field(default_factory=lambda: [tidy(piece) for piece in chunks(TOWNS)])

    def __call__(self, where: str) -> str:
        self.turn += 1
        piece = self.pieces[self.turn % TOWNS]
        if re.split(" o[fn] ", where)[0] in SHORT:
            start = self.turn * SHORT_LENGTH % len(piece)
            return f"first {piece[start : start + SHORT_LENGTH]}".replace("\n", " ") + " last"
        # A sign-in name belongs to one person alone.
        return f"{self.unique}{where} {piece}" if where.startswith("sign-in name") else piece


@pytest.mark.browser
@pytest.mark.heavy
def test_nothing_runs(one_world: World, app: Flask, chromium: Browser) -> None:
    tally, lost = Tally(), []
    with opened(app) as home:
        opener = Opener(chromium, home, tally)
        for turn in range(TOWNS):
            town = build(one_world, app, HostileWords(turn, one_world.marker()))
            for who in LOOKERS:
                window = opener.window(town.tokens[who])
                for path in paths_for(town, who):
                    window.look(path)
                lost += missing(town, who, tally)
                window.context.close()
    assert lost == []
    assert (tally.ran, tally.refused, tally.dialogs, tally.elsewhere) == (0, [], [], [])
    says = f"{len(strings())} strings in {len(town.words)} sinks on {tally.pages} pages, 0 ran"
    keep("P11", "pages", says)


def missing(town: Town, who: str, tally: Tally) -> list[str]:
    """Words that do not stand where they belong, letter by letter."""
    ids = {name.removesuffix(" round"): found for name, found in town.ids.items()}
    known = {name: str(found) for name, found in ids.items() if isinstance(found, UUID)}
    lost = []
    for end, words in STANDS.get(who, {}).items():
        wanted = end.format(**known, session=known["session_id"])
        page = next(text for path, text in tally.texts.items() if path.endswith(wanted))
        shown = unchanged(page)
        lost += [
            f"{where} on {end}" for where in words if unchanged(town.words[where]) not in shown
        ]
    return lost


class TestControls:
    """A careless page, with and without our policy: what the counters are for."""

    @pytest.fixture
    def careless(self) -> Flask:
        app = Flask("throwaway")
        world = Environment(autoescape=True)
        page = world.from_string("<!doctype html><title>x</title><body>{{ words | safe }}")

        @public
        def shown() -> Response:
            answer = make_response(page.render(words="<img src=x onerror=weft_ran()>"))
            if request.args.get("strict"):
                answer.headers["Content-Security-Policy"] = "default-src 'none'; img-src 'self'"
            return answer

        app.add_url_rule("/", "shown", shown)
        return app

    @pytest.mark.browser
    def test_a_careless_page_is_counted(self, careless: Flask, chromium: Browser) -> None:
        tally = Tally()
        with opened(careless) as home:
            window = Opener(chromium, home, tally).window()
            window.look("/")
            assert tally.ran == 1
            window.look("/?strict=1")
            window.context.close()
        assert tally.ran == 1
        assert len(tally.refused) == 1
        assert "script-src-attr" in tally.refused[0]
